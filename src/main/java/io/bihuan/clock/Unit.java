package io.bihuan.clock;

/** What the amount of a clock counts. */
public enum Unit {
    /** A minute of the wall clock, day and night. */
    MINUTE,
    /** A minute within the working intervals of the clock's calendar. */
    BUSINESS_MINUTE
}
