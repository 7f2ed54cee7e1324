package io.bihuan.clock;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a clock counts in figures; one that was cancelled does not. */
public enum Outcome {
    MET,
    /** Stopped late, or still open although it was due. */
    MISSED,
    /** Open, and not yet due. */
    OPEN;

    /** Null for one that was cancelled. */
    public static @Nullable Outcome of(Clock clock, Instant now) {
        if (clock.state() == ClockState.CANCELLED) {
            return null;
        }
        Instant stopped = clock.stoppedAt();
        if (stopped != null) {
            return stopped.isAfter(clock.dueAt()) ? MISSED : MET;
        }
        return clock.isOverdue(now) ? MISSED : OPEN;
    }
}
