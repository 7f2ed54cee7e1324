package io.bihuan.clock;

import io.bihuan.clock.Explanation.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Tells the steps that led to a deadline. */
final class Explanations {
    private Explanations() {}

    static Explanation of(Clock clock, Instant now) {
        var steps = new ArrayList<Step>();
        steps.add(step(clock.startedAt(), "clock.explain.start", clock.startedAt(), clock.pack(), clock.packVersion()));
        steps.add(amount(clock));
        steps.add(
                clock.calendar().equals(Deadlines.ALWAYS)
                        ? step(clock.startedAt(), "clock.explain.always")
                        : step(clock.startedAt(), "clock.explain.calendar", clock.calendar()));
        for (Pause pause : clock.pauses()) {
            steps.add(pause(clock, pause, now));
        }
        steps.add(step(clock.dueAt(), "clock.explain.due", clock.dueAt()));
        steps.add(standing(clock, now));
        return new Explanation(clock, steps);
    }

    private static Step amount(Clock clock) {
        Instant rebasedAt = clock.rebasedAt();
        return rebasedAt == null
                ? step(clock.startedAt(), "clock.explain.amount", clock.severity(), clock.amount(), clock.unit())
                : step(rebasedAt, "clock.explain.rebased", rebasedAt, clock.severity(), clock.amount(), clock.unit());
    }

    private static Step pause(Clock clock, Pause pause, Instant now) {
        Instant to = pause.to();
        Duration lasted = pause.lasted(now);
        if (to == null) {
            return step(pause.from(), "clock.explain.pause.open", pause.from(), lasted, pause.reason(), pause.actor());
        }
        boolean isTooLate = !pause.from().isBefore(clock.dueAt());
        String key = isTooLate ? "clock.explain.pause.afterDue" : "clock.explain.pause";
        return step(pause.from(), key, pause.from(), to, lasted, pause.reason(), pause.actor());
    }

    private static Step standing(Clock clock, Instant now) {
        Instant end = clock.stoppedAt() != null ? clock.stoppedAt() : now;
        Duration left = clock.remaining(now);
        return switch (clock.state()) {
            case RUNNING ->
                left.isNegative()
                        ? step(now, "clock.explain.overdue", left.negated())
                        : step(now, "clock.explain.running", left, clock.percentUsed(now));
            case PAUSED -> step(now, "clock.explain.paused", left);
            case MET -> step(end, "clock.explain.met", end, left);
            case MISSED -> step(end, "clock.explain.missed", end, left.negated());
            case CANCELLED -> step(end, "clock.explain.cancelled", end);
        };
    }

    private static Step step(Instant at, String key, Object... arguments) {
        return new Step(at, key, List.of(arguments));
    }
}
