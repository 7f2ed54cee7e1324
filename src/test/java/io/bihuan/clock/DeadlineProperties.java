package io.bihuan.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.pack.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Random histories of a clock against an oracle that walks second by second and shares no code with the engine. */
class DeadlineProperties {
    enum Verb {
        PAUSE,
        RESUME,
        REBASE
    }

    /** What happens so many seconds after the step before it; the minutes are those of a rebase. */
    record Step(Verb verb, int after, int minutes) {}

    record History(int minutes, List<Step> steps) {}

    @Property(tries = 2_000)
    void theMaterialisedDeadlineIsTheOneThatAPersonWouldCount(@ForAll("histories") History history) {
        Clock clock = ClockTests.running(history.minutes(), 50, 75, 100, 150);
        long at = 0;
        for (Step step : history.steps()) {
            at += step.after();
            Instant now = clock.startedAt().plusSeconds(at);
            clock = switch (step.verb()) {
                case PAUSE ->
                    clock.state() == ClockState.RUNNING ? clock.paused(new Pause("r", "system:-", now, null)) : clock;
                case RESUME -> clock.state() == ClockState.PAUSED ? clock.resumed(now) : clock;
                case REBASE -> clock.rebased(Severity.URGENT, step.minutes(), now);
            };
        }
        long end = at + 10;
        Instant after = clock.startedAt().plusSeconds(end);
        if (clock.state() == ClockState.PAUSED) {
            clock = clock.resumed(after);
        }

        assertThat(clock.dueAt())
                .isEqualTo(Deadlines.due(clock.startedAt(), clock.unit(), clock.amount(), clock.pauses()))
                .isEqualTo(clock.startedAt().plusSeconds(counted(history, 100, end)));
        for (int level : clock.warnAt()) {
            assertThat(clock.warningAt(level)).isEqualTo(clock.startedAt().plusSeconds(counted(history, level, end)));
        }
        boolean isLate = counted(history, 100, end) < end;
        assertThat(clock.isOverdue(after)).isEqualTo(clock.used(after).toSeconds() > clock.amount() * 60L);
        if (clock.isOverdue(after)) {
            assertThat(isLate).isTrue();
        }
        assertThat(clock.stopped(after).state() == ClockState.MISSED).isEqualTo(clock.isOverdue(after));
    }

    /** The second after the start at which that share of the last amount is used up, by looking at every second. */
    private static long counted(History history, int percent, long end) {
        int minutes = history.minutes();
        var isStill = new boolean[(int) end];
        boolean isPaused = false;
        int second = 0;
        for (Step step : history.steps()) {
            for (int i = 0; i < step.after(); i++) {
                isStill[second++] = isPaused;
            }
            switch (step.verb()) {
                case PAUSE -> isPaused = true;
                case RESUME -> isPaused = false;
                case REBASE -> minutes = step.minutes();
            }
        }
        while (second < end) {
            isStill[second++] = isPaused;
        }
        // Every share here is a whole number of seconds, because the amounts are even minutes.
        long wanted = minutes * 60L * percent / 100;
        long used = 0;
        long at = 0;
        while (used < wanted) {
            if (at >= end || !isStill[(int) at]) {
                used++;
            }
            at++;
        }
        return at;
    }

    @Provide
    Arbitrary<History> histories() {
        Arbitrary<Integer> minutes = Arbitraries.integers().between(1, 60).map(half -> half * 2);
        Arbitrary<Step> step = Combinators.combine(
                        Arbitraries.of(Verb.PAUSE, Verb.PAUSE, Verb.RESUME, Verb.RESUME, Verb.REBASE),
                        Arbitraries.integers().between(0, 4_000),
                        minutes)
                .as(Step::new);
        return Combinators.combine(minutes, step.list().ofMaxSize(12))
                .as((first, steps) -> new History(first, new ArrayList<>(steps)));
    }
}
