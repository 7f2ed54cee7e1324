package io.bihuan.calendar;

/** Why a day of a calendar is what it is. */
public enum DayKind {
    WORKING_DAY,
    DAY_OFF,
    HOLIDAY,
    MAKE_UP_DAY,
    /** A date that the calendar itself says something of. */
    SPECIAL_DAY
}
