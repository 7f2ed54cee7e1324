package io.bihuan.clock;

import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * How the amount of a clock is counted. All but the unit matter to units of days only.
 *
 * @param startDayCounts whether the day of the start is the first day counted; the law's rule is that it is not (Civil Code of the
 *     PRC, Art. 201)
 * @param rollsForward whether a limit that would end on a day off ends on the next working day instead
 * @param inclusive whether the last day belongs to the limit; else it is over when that day begins
 * @param cutOff what comes at or after this time of the day counts as come the next day; what comes on a day off, for working
 *     days, on the next working day
 */
public record Counting(
        Unit unit,
        boolean startDayCounts,
        boolean rollsForward,
        boolean inclusive,
        DayEnd endsAt,
        @Nullable LocalTime cutOff) {
    /** The law's rule: the start day does not count, the last day ends at midnight. */
    public static Counting of(Unit unit) {
        return new Counting(unit, false, false, true, DayEnd.MIDNIGHT, null);
    }

    public Counting rollingForward() {
        return new Counting(unit, startDayCounts, true, inclusive, endsAt, cutOff);
    }
}
