package io.bihuan.clock;

import static io.bihuan.clock.TestClocks.PRC;
import static io.bihuan.clock.TestClocks.at;
import static io.bihuan.clock.TestClocks.extended;
import static io.bihuan.clock.TestClocks.pausedAt;
import static io.bihuan.clock.TestClocks.pausedFrom;
import static io.bihuan.clock.TestClocks.prc;
import static io.bihuan.clock.TestClocks.started;
import static io.bihuan.clock.TestClocks.terms;
import static io.bihuan.clock.TestClocks.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.bihuan.calendar.WorkCalendar;
import io.bihuan.clock.Clock.Warning;
import io.bihuan.pack.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClockTests {
    private static final Instant NINE = Instant.parse("2026-11-20T09:00:00Z");
    private static final Counting MINUTES = Counting.of(Unit.MINUTE);
    private static final Counting WORKING_DAYS = Counting.of(Unit.WORKING_DAY);
    private static final WarnPoint HALF = WarnPoint.percent(50);
    private static final WarnPoint THREE_QUARTERS = WarnPoint.percent(75);
    private static final WarnPoint DUE = WarnPoint.percent(100);

    private final Clock clock = started(MINUTES, PRC, 30, NINE, HALF, THREE_QUARTERS, DUE);

    // ---- what it says ----

    @Test
    void percentGrowsWithTheTimeUsedAndGoesBeyondAHundred() {
        assertThat(clock.percentUsed(minute(-1))).isZero();
        assertThat(clock.percentUsed(minute(0))).isZero();
        assertThat(clock.percentUsed(minute(22))).isEqualTo(73);
        assertThat(clock.percentUsed(minute(30))).isEqualTo(100);
        assertThat(clock.percentUsed(minute(45))).isEqualTo(150);
        assertThat(clock.percentUsed(minute(100_000))).isEqualTo(WarnPoint.HIGHEST_PERCENT);
    }

    @Test
    void percentOfDaysIsThatOfTheWarnPoints() {
        Clock days = started(WORKING_DAYS, PRC, 10, at("2026-03-02 10:00"));

        assertThat(days.percentUsed(at("2026-03-09 24:00"))).isEqualTo(50);
        assertThat(days.percentUsed(at("2026-03-12 11:59"))).isEqualTo(74);
        assertThat(days.percentUsed(at("2026-03-12 12:00"))).isEqualTo(75);
        assertThat(days.percentUsed(at("2026-03-16 24:00"))).isEqualTo(100);
    }

    @Test
    void whatIsLeftIsTheTimeThatItCountsAndForDaysThatOfTheWallClock() {
        Clock office = started(Counting.of(Unit.BUSINESS_MINUTE), PRC, 180, at("2026-03-06 17:00"));
        Clock days = started(WORKING_DAYS, PRC, 1, at("2026-03-06 17:00"));

        assertThat(clock.remaining(minute(18))).isEqualTo(Duration.ofMinutes(12));
        assertThat(clock.remaining(minute(33))).isEqualTo(Duration.ofMinutes(-3));
        assertThat(office.remaining(at("2026-03-08 12:00"))).isEqualTo(Duration.ofHours(2));
        assertThat(days.remaining(at("2026-03-08 24:00"))).isEqualTo(Duration.ofHours(24));
        assertThat(days.remaining(at("2026-03-10 01:00"))).isEqualTo(Duration.ofHours(-1));
    }

    @Test
    void itIsOverdueOnlyAfterTheLastMoment() {
        assertThat(clock.isOverdue(minute(30))).isFalse();
        assertThat(clock.isOverdue(minute(30).plusNanos(1_000))).isTrue();
        assertThat(clock.stopped(minute(31)).isOverdue(minute(40))).isFalse();
    }

    // ---- another time ----

    @Test
    void aPromisedTimeCountsFromTheSameStartInWholeMinutes() {
        Clock promised = clock.promised(minute(45).plusSeconds(1));

        assertThat(promised.dueAt()).isEqualTo(minute(46));
        assertThat(promised.startedAt()).isEqualTo(NINE);
        assertThat(promised.percentUsed(minute(23))).isEqualTo(50);
        assertThat(promised.recounted()).isEqualTo(promised);
        assertThat(promised.promised(minute(20)).dueAt()).isEqualTo(minute(20));
    }

    @Test
    void aPromisedTimeStaysWhenTheSeverityChanges() {
        Clock movable = Clock.started(
                clock.id(),
                clock.subject(),
                version(0, movable(clock.policy().terms())),
                clock.calendar(),
                Severity.GENERAL,
                NINE);
        Clock promised = movable.promised(minute(50));

        assertThat(movable.amountFor(Severity.URGENT)).isEqualTo(15);
        assertThat(promised.amountFor(Severity.URGENT)).isEqualTo(50);
        assertThat(clock.promised(minute(50)).amountFor(Severity.URGENT))
                .as("not movable")
                .isEqualTo(15);
    }

    private static ClockPolicy movable(ClockPolicy terms) {
        return new ClockPolicy(
                terms.name(),
                terms.label(),
                terms.startOn(),
                terms.stopOn(),
                terms.restartOn(),
                terms.counting(),
                WorkCalendar.ALWAYS,
                terms.amount(),
                terms.grade(),
                terms.warnAt(),
                terms.pausable(),
                terms.extensions(),
                terms.doneWhen(),
                terms.breach(),
                terms.escalation(),
                terms.source(),
                null,
                true,
                Owed.CUSTOMER);
    }

    // ---- pauses ----

    @Test
    void aPausedClockStandsStill() {
        Clock paused = pausedAt(clock, minute(10));

        assertThat(paused.state()).isEqualTo(ClockState.PAUSED);
        assertThat(paused.percentUsed(minute(500))).isEqualTo(33);
        assertThat(paused.remaining(minute(500))).isEqualTo(Duration.ofMinutes(20));
        assertThat(paused.isOverdue(minute(500))).isFalse();
        assertThat(paused.paused(minute(70))).isEqualTo(Duration.ofMinutes(60));
        assertThat(paused.nextWarning()).isNull();
        assertThat(paused.dueAt()).isEqualTo(minute(30));

        Clock resumed = paused.resumed(minute(70));
        assertThat(resumed.state()).isEqualTo(ClockState.RUNNING);
        assertThat(resumed.dueAt()).isEqualTo(minute(90));
        assertThat(resumed.nextWarning()).isEqualTo(new Warning(0, HALF, minute(75)));
    }

    @Test
    void aClockPausedWhenOverdueStaysOverdue() {
        Clock paused = pausedAt(clock, minute(40));
        Clock resumed = paused.resumed(minute(60));

        assertThat(paused.isOverdue(minute(41))).isTrue();
        assertThat(resumed.dueAt()).isEqualTo(minute(30));
        assertThat(resumed.stopped(minute(61)).state()).isEqualTo(ClockState.MISSED);
    }

    @Test
    void aPauseThatEndsBeforeItBeginsIsNone() {
        Clock resumed = pausedAt(clock, minute(10)).resumed(minute(9));

        assertThat(resumed.pauses()).extracting(Pause::to).containsExactly(minute(10));
        assertThat(resumed.dueAt()).isEqualTo(minute(30));
    }

    // ---- the end ----

    @Test
    void stoppedInTimeIsMetAndAfterItMissed() {
        assertThat(clock.stopped(minute(30)).state()).isEqualTo(ClockState.MET);
        assertThat(clock.stopped(minute(30).plusNanos(1_000)).state()).isEqualTo(ClockState.MISSED);
        assertThat(clock.stopped(minute(10)).percentUsed(minute(500))).isEqualTo(33);
        assertThat(clock.stopped(minute(10)).nextWarning()).isNull();
    }

    @Test
    void theEndOfTheLastDayIsInTime() {
        Clock days = started(WORKING_DAYS, PRC, 7, at("2026-09-28 10:00"));

        assertThat(days.stopped(at("2026-10-13 24:00")).state()).isEqualTo(ClockState.MET);
        assertThat(days.stopped(at("2026-10-14 00:00:01")).state()).isEqualTo(ClockState.MISSED);
    }

    @Test
    void stoppingAPausedClockEndsItsPause() {
        Clock stopped = pausedAt(clock, minute(10)).stopped(minute(100));

        assertThat(stopped.state()).isEqualTo(ClockState.MET);
        assertThat(stopped.pauses()).extracting(Pause::to).containsExactly(minute(100));
        assertThat(stopped.dueAt()).isEqualTo(minute(120));
    }

    @Test
    void aCancelledClockIsNeitherMetNorMissed() {
        Clock cancelled = clock.cancelled(minute(40));

        assertThat(cancelled.state()).isEqualTo(ClockState.CANCELLED);
        assertThat(cancelled.isOverdue(minute(50))).isFalse();
        assertThat(cancelled.isOpen()).isFalse();
    }

    // ---- warnings ----

    @Test
    void theNextWarningIsTheFirstThatHasNotFired() {
        assertThat(clock.nextWarning()).isEqualTo(new Warning(0, HALF, minute(15)));
        assertThat(clock.warningBeside(0b001))
                .isEqualTo(new Warning(1, THREE_QUARTERS, minute(22).plusSeconds(30)));
        assertThat(clock.warningBeside(0b011)).isEqualTo(new Warning(2, DUE, minute(30)));
        assertThat(clock.warningBeside(0b101))
                .as("in whatever order they fired")
                .isEqualTo(new Warning(1, THREE_QUARTERS, minute(22).plusSeconds(30)));
        assertThat(clock.warningBeside(0b111)).isNull();
    }

    @Test
    void theFirstWarningIsTheFirstInTimeNotInTheList() {
        Clock offsets =
                started(MINUTES, PRC, 60, NINE, WarnPoint.percent(90), WarnPoint.parse("-30m"), WarnPoint.parse("+1h"));

        assertThat(offsets.nextWarning()).extracting(Warning::at).isEqualTo(minute(30));
        assertThat(offsets.quietUntil(minute(54)).nextWarning())
                .extracting(Warning::at)
                .isEqualTo(minute(120));
    }

    @Test
    void aQuietClockDoesNotWarnOfWhatIsPast() {
        Clock quiet = clock.quietUntil(minute(22).plusSeconds(30));

        assertThat(quiet.fired()).isEqualTo(0b011);
        assertThat(quiet.nextWarning()).isEqualTo(new Warning(2, DUE, minute(30)));
        assertThat(quiet.quietUntil(minute(16)).fired())
                .as("what fired stays fired")
                .isEqualTo(0b011);
        assertThat(quiet.dueAt()).isEqualTo(clock.dueAt());
    }

    @Test
    void aPointThatFiredDoesNotFireAgainThoughItMoves() {
        Clock fired = clock.quietUntil(minute(16));

        assertThat(extended(fired, 60, minute(20)).nextWarning())
                .isEqualTo(new Warning(1, THREE_QUARTERS, minute(67).plusSeconds(30)));
        assertThat(pausedFrom(fired, minute(17), minute(27)).fired()).isEqualTo(0b001);
    }

    // ---- changes ----

    @Test
    void aHigherSeverityCountsFromTheSameStartWithItsPauses() {
        Clock graver = pausedFrom(clock, minute(2), minute(12)).withSeverity(Severity.MAJOR, 5, minute(20));

        assertThat(graver.startedAt()).isEqualTo(NINE);
        assertThat(graver.dueAt()).isEqualTo(minute(15));
        assertThat(graver.severity()).isEqualTo(Severity.MAJOR);
        assertThat(graver.amount()).isEqualTo(5);
        assertThat(graver.course().severityAt()).isEqualTo(minute(20));
        assertThat(graver.isOverdue(minute(20))).isTrue();
        assertThat(graver.nextWarning())
                .isEqualTo(new Warning(0, HALF, minute(12).plusSeconds(30)));
    }

    @Test
    void anExtensionOutlivesAChangeOfSeverity() {
        Clock changed = extended(clock, 60, minute(20)).withSeverity(Severity.MAJOR, 5, minute(25));

        assertThat(changed.amount()).isEqualTo(5);
        assertThat(changed.wholeAmount()).isEqualTo(65);
        assertThat(changed.extendedBy()).isEqualTo(60);
        assertThat(changed.dueAt()).isEqualTo(minute(65));
    }

    @Test
    void aRebasedClockKeepsTheFiredPointsThatTheNewPolicyHasToo() {
        Clock fired = clock.quietUntil(minute(25));
        PolicyVersion other = version(
                1, terms(MINUTES, PRC, 120, WarnPoint.percent(25), THREE_QUARTERS, DUE, WarnPoint.parse("-10m")));
        Clock rebased = fired.rebased(other, PRC, TestClocks.ACTOR, "新办法施行", minute(25));

        assertThat(rebased.warnAt())
                .containsExactly(WarnPoint.percent(25), THREE_QUARTERS, WarnPoint.parse("-10m"), DUE);
        assertThat(rebased.fired())
                .as("75 % is known by its name, not by its place")
                .isEqualTo(0b0010);
        assertThat(rebased.policy()).isEqualTo(other);
        assertThat(rebased.dueAt()).isEqualTo(minute(120));
        assertThat(rebased.course().rebases())
                .extracting(Rebase::from, Rebase::at)
                .containsExactly(tuple(clock.policy(), minute(25)));
    }

    @Test
    void aRebasedClockTakesTheAmountOfItsSeverity() {
        Clock urgent = clock.withSeverity(Severity.URGENT, 15, minute(1));

        assertThat(urgent.rebased(version(1, terms(MINUTES, PRC, 80)), PRC, TestClocks.ACTOR, "r", minute(2))
                        .amount())
                .isEqualTo(40);
    }

    @Test
    void anAnnouncedYearCorrectsAClockAlsoWhereItWasCountedAnotherWayBefore() {
        Clock clock = started(WORKING_DAYS, prc(Set.of(2025)), 20, at("2026-01-12 10:00"));
        Clock rebased = TestClocks.rebased(clock, WORKING_DAYS, prc(Set.of(2025)), 25, at("2026-02-12 10:00"));
        Clock corrected = rebased.corrected(PRC);

        assertThat(rebased.assumedYear()).isEqualTo(2026);
        assertThat(corrected.assumedYear()).isNull();
        assertThat(corrected.calendar()).isEqualTo(PRC);
        assertThat(corrected.course().rebases()).extracting(Rebase::calendar).containsExactly(PRC);
        assertThat(corrected.corrected(TestClocks.UK))
                .as("another calendar is nothing to it")
                .isEqualTo(corrected);
    }

    @Test
    void whatIsMaterialisedIsWhatIsCounted() {
        Clock told = extended(pausedFrom(clock, minute(2), minute(12)), 10, minute(20))
                .quietUntil(minute(16))
                .stopped(minute(40));

        assertThat(told.recounted()).isEqualTo(told);
        assertThat(Objects.requireNonNull(told.stoppedAt())).isEqualTo(minute(40));
    }

    private static Instant minute(int minute) {
        return NINE.plus(Duration.ofMinutes(minute));
    }
}
