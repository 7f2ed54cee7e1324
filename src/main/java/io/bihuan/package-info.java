/** Bihuan: complaint handling and after-sales service quality. One package a capability; each may use those named in its own contract. */
@org.jspecify.annotations.NullMarked
package io.bihuan;
