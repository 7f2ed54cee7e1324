/** Sign-in, own password, staff and tokens. */
@org.jspecify.annotations.NullMarked
package io.bihuan.identity.web;
