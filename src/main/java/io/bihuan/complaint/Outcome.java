package io.bihuan.complaint;

/** What the company decided. A rejected claim names reasons and the customer's further routes (ISO 10002 §7.9). */
public enum Outcome {
    ACCEPTED,
    PARTLY_ACCEPTED,
    REJECTED
}
