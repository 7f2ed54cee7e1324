package io.bihuan.pack;

import java.time.Instant;

/**
 * That a version of a pack comes into force. Of those whose time has come the one with the highest number holds: one more undoes what
 * was planned, and going back is one more of an older version.
 *
 * @param at when somebody said so
 * @param by an {@link io.bihuan.platform.Actor} as text
 */
public record Activation(String pack, int seq, int version, Instant from, Instant at, String by, String reason) {}
