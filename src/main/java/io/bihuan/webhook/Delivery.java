package io.bihuan.webhook;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One message to one endpoint.
 *
 * @param message its id for the receiver
 * @param number of the complaint; null for a test
 * @param attempts since it was last begun
 * @param dueAt when it is tried next, while it waits
 */
public record Delivery(
        UUID id,
        UUID endpoint,
        UUID message,
        String type,
        @Nullable String number,
        String body,
        State state,
        int attempts,
        Instant createdAt,
        Instant dueAt,
        @Nullable Instant doneAt) {
    /** What became of it. */
    public enum State {
        WAITING,
        DELIVERED,
        /** Given up after the last attempt; can be sent again by hand. */
        FAILED
    }

    /** One attempt and how its answer began. */
    public record Attempt(
            Instant at,
            int milliseconds,
            Outcome outcome,
            @Nullable Integer status,
            String answer) {}
}
