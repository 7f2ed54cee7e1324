/** Reads the history in an order that misses nothing. */
@org.jspecify.annotations.NullMarked
package io.bihuan.platform.follower;
