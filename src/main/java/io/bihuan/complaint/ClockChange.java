package io.bihuan.complaint;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What an event did to a clock: stands in the event, so that promised times can be replayed. */
public record ClockChange(
        String name, Change change, @Nullable Instant dueAt) {
    public enum Change {
        STARTED,
        STOPPED,
        PAUSED,
        RESUMED,
        REBASED,
        CANCELLED
    }
}
