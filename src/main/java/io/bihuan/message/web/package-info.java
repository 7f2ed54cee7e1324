/** The page of a colleague's notices. */
@org.jspecify.annotations.NullMarked
package io.bihuan.message.web;
