package io.bihuan.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bihuan.pack.Severity;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Writes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.OptimisticLockingFailureException;

class ClocksTests {
    private static final Instant NINE = Instant.parse("2026-11-22T09:00:00.123456Z");
    private static final Actor AGENT = Actor.staff(new UUID(0, 1));

    private static final Toys toys = new Toys();
    private final Clocks clocks = toys.clocks;

    @Test
    void aStartedClockIsReadAsItWasReturned() {
        Clock started = toys.started(toys.policy(30, 75, 100), NINE);

        assertThat(clocks.of(started.subject().id())).containsExactly(started);
        assertThat(started.dueAt()).isEqualTo(NINE.plus(Duration.ofMinutes(30)));
        assertThat(started.state()).isEqualTo(ClockState.RUNNING);
        assertThat(next(started)).isEqualTo("75% at 2026-11-22T09:22:30.123456Z");
    }

    @Test
    void aClockStartedQuietlyFiresOnlyWhatIsStillToCome() {
        var started = new ArrayList<Clock>();
        toys.command(writes -> {
            UUID id = Ids.next();
            writes.addOne("insert into toy.toy (id) values (?)", id);
            started.add(clocks.startQuietly(
                    writes,
                    new Subject(Toys.KIND, id),
                    toys.policy(30, 50, 75, 100),
                    Severity.GENERAL,
                    List.of(),
                    NINE,
                    minute(20)));
        });
        Clock clock = started.getFirst();

        assertThat(clocks.of(clock.subject().id())).containsExactly(clock);
        assertThat(clock.startedAt()).isEqualTo(NINE);
        assertThat(next(clock)).isEqualTo("75% at 2026-11-22T09:22:30.123456Z");
    }

    @Test
    void aClockThatWasOverdueWhenItStartedQuietlyNeverFires() {
        var started = new ArrayList<Clock>();
        toys.command(writes -> {
            UUID id = Ids.next();
            writes.addOne("insert into toy.toy (id) values (?)", id);
            started.add(clocks.startQuietly(
                    writes,
                    new Subject(Toys.KIND, id),
                    toys.policy(30, 75, 100),
                    Severity.GENERAL,
                    List.of(),
                    NINE,
                    minute(30)));
        });
        Clock clock = started.getFirst();

        assertThat(next(clock)).isEqualTo("none");
        Clock stopped = toys.change(clock, it -> clocks.stop(it.writes(), it.clock(), minute(40)));
        assertThat(stopped.state()).isEqualTo(ClockState.MISSED);
    }

    @Test
    void nothingIsWrittenBeforeTheWritesAreSent() {
        var writes = new Writes();
        var subject = new Subject(Toys.KIND, Ids.next());

        clocks.start(writes, subject, toys.policy(30, 75), Severity.GENERAL, List.of(), NINE);

        assertThat(writes.isEmpty()).isFalse();
        assertThat(clocks.of(subject.id())).isEmpty();
    }

    @Test
    void aPauseHoldsTheAlarmAndAResumeMovesIt() {
        Clock clock = toys.started(toys.policy(30, 75, 100), NINE);

        Clock paused = toys.change(clock, it -> clocks.pause(it.writes(), it.clock(), "parts", AGENT, minute(10)));
        assertThat(toys.read(clock)).isEqualTo(paused);
        assertThat(paused.course().openPause()).isEqualTo(new Pause("parts", AGENT.toString(), minute(10), null));
        assertThat(next(clock)).isEqualTo("none");

        Clock resumed = toys.change(clock, it -> clocks.resume(it.writes(), it.clock(), minute(40)));
        assertThat(toys.read(clock)).isEqualTo(resumed);
        assertThat(resumed.dueAt()).isEqualTo(minute(60));
        assertThat(next(clock)).isEqualTo("75% at " + minute(52).plusSeconds(30));
    }

    @Test
    void aStoppedClockKeepsItsPausesAndHasNoAlarm() {
        Clock clock = toys.started(toys.policy(30, 75, 100), NINE);
        toys.change(clock, it -> clocks.pause(it.writes(), it.clock(), "parts", AGENT, minute(10)));

        Clock stopped = toys.change(clock, it -> clocks.stop(it.writes(), it.clock(), minute(70)));

        assertThat(toys.read(clock)).isEqualTo(stopped);
        assertThat(stopped.state()).isEqualTo(ClockState.MET);
        assertThat(stopped.pauses()).extracting(Pause::to).containsExactly(minute(70));
        assertThat(next(clock)).isEqualTo("none");
    }

    @Test
    void aClockStoppedAfterItsTimeIsMissed() {
        Clock clock = toys.started(toys.policy(30, 75, 100), NINE);

        toys.change(clock, it -> clocks.stop(it.writes(), it.clock(), minute(31)));

        assertThat(toys.read(clock).state()).isEqualTo(ClockState.MISSED);
        assertThat(toys.read(clock).stoppedAt()).isEqualTo(minute(31));
    }

    @Test
    void aCancelledClockIsClosed() {
        Clock clock = toys.started(toys.policy(30, 75, 100), NINE);

        Clock cancelled = toys.change(clock, it -> clocks.cancel(it.writes(), it.clock(), minute(5)));

        assertThat(toys.read(clock)).isEqualTo(cancelled);
        assertThat(cancelled.state()).isEqualTo(ClockState.CANCELLED);
        assertThat(next(clock)).isEqualTo("none");
    }

    @Test
    void aHigherSeverityMovesDeadlineAndAlarm() {
        Clock clock = toys.started(toys.version(severities(30, 15, 5, 80, 100)), NINE);

        Clock rebased =
                toys.change(clock, it -> clocks.changeSeverity(it.writes(), it.clock(), Severity.MAJOR, minute(1)));

        assertThat(toys.read(clock)).isEqualTo(rebased);
        assertThat(rebased.dueAt()).isEqualTo(minute(5));
        assertThat(next(clock)).isEqualTo("80% at " + minute(4));
    }

    @Test
    void oneCommandMayChangeAClockSeveralTimes() {
        UUID id = Ids.next();
        var clock = new ArrayList<Clock>();
        toys.command(writes -> {
            Clock started = clocks.start(
                    writes, new Subject(Toys.KIND, id), toys.policy(30, 75), Severity.GENERAL, List.of(), NINE);
            Clock paused = clocks.pause(writes, started, "parts", AGENT, minute(1));
            Clock resumed = clocks.resume(writes, paused, minute(3));
            Clock again = clocks.pause(writes, resumed, "customer", AGENT, minute(4));
            clock.add(clocks.stop(writes, again, minute(9)));
        });

        assertThat(clocks.of(id)).isEqualTo(clock);
        assertThat(clock.getFirst().paused(minute(99))).isEqualTo(Duration.ofMinutes(7));
    }

    @Test
    void aClockThatWasReadBeforeSomeoneElseChangedItIsRefused() {
        Clock old = toys.started(toys.policy(30, 75, 100), NINE);
        Clock paused = toys.change(old, it -> clocks.pause(it.writes(), it.clock(), "parts", AGENT, minute(1)));

        assertThatThrownBy(() -> toys.command(writes -> clocks.stop(writes, old, minute(2))))
                .isInstanceOf(OptimisticLockingFailureException.class);
        assertThatThrownBy(() -> toys.command(writes -> clocks.pause(writes, old, "again", AGENT, minute(2))))
                .isInstanceOf(DataAccessException.class);
        assertThat(toys.read(old)).isEqualTo(paused);
    }

    @Test
    void aClosedClockChangesNoMore() {
        Clock stopped = toys.started(toys.policy(30, 75), NINE).stopped(minute(1));
        var writes = new Writes();

        assertThatThrownBy(() -> clocks.stop(writes, stopped, minute(2))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> clocks.cancel(writes, stopped, minute(2))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> clocks.pause(writes, stopped, "x", AGENT, minute(2)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> clocks.resume(writes, stopped, minute(2))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> clocks.changeSeverity(writes, stopped, Severity.MAJOR, minute(2)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(writes.isEmpty()).isTrue();
    }

    @Test
    void aNodeWhoseTimeIsALittleBehindCannotTurnAPauseAround() {
        Clock clock = toys.started(toys.policy(30, 75), NINE);
        toys.change(clock, it -> clocks.pause(it.writes(), it.clock(), "parts", AGENT, NINE.minusMillis(3)));
        toys.change(clock, it -> clocks.resume(it.writes(), it.clock(), NINE.minusMillis(5)));

        Clock read = toys.read(clock);
        assertThat(read.pauses()).containsExactly(new Pause("parts", AGENT.toString(), NINE, NINE));
        assertThat(read.dueAt()).isEqualTo(minute(30));
    }

    @Test
    void listsGetTheOpenClocksOfTheirSubjectsTheNextDueFirst() {
        Clock later = toys.started(toys.policy(30, 75), NINE);
        var sooner = new ArrayList<Clock>();
        toys.command(writes -> sooner.add(
                clocks.start(writes, later.subject(), toys.policy(10, 75), Severity.GENERAL, List.of(), NINE)));
        Clock paused = toys.started(toys.policy(30, 75), NINE);
        paused = toys.change(paused, it -> clocks.pause(it.writes(), it.clock(), "parts", AGENT, minute(1)));
        Clock stopped = toys.started(toys.policy(30, 75), NINE);
        toys.change(stopped, it -> clocks.stop(it.writes(), it.clock(), minute(1)));

        assertThat(clocks.of(List.of(
                        later.subject().id(),
                        paused.subject().id(),
                        stopped.subject().id())))
                .hasSize(2)
                .containsEntry(later.subject().id(), List.of(sooner.getFirst(), later))
                .containsEntry(paused.subject().id(), List.of(paused));
        assertThat(clocks.of(List.<UUID>of())).isEmpty();
    }

    @Test
    void allClocksOfASubjectComeInTheOrderInWhichTheyStarted() {
        Clock second = toys.started(toys.policy(30, 75), minute(5));
        var first = new ArrayList<Clock>();
        toys.command(writes -> first.add(
                clocks.start(writes, second.subject(), toys.policy(90, 75), Severity.GENERAL, List.of(), NINE)));

        assertThat(clocks.of(second.subject().id())).containsExactly(first.getFirst(), second);
    }

    @Test
    void theStoredDeadlineIsTheRecomputedOneAfterAnyHistory() {
        var random = new Random(20261122);
        Severity[] severities = Severity.values();
        for (int history = 0; history < 60; history++) {
            Clock clock = toys.started(
                    toys.version(severities(
                            1 + random.nextInt(120), 1 + random.nextInt(120), 1 + random.nextInt(120), 50, 100)),
                    NINE);
            Instant at = NINE;
            for (int step = random.nextInt(10); step > 0; step--) {
                at = at.plusMillis(random.nextInt(3_000_000));
                Instant now = at;
                Severity severity = severities[random.nextInt(3)];
                boolean isRebase = random.nextInt(4) == 0;
                clock = toys.change(clock, it -> {
                    if (isRebase) {
                        return clocks.changeSeverity(it.writes(), it.clock(), severity, now);
                    }
                    return it.clock().state() == ClockState.PAUSED
                            ? clocks.resume(it.writes(), it.clock(), now)
                            : clocks.pause(it.writes(), it.clock(), "parts", AGENT, now);
                });
            }
            Clock read = toys.read(clock);
            assertThat(read).isEqualTo(clock).isEqualTo(read.recounted());
            assertThat(next(read))
                    .isEqualTo(
                            read.state() == ClockState.PAUSED
                                    ? "none"
                                    : "50% at " + read.warningAt(WarnPoint.percent(50)));
        }
    }

    private static ClockPolicy severities(int general, int urgent, int major, Integer... warnAt) {
        return Toys.terms(general, warnAt)
                .withAmount(Map.of(Severity.GENERAL, general, Severity.URGENT, urgent, Severity.MAJOR, major));
    }

    private static String next(Clock clock) {
        return toys.jdbc
                .sql("select next_alarm_point, next_alarm_at from clock.clock where subject_id = ? and id = ?")
                .param(clock.subject().id())
                .param(clock.id())
                .query((row, number) -> {
                    Instant at = ClockRows.instant(row, "next_alarm_at");
                    return at == null ? "none" : row.getString("next_alarm_point") + " at " + at;
                })
                .single();
    }

    private static Instant minute(int minute) {
        return NINE.plus(Duration.ofMinutes(minute));
    }
}
