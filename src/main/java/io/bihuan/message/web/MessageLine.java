package io.bihuan.message.web;

import io.bihuan.message.Category;
import io.bihuan.message.MessageSubjects.Named;
import io.bihuan.message.SentMessage;
import io.bihuan.message.State;
import io.bihuan.message.Way;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message in a list.
 *
 * @param about null for whoever may not see what it is about
 * @param to masked
 * @param text empty where it is not shown
 */
public record MessageLine(
        UUID id,
        @Nullable Named about,
        String purpose,
        Category category,
        String to,
        String title,
        String text,
        Way way,
        State state,
        Instant createdAt,
        @Nullable Instant sentAt,
        @Nullable Instant arrivedAt,
        @Nullable Instant nextAt,
        List<Step> steps) {
    /**
     * One of its ways.
     *
     * @param turn whether the state says something of it: a way that is there in case another fails is not still to come
     */
    public record Step(Way way, State state, Turn turn, int tries, String error, boolean isLocal) {
        public String tone() {
            return MessageLine.tone(state);
        }
    }

    /** Whether it is a way's turn. */
    public enum Turn {
        TAKEN,
        /** It is taken only if the one before comes to nothing. */
        SPARE,
        /** It was never taken, for the message arrived by another. */
        UNNEEDED
    }

    public MessageLine {
        steps = List.copyOf(steps);
    }

    public String tone() {
        return tone(state);
    }

    /** Whether somebody may say by hand what became of it. */
    public boolean isLocal() {
        return steps.stream().anyMatch(step -> step.way() == way && step.isLocal());
    }

    public boolean mayRetry() {
        return switch (state) {
            case FAILED, HELD, CANCELLED -> true;
            case PLANNED, SENDING, SENT, DELIVERED, READ, CALL, SUPPRESSED -> false;
        };
    }

    public boolean mayCancel() {
        return switch (state) {
            case PLANNED, HELD, CALL -> true;
            case FAILED, CANCELLED, SENDING, SENT, DELIVERED, READ, SUPPRESSED -> false;
        };
    }

    static String tone(State state) {
        return switch (state) {
            case DELIVERED, READ -> "green";
            case SENT, SENDING -> "blue";
            case CALL, HELD -> "orange";
            case FAILED -> "red";
            case PLANNED, SUPPRESSED, CANCELLED -> "secondary";
        };
    }

    static Step step(SentMessage message, SentMessage.Attempt attempt, String error) {
        return new Step(
                attempt.way(), attempt.state(), turn(message, attempt), attempt.tries(), error, attempt.isLocal());
    }

    private static Turn turn(SentMessage message, SentMessage.Attempt attempt) {
        boolean isUntried =
                attempt.tries() == 0 && (attempt.state() == State.PLANNED || attempt.state() == State.CANCELLED);
        if (isUntried && message.state().hasArrived()) {
            return Turn.UNNEEDED;
        }
        return attempt.state() == State.PLANNED && attempt.way() != message.way() ? Turn.SPARE : Turn.TAKEN;
    }
}
