package io.bihuan.complaint;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an event did to a clock: stands in the event, so that promised times can be replayed and every deadline counted again.
 *
 * @param dueAt null when the clock does not run
 * @param from when a clock that was started counts from, if that is not the time of the event
 * @param policy the version that counts from now on, as {@code pack/version/name/revision}; null when it did not change
 * @param calendar that counts from now on, as {@code name/version}; null when it still does, or works around the clock
 * @param pause the reason of a pause
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClockChange(
        String name,
        Change change,
        @Nullable Instant dueAt,
        @Nullable Instant from,
        @Nullable String policy,
        @Nullable String calendar,
        @Nullable String pause) {
    public enum Change {
        STARTED,
        STOPPED,
        PAUSED,
        RESUMED,
        /** Another severity, another amount. */
        REBASED,
        CANCELLED,
        EXTENDED,
        /** Another time was promised. */
        PROMISED,
        /** Another version of its policy. */
        REPLACED,
        /** More became known of its calendar. */
        CORRECTED,
        /** As if it had not been cancelled, because its complaint is handled by itself again. */
        REOPENED
    }
}
