package io.bihuan.industry;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Two versions of a pack over the complaints of a period: what the later one would have done otherwise when they came in.
 *
 * @param from since when the complaints were received, {@code at} until when
 * @param reached down to which time it has judged
 * @param counted the complaints judged so far, {@code changed} those of them that differ
 * @param erased those whose words are gone, so that nothing can be judged
 * @param isCut whether there were more than {@link DryRuns#MOST_COMPLAINTS}: the newest were judged
 */
public record DryRun(
        UUID id,
        String pack,
        int versionBefore,
        int versionAfter,
        int days,
        Instant from,
        Instant at,
        String startedBy,
        State state,
        Instant reached,
        int counted,
        int changed,
        int erased,
        boolean isCut) {
    public enum State {
        RUNNING,
        DONE,
        FAILED
    }

    /** What may come out otherwise. */
    public enum Aspect {
        CATEGORY,
        SEVERITY,
        PRIORITY,
        DEPARTMENT,
        DEADLINE
    }

    /** What became of a deadline. */
    public enum Move {
        EARLIER,
        LATER,
        ADDED,
        REMOVED
    }

    /**
     * One thing that comes out otherwise.
     *
     * @param clock of a deadline, else empty
     * @param before a code or word of the pack or the time of a deadline (ISO 8601); empty when there was none, likewise {@code after}
     */
    public record Difference(Aspect aspect, String clock, String before, String after) {}

    /** A complaint for which something comes out otherwise. */
    public record Case(int number, UUID complaint, List<Difference> differences) {}

    /** How often what became what; of deadlines {@code before} is the clock and {@code after} a {@link Move}. */
    public record Tally(Aspect aspect, String before, String after, int count) {}

    public boolean isRunning() {
        return state == State.RUNNING;
    }

    /** How much of the period is judged. */
    public int percent() {
        if (state == State.DONE) {
            return 100;
        }
        long whole = Duration.between(from, at).toMillis();
        return Math.clamp(100 * Duration.between(reached, at).toMillis() / Math.max(1, whole), 0, 99);
    }
}
