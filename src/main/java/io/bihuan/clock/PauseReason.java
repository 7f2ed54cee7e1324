package io.bihuan.clock;

/**
 * A reason for which a clock may stand still.
 *
 * @param mustTell whether the customer has to be told that it does
 */
public record PauseReason(String name, boolean mustTell) {}
