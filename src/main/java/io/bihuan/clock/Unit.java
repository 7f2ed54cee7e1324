package io.bihuan.clock;

/** What the amount of a clock counts. */
public enum Unit {
    /** A minute of the wall clock, day and night. */
    MINUTE,
    /** A minute within the working intervals of the clock's calendar. */
    BUSINESS_MINUTE,
    /** A day of the calendar's zone, whether anybody works or not. */
    CALENDAR_DAY,
    /** A day with working hours: holidays are none, the working days that make up for them are. */
    WORKING_DAY,
    /** From a day to the day of the same number, or the last of a shorter month (Civil Code of the PRC, Art. 202). */
    MONTH;

    /** Whether whole days are counted, and not the time that passes. */
    public boolean isOfDays() {
        return switch (this) {
            case MINUTE, BUSINESS_MINUTE -> false;
            case CALENDAR_DAY, WORKING_DAY, MONTH -> true;
        };
    }

    /** Ten years; a longer limit is a slip of the pen. */
    public int longest() {
        return switch (this) {
            case MINUTE, BUSINESS_MINUTE -> 5_256_000;
            case CALENDAR_DAY, WORKING_DAY -> 3_650;
            case MONTH -> 120;
        };
    }
}
