package io.bihuan.complaint;

import io.bihuan.clock.Attainment;
import org.jspecify.annotations.Nullable;

/**
 * How the clocks of one name fared that were due in a period, as {@link ClockStatistics} counts them.
 *
 * @param part the department, severity or month; null when the clocks are not divided, empty for those without a department
 * @param met done in time
 * @param missed done late, or still open although due
 * @param missedOpen those of them that are still open
 * @param cancelled not counted
 * @param standing paused when they were due, so not counted yet
 * @param median of the used share in percent; null without any clock
 * @param ninth the used share that nine of ten do not exceed
 * @param pausedShare of the time from the start to the end, in percent
 * @param late alarms that fired late
 */
public record ClockFigures(
        String pack,
        String name,
        @Nullable String part,
        long met,
        long missed,
        long missedOpen,
        long cancelled,
        long standing,
        @Nullable Integer median,
        @Nullable Integer ninth,
        double pausedShare,
        long extensions,
        long late) {
    /** Those that count. */
    public long due() {
        return met + missed;
    }

    public Attainment attainment() {
        return new Attainment(met, due());
    }
}
