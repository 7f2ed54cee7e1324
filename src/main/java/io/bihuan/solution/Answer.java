package io.bihuan.solution;

/** What the customer says to a proposal. */
public enum Answer {
    ACCEPTED,
    REJECTED
}
