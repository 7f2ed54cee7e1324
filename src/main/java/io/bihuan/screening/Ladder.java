package io.bihuan.screening;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How a message that nobody claims goes up: when half of its time is over to the deputy, when it is due to the lead, when it is late by as
 * much again to those on duty and the managers, and to them again until somebody takes it.
 */
enum Ladder {
    DEPUTY,
    LEAD,
    DUTY;

    /** Those at the top are not told of the same message more often. */
    static final Duration LEAST_AGAIN = Duration.ofHours(1);

    /** The rung a message comes to next after so many steps. */
    static Ladder after(int climbs) {
        return climbs < 1 ? DEPUTY : climbs == 1 ? LEAD : DUTY;
    }

    /** Whether a message that went up so often is at the top already. */
    static boolean isAtTop(int climbs) {
        return climbs > 2;
    }

    /** This rung and those above it. */
    List<Ladder> andAbove() {
        return switch (this) {
            case DEPUTY -> List.of(DEPUTY, LEAD, DUTY);
            case LEAD -> List.of(LEAD, DUTY);
            case DUTY -> List.of(DUTY);
        };
    }

    /** When a message that has come to this rung goes up from it. */
    Instant next(Instant due, Duration accept, Instant now) {
        return switch (this) {
            case DEPUTY -> later(due, now);
            case LEAD -> later(due.plus(accept), now);
            case DUTY -> now.plus(accept.compareTo(LEAST_AGAIN) < 0 ? LEAST_AGAIN : accept);
        };
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
