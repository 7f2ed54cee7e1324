package io.bihuan.complaint.web;

import io.bihuan.clock.Clock;
import io.bihuan.clock.ClockState;
import io.bihuan.web.Texts;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The clock that a line of a list shows.
 *
 * @param due null while it stands still
 * @param deadline as it is written: {@code 2026-10-13 24:00}
 * @param look a class of the style sheet
 * @param paused why it stands still; null when it does not
 * @param provisional why the deadline may still move; null when it does not depend on what nobody knows
 */
public record RowClock(
        String label,
        int percent,
        @Nullable Instant due,
        String deadline,
        String look,
        @Nullable String paused,
        @Nullable String provisional) {
    static RowClock of(Clock clock, Instant now, Terms terms, Texts t) {
        boolean isPaused = clock.state() == ClockState.PAUSED;
        return new RowClock(
                terms.clock(clock.name()),
                clock.percentUsed(now),
                isPaused ? null : clock.dueAt(),
                ClockLines.deadline(clock),
                isPaused ? Looks.of(null, now) : Looks.of(clock.dueAt(), now),
                isPaused ? t.of("clock.pauseFor." + clock.pauses().getLast().reason()) : null,
                ClockLines.provisional(clock, t));
    }

    /** The running one that is due next, else the first one that stands still. */
    static @Nullable RowClock first(List<Clock> open, Instant now, Terms terms, Texts t) {
        return open.stream()
                .filter(clock -> clock.state() == ClockState.RUNNING)
                .findFirst()
                .or(() -> open.stream().findFirst())
                .map(clock -> of(clock, now, terms, t))
                .orElse(null);
    }
}
