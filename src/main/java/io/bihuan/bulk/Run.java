package io.bihuan.bulk;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One deed done to many complaints.
 *
 * @param language of whoever made it
 * @param sendAt when its messages go
 * @param undoneBy who took it back
 */
public record Run(
        UUID id,
        UUID madeBy,
        String language,
        Wish wish,
        State state,
        Instant madeAt,
        @Nullable Instant confirmedAt,
        @Nullable Instant sendAt,
        @Nullable Instant endedAt,
        @Nullable UUID undoneBy) {
    /** Complaints of one run. */
    public static final int MOST = 200;
    /** So long it can be undone. */
    public static final Duration UNDO = Duration.ofHours(1);
    /** So long messages wait, so that they can be stopped. */
    public static final Duration HOLD = Duration.ofMinutes(5);

    /** How far it is. */
    public enum State {
        /** Shown, not confirmed. */
        DRAFT,
        RUNNING,
        /** All is done but the messages. */
        HELD,
        DONE,
        FAILED
    }

    public boolean isRunning() {
        return state == State.RUNNING;
    }

    public boolean isDraft() {
        return state == State.DRAFT;
    }

    /** Until when it can be undone; null when it was never confirmed. */
    public @Nullable Instant undoUntil() {
        return confirmedAt == null ? null : confirmedAt.plus(UNDO);
    }

    /** Whether it can be undone now. */
    public boolean canBeUndone(Instant now) {
        Instant until = undoUntil();
        return (state == State.HELD || state == State.DONE) && undoneBy == null && until != null && now.isBefore(until);
    }
}
