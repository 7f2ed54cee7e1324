/** The desk's pages of customers and their API. */
@org.jspecify.annotations.NullMarked
package io.bihuan.customer.web;
