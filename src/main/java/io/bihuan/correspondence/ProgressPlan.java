package io.bihuan.correspondence;

import io.bihuan.clock.Clock;
import io.bihuan.clock.ClockState;
import io.bihuan.complaint.Milestone;
import io.bihuan.standard.NoticePlan;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When the notices of a complaint should be told: at their shares of the time from the assessment to the solution. The plan
 * itself is the times of their clocks; here is what has to become of them.
 */
final class ProgressPlan {
    /** A promise is not moved for less. */
    static final Duration TOLERANCE = Duration.ofMinutes(15);

    private static final int WHOLE = 100;

    private ProgressPlan() {}

    /**
     * The notices that get another time, and which.
     *
     * @param clocks all of the complaint
     * @param moved those to which somebody gave a time by hand: they keep it
     * @param known since when there is what some of them tell: they are due after half of the time that was left
     */
    static Map<Notice, Instant> changes(
            NoticePlan plan, List<Clock> clocks, Set<Notice> moved, Map<Notice, Instant> known, Instant now) {
        var changes = new EnumMap<Notice, Instant>(Notice.class);
        Optional<Instant> solved = solution(clocks);
        for (Clock clock : clocks) {
            Notice notice = Notice.ofClock(clock.name()).orElse(null);
            if (notice == null
                    || clock.state() != ClockState.RUNNING
                    || clock.isOverdue(now)
                    || moved.contains(notice)) {
                continue;
            }
            Instant wanted = clock.dueAt();
            Integer share = notice.share(plan);
            if (share != null && solved.isPresent() && solved.get().isAfter(now.plus(TOLERANCE))) {
                Duration whole = Duration.between(clock.startedAt(), solved.get());
                wanted = sooner(clock.startedAt().plus(whole.multipliedBy(share).dividedBy(WHOLE)), known.get(notice));
            }
            boolean isPromisable = wanted.isAfter(now.plus(TOLERANCE));
            boolean isOther = Duration.between(clock.dueAt(), wanted).abs().compareTo(TOLERANCE) >= 0;
            if (isPromisable && isOther) {
                changes.put(notice, wanted);
            }
        }
        return changes;
    }

    private static Instant sooner(Instant planned, @Nullable Instant known) {
        return known != null && known.isBefore(planned)
                ? known.plus(Duration.between(known, planned).dividedBy(2))
                : planned;
    }

    /** When it is to be solved; empty while that stands still or is done. */
    private static Optional<Instant> solution(List<Clock> clocks) {
        return clocks.stream()
                .filter(clock -> clock.state() == ClockState.RUNNING)
                .filter(clock -> clock.policy().terms().stopOn().equals(Set.of(Milestone.SOLVED.name())))
                .map(Clock::dueAt)
                .min(Comparator.naturalOrder());
    }
}
