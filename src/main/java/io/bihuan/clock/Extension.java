package io.bihuan.clock;

import java.time.Instant;

/** A limit was made longer; {@code amount} in the unit of the clock, the approver as {@code kind:id}. */
public record Extension(int step, int amount, String approver, String reason, Instant at) {}
