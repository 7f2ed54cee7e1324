/** Starts and guards the embedded PostgreSQL. */
@org.jspecify.annotations.NullMarked
package io.bihuan.platform.database;
