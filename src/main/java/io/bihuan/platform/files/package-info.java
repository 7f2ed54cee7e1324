/** Files as chunks in PostgreSQL, by SHA-256. */
@org.jspecify.annotations.NullMarked
package io.bihuan.platform.files;
