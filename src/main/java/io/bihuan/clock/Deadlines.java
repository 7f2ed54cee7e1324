package io.bihuan.clock;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The arithmetic of deadlines: pure, exact to the microsecond, and the only place that knows it. Pauses are given in their order and do
 * not overlap; only the last may be open. Every calendar is {@value #ALWAYS} (24 hours, 7 days), so both units count alike.
 */
public final class Deadlines {
    /** The calendar without a night, a weekend or a holiday. */
    public static final String ALWAYS = "always";

    private Deadlines() {}

    /** How much working time an amount is. */
    public static Duration length(Unit unit, int amount) {
        return switch (unit) {
            case MINUTE, BUSINESS_MINUTE -> Duration.ofMinutes(amount);
        };
    }

    /** When the amount is used up. A pause that is still open is taken as just ended: it moves the deadline when it ends. */
    public static Instant due(Instant start, Unit unit, int amount, List<Pause> pauses) {
        return reached(start, length(unit, amount), pauses);
    }

    /** When that many percent of the amount are used up. */
    public static Instant warning(Instant start, Unit unit, int amount, int percent, List<Pause> pauses) {
        return reached(start, length(unit, amount).multipliedBy(percent).dividedBy(100), pauses);
    }

    /** The first moment at which the working time since the start is that long. */
    static Instant reached(Instant start, Duration working, List<Pause> pauses) {
        Instant reached = start.plus(working);
        for (Pause pause : pauses) {
            // A pause that begins when the time is already used up comes too late to move anything.
            if (!pause.from().isBefore(reached)) {
                break;
            }
            Instant to = pause.to();
            if (to != null) {
                reached = reached.plus(Duration.between(pause.from(), to));
            }
        }
        return reached;
    }

    /** The working time between the start and that moment. */
    public static Duration used(Instant start, List<Pause> pauses, Instant at) {
        if (at.isBefore(start)) {
            return Duration.ZERO;
        }
        return Duration.between(start, at).minus(paused(pauses, at));
    }

    /** How long the clock had stood still by that moment. */
    public static Duration paused(List<Pause> pauses, Instant at) {
        Duration sum = Duration.ZERO;
        for (Pause pause : pauses) {
            sum = sum.plus(pause.lasted(at));
        }
        return sum;
    }
}
