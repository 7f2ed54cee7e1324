package io.bihuan.clock;

import io.bihuan.calendar.WorkCalendar;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a clock's life in which it was counted one way; a re-base ends one and begins the next.
 *
 * @param until the moment of the re-base; null for the last
 */
record Leg(
        Counting counting, WorkCalendar calendar, @Nullable Instant until) {
    boolean covers(Instant at) {
        return until == null || !at.isAfter(until);
    }
}
