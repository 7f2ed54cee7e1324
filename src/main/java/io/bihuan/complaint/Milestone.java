package io.bihuan.complaint;

/** The events that start and stop clocks; packs name them in {@code startOn} and {@code stopOn}. */
public enum Milestone {
    REGISTERED,
    ACKNOWLEDGED,
    OWNERSHIP_CONFIRMED,
    ASSESSED,
    VERIFIED,
    SOLVED,
    RESULT_TOLD,
    FACTS_ADDED,
    AUTHORITY_ANSWERED,
    CONFIRMED
}
