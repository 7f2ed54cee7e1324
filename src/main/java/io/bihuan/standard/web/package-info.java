/** The page of the standards of a business line. */
@org.jspecify.annotations.NullMarked
package io.bihuan.standard.web;
