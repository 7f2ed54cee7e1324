/** The page of what is said to the customer of a complaint. */
@org.jspecify.annotations.NullMarked
package io.bihuan.correspondence.web;
