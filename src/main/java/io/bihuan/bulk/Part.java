package io.bihuan.bulk;

import org.jspecify.annotations.Nullable;

/**
 * How far one step is with one complaint.
 *
 * @param reference what undoing needs: the task, the owner before
 * @param problem why it was not done or could not be undone
 */
public record Part(
        Step step,
        State state,
        @Nullable String reference,
        @Nullable Problem problem) {
    /** How far. */
    public enum State {
        DONE,
        /** A message waits, so that it can still be stopped. */
        HELD,
        REFUSED,
        UNDONE,
        /** It could not be undone. */
        KEPT
    }

    static Part done(Step step, @Nullable String reference) {
        return new Part(step, State.DONE, reference, null);
    }

    Part to(State next, @Nullable Problem why) {
        return new Part(step, next, reference, why);
    }

    boolean canBeUndone() {
        return state == State.DONE || state == State.HELD;
    }
}
