package io.bihuan.clock;

import io.bihuan.pack.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A draft of a policy run over the clocks that started in a period: who would have been late.
 *
 * @param from since when the clocks started, {@code at} the moment as of which all are judged
 * @param reached down to which start it has counted
 * @param counted the clocks counted so far, without those cancelled
 * @param isCut whether there were more than {@link WhatIfs#MOST_CLOCKS}: the newest were counted
 * @param becameMissed met or open so far, missed under the draft; {@code becameMet} missed so far, met under the draft
 * @param changed the cases whose outcome differs
 */
public record WhatIf(
        UUID id,
        PolicyVersion draft,
        int days,
        Instant from,
        Instant at,
        String startedBy,
        State state,
        Instant reached,
        int counted,
        boolean isCut,
        Tally before,
        Tally after,
        int becameMissed,
        int becameMet,
        int changed) {
    public enum State {
        RUNNING,
        DONE,
        FAILED
    }

    public record Tally(int met, int missed, int open) {
        static final Tally NONE = new Tally(0, 0, 0);

        Tally and(Outcome outcome) {
            return switch (outcome) {
                case MET -> new Tally(met + 1, missed, open);
                case MISSED -> new Tally(met, missed + 1, open);
                case OPEN -> new Tally(met, missed, open + 1);
            };
        }

        Tally and(Tally other) {
            return new Tally(met + other.met, missed + other.missed, open + other.open);
        }

        public Attainment attainment() {
            return new Attainment(met, (long) met + missed);
        }
    }

    /** A clock whose outcome would have been another. */
    public record Case(
            int number,
            Subject subject,
            UUID clockId,
            Severity severity,
            Instant startedAt,
            @Nullable Instant stoppedAt,
            Outcome before,
            Outcome after,
            Instant dueBefore,
            Instant dueAfter) {}

    public boolean isRunning() {
        return state == State.RUNNING;
    }

    /** How much of the period is counted. */
    public int percent() {
        if (state == State.DONE) {
            return 100;
        }
        long whole = Duration.between(from, at).toMillis();
        return Math.clamp(100 * Duration.between(reached, at).toMillis() / Math.max(1, whole), 0, 99);
    }
}
