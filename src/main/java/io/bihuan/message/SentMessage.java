package io.bihuan.message;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message as it stands.
 *
 * @param way the one that it is on, or on which it arrived
 * @param nextAt when something will be done about it by itself
 */
public record SentMessage(
        UUID id,
        String subject,
        UUID subjectId,
        Category category,
        String purpose,
        Way way,
        State state,
        Instant createdAt,
        Instant changedAt,
        @Nullable Instant sentAt,
        @Nullable Instant arrivedAt,
        @Nullable Instant nextAt,
        List<Attempt> attempts) {
    public SentMessage {
        attempts = List.copyOf(attempts);
    }

    /**
     * How it went on one way.
     *
     * @param error a key of ours ({@code message.error.…}) or the words of a provider
     * @param isLocal whether it only lies in the local outbox
     */
    public record Attempt(
            Way way,
            State state,
            int tries,
            Instant changedAt,
            @Nullable String error,
            boolean isLocal) {}
}
