package io.bihuan.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.bihuan.clock.Clock.Warning;
import io.bihuan.pack.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ClockTests {
    private static final Instant NINE = Instant.parse("2026-11-22T09:00:00Z");

    private final Clock clock = running(30, 50, 75, 100);

    @Test
    void percentGrowsWithTheTimeUsedAndGoesBeyondAHundred() {
        assertThat(clock.percentUsed(minute(-1))).isZero();
        assertThat(clock.percentUsed(minute(0))).isZero();
        assertThat(clock.percentUsed(minute(22))).isEqualTo(73);
        assertThat(clock.percentUsed(minute(30))).isEqualTo(100);
        assertThat(clock.percentUsed(minute(45))).isEqualTo(150);
    }

    @Test
    void itIsOverdueOnlyAfterTheLastMoment() {
        assertThat(clock.isOverdue(minute(30))).isFalse();
        assertThat(clock.isOverdue(minute(30).plusNanos(1000))).isTrue();
        assertThat(clock.remaining(minute(18))).isEqualTo(Duration.ofMinutes(12));
        assertThat(clock.remaining(minute(33))).isEqualTo(Duration.ofMinutes(-3));
    }

    @Test
    void aPausedClockStandsStill() {
        Clock paused = pausedAt(clock, 10);

        assertThat(paused.state()).isEqualTo(ClockState.PAUSED);
        assertThat(paused.percentUsed(minute(500))).isEqualTo(33);
        assertThat(paused.isOverdue(minute(500))).isFalse();
        assertThat(paused.pausedTime(minute(70))).isEqualTo(Duration.ofMinutes(60));
        assertThat(paused.nextWarning()).isNull();
        assertThat(paused.dueAt()).isEqualTo(minute(30));

        Clock resumed = paused.resumed(minute(70));
        assertThat(resumed.state()).isEqualTo(ClockState.RUNNING);
        assertThat(resumed.dueAt()).isEqualTo(minute(90));
        assertThat(resumed.nextWarning()).isEqualTo(new Warning(50, minute(75)));
    }

    @Test
    void aClockPausedWhenOverdueStaysOverdue() {
        Clock resumed = pausedAt(clock, 40).resumed(minute(60));

        assertThat(pausedAt(clock, 40).isOverdue(minute(41))).isTrue();
        assertThat(resumed.dueAt()).isEqualTo(minute(30));
        assertThat(resumed.stopped(minute(61)).state()).isEqualTo(ClockState.MISSED);
    }

    @Test
    void stoppedInTimeIsMetAndAfterItMissed() {
        assertThat(clock.stopped(minute(30)).state()).isEqualTo(ClockState.MET);
        assertThat(clock.stopped(minute(30).plusNanos(1000)).state()).isEqualTo(ClockState.MISSED);
        assertThat(clock.stopped(minute(31)).isBreached(minute(31))).isTrue();
        assertThat(clock.stopped(minute(10)).percentUsed(minute(500))).isEqualTo(33);
        assertThat(clock.stopped(minute(10)).nextWarning()).isNull();
    }

    @Test
    void stoppingAPausedClockEndsItsPause() {
        Clock stopped = pausedAt(clock, 10).stopped(minute(100));

        assertThat(stopped.state()).isEqualTo(ClockState.MET);
        assertThat(stopped.pauses()).extracting(Pause::to).containsExactly(minute(100));
        assertThat(stopped.dueAt()).isEqualTo(minute(120));
        assertThat(stopped.openPause()).isNull();
    }

    @Test
    void aCancelledClockIsNeitherMetNorMissed() {
        Clock cancelled = clock.cancelled(minute(40));

        assertThat(cancelled.state()).isEqualTo(ClockState.CANCELLED);
        assertThat(cancelled.isBreached(minute(50))).isFalse();
        assertThat(cancelled.isOpen()).isFalse();
    }

    @Test
    void aHigherSeverityCountsFromTheSameStartWithItsPauses() {
        Clock rebased = pausedAt(clock, 2).resumed(minute(12)).rebased(Severity.MAJOR, 5, minute(20));

        assertThat(rebased.startedAt()).isEqualTo(NINE);
        assertThat(rebased.dueAt()).isEqualTo(minute(15));
        assertThat(rebased.severity()).isEqualTo(Severity.MAJOR);
        assertThat(rebased.amount()).isEqualTo(5);
        assertThat(rebased.isOverdue(minute(20))).isTrue();
        assertThat(rebased.nextWarning()).isEqualTo(new Warning(50, minute(12).plusSeconds(30)));
    }

    @Test
    void aRebasedClockDoesNotGoBackToWarnPointsThatHaveFired() {
        Clock fired = new Clock(
                clock.id(),
                clock.subject(),
                clock.name(),
                clock.pack(),
                clock.packVersion(),
                clock.severity(),
                clock.unit(),
                clock.calendar(),
                clock.amount(),
                clock.grade(),
                clock.startedAt(),
                clock.dueAt(),
                clock.state(),
                null,
                clock.warnAt(),
                clock.pauses(),
                75,
                null);

        assertThat(fired.rebased(Severity.GENERAL, 120, minute(25)).nextWarning())
                .isEqualTo(new Warning(100, minute(120)));
    }

    @Test
    void theExplanationTellsEachStepThatLedToTheDeadline() {
        Clock told = pausedAt(clock, 10).resumed(minute(40)).rebased(Severity.URGENT, 15, minute(42));

        Explanation explanation = Explanations.of(told, minute(43));

        assertThat(explanation.steps())
                .extracting(Explanation.Step::key, Explanation.Step::arguments)
                .containsExactly(
                        tuple("clock.explain.start", List.of(NINE, "appliance", 3)),
                        tuple("clock.explain.rebased", List.of(minute(42), Severity.URGENT, 15, Unit.MINUTE)),
                        tuple("clock.explain.always", List.of()),
                        tuple(
                                "clock.explain.pause",
                                List.of(
                                        minute(10),
                                        minute(40),
                                        Duration.ofMinutes(30),
                                        "waiting-for-parts",
                                        "staff:1")),
                        tuple("clock.explain.due", List.of(minute(45))),
                        tuple("clock.explain.running", List.of(Duration.ofMinutes(2), 86)));
    }

    @Test
    void theExplanationOfALatePauseSaysThatItMovedNothing() {
        Explanation explanation =
                Explanations.of(pausedAt(clock, 31).resumed(minute(50)).stopped(minute(55)), minute(60));

        assertThat(explanation.steps())
                .extracting(Explanation.Step::key)
                .containsExactly(
                        "clock.explain.start",
                        "clock.explain.amount",
                        "clock.explain.always",
                        "clock.explain.pause.afterDue",
                        "clock.explain.due",
                        "clock.explain.missed");
        assertThat(explanation.steps().getLast().arguments()).containsExactly(minute(55), Duration.ofMinutes(6));
    }

    static Clock running(int minutes, Integer... warnAt) {
        return new Clock(
                UUID.randomUUID(),
                new Subject("toy", UUID.randomUUID()),
                "respond",
                "appliance",
                3,
                Severity.GENERAL,
                Unit.MINUTE,
                Deadlines.ALWAYS,
                minutes,
                Grade.INTERNAL,
                NINE,
                Deadlines.due(NINE, Unit.MINUTE, minutes, List.of()),
                ClockState.RUNNING,
                null,
                List.of(warnAt),
                List.of(),
                0,
                null);
    }

    private static Clock pausedAt(Clock clock, int minute) {
        return clock.paused(new Pause("waiting-for-parts", "staff:1", minute(minute), null));
    }

    private static Instant minute(int minute) {
        return NINE.plus(Duration.ofMinutes(minute));
    }
}
