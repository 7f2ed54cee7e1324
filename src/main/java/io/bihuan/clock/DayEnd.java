package io.bihuan.clock;

/** When the last day of a limit is over (Civil Code of the PRC, Art. 203). */
public enum DayEnd {
    /** At 24:00. */
    MIDNIGHT,
    /** When the working hours of that day end; at 24:00 on a day without any. */
    CLOSE
}
