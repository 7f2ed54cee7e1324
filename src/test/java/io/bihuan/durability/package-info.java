/** What was promised holds, whatever dies meanwhile and however many nodes there are. */
@org.jspecify.annotations.NullMarked
package io.bihuan.durability;
