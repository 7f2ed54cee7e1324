package io.bihuan.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.bihuan.MovableTime;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Actor;
import io.bihuan.platform.DatabaseTime;
import io.bihuan.platform.Ids;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

class AlarmsTests {
    private static final Instant NINE = Instant.parse("2026-11-22T09:00:00Z");
    private static final Duration LONG = Duration.ofMinutes(2);

    private final Toys toys = new Toys();
    private final MovableTime time = new MovableTime();

    AlarmsTests() {
        time.set(NINE);
    }

    @Test
    void twoNodesFireEachAlarmOnceWhileCommandsLockTheSubjects() throws Exception {
        // 1,000 clocks of 10 minutes that began an hour ago: 2,000 alarms due
        var started = new ArrayList<Clock>();
        for (int i = 0; i < 10; i++) {
            started.addAll(toys.started(100, toys.policy(10, 75, 100), NINE.minus(Duration.ofHours(1))));
        }
        var together = new CyclicBarrier(2);
        Alarms one = toys.node("one", time, toys.target(onceTogether(together)));
        Alarms other = toys.node("other", time, toys.target(onceTogether(together)));
        var isDone = new AtomicBoolean();
        var commands = new AtomicInteger();
        var working = new ArrayList<Future<?>>();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4; i++) {
                var random = new Random(i);
                working.add(threads.submit(() -> {
                    while (!isDone.get()) {
                        Clock clock = started.get(random.nextInt(started.size()));
                        change(clock, random.nextInt(3));
                        commands.incrementAndGet();
                    }
                }));
            }
            one.start();
            other.start();
            try {
                await().atMost(LONG).until(() -> toys.count("select count(*) from clock.fired") >= 2_000);
            } finally {
                isDone.set(true);
                one.stop();
                other.stop();
            }
            for (Future<?> command : working) {
                // A deadlock would end the command with an exception
                command.get(60, TimeUnit.SECONDS);
            }
        }

        assertThat(commands).hasPositiveValue();
        assertThat(toys.count("select count(*) from clock.fired")).isEqualTo(2_000);
        assertThat(toys.count("select count(*) from toy.history")).isEqualTo(2_000);
        assertThat(toys.count("select count(distinct (clock_id, point)) from toy.history"))
                .isEqualTo(2_000);
        assertThat(toys.count("select count(distinct node) from clock.fired")).isEqualTo(2);
        assertThat(toys.count(
                        "select count(*) from clock.clock where next_alarm_at is not null or alarm_error is not null"))
                .isZero();
        assertThat(toys.count("select sum(changes) from toy.toy")).isEqualTo(commands.get());
        assertThat(toys.count("select deadlocks from pg_stat_database where datname = current_database()"))
                .isZero();
    }

    private void change(Clock clock, int how) {
        toys.change(clock, it -> {
            Clock current = it.clock();
            if (how == 0) {
                return toys.clocks.changeSeverity(it.writes(), current, Severity.URGENT, time.instant());
            }
            Clock paused = toys.clocks.pause(it.writes(), current, "parts", Actor.SYSTEM, time.instant());
            return toys.clocks.resume(it.writes(), paused, time.instant());
        });
    }

    /** Both nodes hold claimed alarms at the same time before either goes on. */
    private static Consumer<List<Alarm>> onceTogether(CyclicBarrier together) {
        var isFirst = new AtomicBoolean(true);
        return alarms -> {
            if (isFirst.getAndSet(false)) {
                try {
                    together.await(60, TimeUnit.SECONDS);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }

    @Test
    void aNodeThatDiesBeforeItsCommitLeavesTheAlarmToBeFiredOnce() {
        Clock clock = toys.started(toys.policy(30, 75), NINE);
        var deaths = new AtomicInteger();
        Alarms dying = toys.node(
                "dying",
                time,
                toys.target(alarms ->
                        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                            @Override
                            public void beforeCommit(boolean readOnly) {
                                // Everything has been sent by now
                                deaths.incrementAndGet();
                                toys.jdbc
                                        .sql("select pg_terminate_backend(pg_backend_pid())")
                                        .query()
                                        .singleRow();
                            }
                        })));
        time.set(NINE.plus(Duration.ofMinutes(25)));

        dying.fireDue();
        assertThat(deaths).hasPositiveValue();
        assertThat(toys.points(clock)).isEmpty();
        assertThat(toys.count("select count(*) from clock.fired")).isZero();

        time.advance(Duration.ofMinutes(1));
        assertThat(toys.node("living", time, toys.target()).fireDue()).isEqualTo(1);
        assertThat(toys.points(clock)).containsExactly("75%");
        assertThat(toys.read(clock).fired()).isEqualTo(1);
        assertThat(toys.count("select count(*) from clock.fired where node = 'living' and late"))
                .isEqualTo(1);
    }

    @Test
    void warnPointsFireWhenTheirTimeHasComeAndNotBefore() {
        Clock clock = toys.started(toys.policy(30, 75, 100), NINE);
        Alarms alarms = toys.node("one", time, toys.target());

        time.set(NINE.plus(Duration.ofMinutes(22)));
        assertThat(alarms.fireDue()).isZero();
        assertThat(alarms.nextDue(time.instant())).isEqualTo(NINE.plus(Duration.ofSeconds(22 * 60 + 30)));

        time.set(NINE.plus(Duration.ofSeconds(22 * 60 + 30)));
        assertThat(alarms.fireDue()).isEqualTo(1);
        assertThat(alarms.fireDue()).isZero();
        assertThat(toys.points(clock)).containsExactly("75%");
        assertThat(alarms.nextDue(time.instant())).isEqualTo(NINE.plus(Duration.ofMinutes(30)));

        time.set(NINE.plus(Duration.ofMinutes(30)));
        assertThat(alarms.fireDue()).isEqualTo(1);
        assertThat(toys.points(clock)).containsExactly("75%", "100%");
        assertThat(alarms.nextDue(time.instant())).isNull();
    }

    @Test
    void whatBecameDueMeanwhileFiresInItsOrderAndIsMarkedLate() {
        Clock clock = toys.started(toys.policy(30, 50, 75, 100, 150), NINE);
        time.set(NINE.plus(Duration.ofHours(5)));

        assertThat(toys.node("one", time, toys.target()).fireDue()).isEqualTo(4);

        assertThat(toys.points(clock)).containsExactly("50%", "75%", "100%", "150%");
        assertThat(toys.jdbc
                        .sql("select point, warning_at, late from clock.fired order by warning_at")
                        .query((row, number) -> tuple(
                                ClockRows.text(row, "point"),
                                ClockRows.instant(row, "warning_at"),
                                row.getBoolean("late")))
                        .list())
                .containsExactly(
                        tuple("50%", NINE.plus(Duration.ofMinutes(15)), true),
                        tuple("75%", NINE.plus(Duration.ofSeconds(22 * 60 + 30)), true),
                        tuple("100%", NINE.plus(Duration.ofMinutes(30)), true),
                        tuple("150%", NINE.plus(Duration.ofMinutes(45)), true));
    }

    @Test
    void theWeightiestGradeFiresFirstAndWithinItTheOldest() {
        Clock internal = toys.started(toys.policy(Grade.INTERNAL, 10, 100), NINE);
        Clock contract = toys.started(toys.policy(Grade.CONTRACT, 20, 100), NINE);
        Clock laterLegal = toys.started(toys.policy(Grade.LEGAL, 40, 100), NINE);
        Clock legal = toys.started(toys.policy(Grade.LEGAL, 30, 100), NINE);
        Alarms alarms = toys.node("one", time, toys.target());
        assertThat(alarms.nextDue(time.instant())).isEqualTo(internal.dueAt());
        var told = new ArrayList<UUID>();
        time.set(NINE.plus(Duration.ofHours(1)));

        assertThat(toys.node("one", time, toys.target(due -> due.forEach(alarm -> told.add(alarm.clockId()))))
                        .fireDue())
                .isEqualTo(4);

        assertThat(told).containsExactly(legal.id(), laterLegal.id(), contract.id(), internal.id());
    }

    @Test
    void aLegalAlarmThatBecomesDueDuringABacklogDoesNotWaitForIt() {
        toys.started(350, toys.policy(Grade.INTERNAL, 10, 100), NINE);
        PolicyVersion legal = toys.policy(Grade.LEGAL, 10, 100);
        var passes = new ArrayList<List<Grade>>();
        Alarms alarms = toys.node("one", time, toys.target(due -> {
            passes.add(due.stream().map(Alarm::grade).toList());
            if (passes.size() == 1) {
                // Another thread, since this one's transaction holds the pass; older than the backlog, and younger
                assertThat(onAnotherThread(() -> toys.started(1, legal, NINE.minus(Duration.ofHours(1)))
                                        .size()
                                + toys.started(1, legal, time.instant().minus(Duration.ofMinutes(10)))
                                        .size()))
                        .isEqualTo(2);
            }
        }));
        time.set(NINE.plus(Duration.ofHours(1)));

        assertThat(alarms.fireDue()).isEqualTo(352);

        assertThat(passes.get(0)).containsOnly(Grade.INTERNAL);
        assertThat(passes.get(1)).startsWith(Grade.LEGAL, Grade.LEGAL, Grade.INTERNAL);
        assertThat(passes).hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void nodesWhoseOwnClocksDifferFireByTheTimeOfTheDatabase() {
        var machine = java.time.Clock.systemUTC();
        try (var early = new DatabaseTime(toys.jdbc, java.time.Clock.offset(machine, Duration.ofHours(3)));
                var behind = new DatabaseTime(toys.jdbc, java.time.Clock.offset(machine, Duration.ofHours(-3)))) {
            Instant now = toys.jdbc
                    .sql("select clock_timestamp()")
                    .query((row, number) -> ClockRows.required(row, "clock_timestamp"))
                    .single();
            Clock later = toys.started(toys.policy(60, 100), now);
            Alarms first = toys.node("early", early, toys.target());
            Alarms second = toys.node("behind", behind, toys.target());

            assertThat(first.fireDue()).isZero();
            assertThat(toys.points(later)).isEmpty();

            Clock due = toys.started(toys.policy(60, 100), now.minus(Duration.ofHours(1)));
            assertThat(second.fireDue()).isEqualTo(1);
            assertThat(first.fireDue()).isZero();
            assertThat(toys.points(due)).containsExactly("100%");
            assertThat(toys.jdbc
                            .sql("select fired_at from clock.fired")
                            .query((row, number) -> ClockRows.required(row, "fired_at"))
                            .single())
                    .isBetween(now.minus(Duration.ofMinutes(1)), now.plus(LONG));
        }
    }

    @Test
    void theTargetIsToldEverythingAboutTheAlarm() {
        Clock clock = toys.started(toys.policy(30, 75, 100), NINE);
        var told = new ArrayList<Alarm>();
        time.set(NINE.plus(Duration.ofMinutes(23)));

        toys.node("one", time, toys.target(told::addAll)).fireDue();

        assertThat(told)
                .containsExactly(new Alarm(
                        clock.id(),
                        clock.subject(),
                        "respond",
                        Grade.INTERNAL,
                        WarnPoint.percent(75),
                        clock.dueAt(),
                        NINE.plus(Duration.ofSeconds(22 * 60 + 30)),
                        clock.policy().terms().escalation(),
                        clock.calendar().zone()));
    }

    @Test
    void aPausedClockIsSilentAndAResumedOneFiresLaterButNothingTwice() {
        Clock clock = toys.started(toys.policy(30, 50, 100), NINE);
        Alarms alarms = toys.node("one", time, toys.target());
        time.set(NINE.plus(Duration.ofMinutes(16)));
        assertThat(alarms.fireDue()).isEqualTo(1);

        Instant paused = NINE.plus(Duration.ofMinutes(20));
        toys.change(clock, it -> toys.clocks.pause(it.writes(), it.clock(), "parts", Actor.SYSTEM, paused));
        time.set(NINE.plus(Duration.ofHours(3)));
        assertThat(alarms.fireDue()).isZero();

        Instant resumed = NINE.plus(Duration.ofHours(3));
        toys.change(clock, it -> toys.clocks.resume(it.writes(), it.clock(), resumed));
        assertThat(alarms.fireDue()).isZero();
        assertThat(alarms.nextDue(time.instant())).isEqualTo(resumed.plus(Duration.ofMinutes(10)));

        time.set(resumed.plus(Duration.ofMinutes(10)));
        assertThat(alarms.fireDue()).isEqualTo(1);
        assertThat(toys.points(clock)).containsExactly("50%", "100%");
        assertThat(toys.jdbc
                        .sql("select warning_at from clock.fired where point = '100%'")
                        .query((row, number) -> Objects.requireNonNull(ClockRows.instant(row, "warning_at")))
                        .single())
                .isEqualTo(resumed.plus(Duration.ofMinutes(10)));
    }

    @Test
    void aStoppedClockFiresNoMore() {
        Clock clock = toys.started(toys.policy(30, 75), NINE);
        toys.change(clock, it -> toys.clocks.stop(it.writes(), it.clock(), NINE.plus(Duration.ofMinutes(1))));
        time.set(NINE.plus(Duration.ofHours(1)));

        assertThat(toys.node("one", time, toys.target()).fireDue()).isZero();
    }

    @Test
    void lockedSubjectsAreOfferedAgainAndHoldNobodyBack() {
        List<Clock> locked = toys.started(150, toys.policy(10, 100), NINE);
        List<Clock> free = toys.started(50, toys.policy(20, 100), NINE);
        Alarms alarms = toys.node("one", time, toys.target());
        time.set(NINE.plus(Duration.ofHours(1)));
        var ids = locked.stream().map(clock -> clock.subject().id().toString()).toArray(String[]::new);

        toys.command(writes -> {
            toys.jdbc
                    .sql("select id from toy.toy where id = any(?::uuid[]) for update")
                    .param(ids)
                    .query(UUID.class)
                    .list();
            // Another thread, since this one's transaction holds the locks
            assertThat(onAnotherThread(alarms::fireDue)).isEqualTo(50);
        });

        assertThat(free).allSatisfy(clock -> assertThat(toys.points(clock)).containsExactly("100%"));
        assertThat(alarms.fireDue()).isEqualTo(150);
        assertThat(toys.count("select count(*) from toy.history")).isEqualTo(200);
    }

    @Test
    void aPoisonedAlarmIsParkedInSightAndHoldsNobodyBack() {
        List<Clock> clocks = toys.started(120, toys.policy(10, 100), NINE);
        Clock poisoned = clocks.get(60);
        var attempts = new AtomicInteger();
        Alarms alarms = toys.node("one", time, toys.target(taken -> {
            if (taken.stream().anyMatch(alarm -> alarm.clockId().equals(poisoned.id()))) {
                attempts.incrementAndGet();
                throw new IllegalStateException("cannot\0 read");
            }
        }));
        time.set(NINE.plus(Duration.ofMinutes(10)));

        assertThat(alarms.fireDue()).isEqualTo(119);
        assertThat(error(poisoned)).isEqualTo("java.lang.IllegalStateException: cannot read");
        assertThat(attempts).as("with the others and alone").hasValue(2);

        assertThat(alarms.fireDue()).isZero();
        assertThat(attempts).as("not tried again at once").hasValue(2);

        for (int i = 0; i < 10; i++) {
            time.advance(Duration.ofMinutes(10));
            assertThat(alarms.fireDue()).isZero();
        }
        assertThat(attempts).hasValue(1 + Alarms.MOST_ATTEMPTS);
        assertThat(alarms.nextDue(time.instant())).isNull();
        assertThat(
                        toys.count(
                                "select count(*) from clock.api_clocks where alarm_error is not null and next_alarm_at is null"))
                .isEqualTo(1);
    }

    @Test
    void anAlarmThatFailedOnceFiresOnceWhenItsTargetIsWellAgain() {
        Clock clock = toys.started(toys.policy(10, 75, 100), NINE);
        var isIll = new AtomicBoolean(true);
        Alarms alarms = toys.node("one", time, toys.target(taken -> {
            if (isIll.get()) {
                throw new IllegalStateException("ill");
            }
        }));
        time.set(NINE.plus(Duration.ofMinutes(8)));
        assertThat(alarms.fireDue()).isZero();

        isIll.set(false);
        time.advance(Duration.ofMinutes(1));

        assertThat(alarms.fireDue()).isEqualTo(1);
        assertThat(toys.points(clock)).containsExactly("75%");
        assertThat(error(clock)).isNull();
        assertThat(toys.jdbc
                        .sql("select warning_at from clock.fired")
                        .query((row, number) -> Objects.requireNonNull(ClockRows.instant(row, "warning_at")))
                        .single())
                .as("the moment that was reached, not that of the next try")
                .isEqualTo(NINE.plus(Duration.ofSeconds(450)));
    }

    @Test
    void kindsWithoutATargetHereAreLeftToOthers() {
        toys.command(writes -> toys.clocks.start(
                writes, new Subject("stranger", Ids.next()), toys.policy(5, 100), Severity.GENERAL, List.of(), NINE));
        Clock own = toys.started(toys.policy(10, 100), NINE);
        Alarms alarms = toys.node("one", time, toys.target());

        assertThat(alarms.nextDue(time.instant())).isEqualTo(own.dueAt());
        time.set(NINE.plus(Duration.ofHours(1)));
        assertThat(alarms.fireDue()).isEqualTo(1);
        assertThat(toys.points(own)).containsExactly("100%");
    }

    @Test
    void aNodeWithoutTargetsHasNoLoop() {
        assertThat(toys.node("one", time).isAutoStartup()).isFalse();
        assertThat(toys.node("one", time, toys.target()).isAutoStartup()).isTrue();
    }

    @Test
    void theLoopFiresWhatIsStartedAndWhatTheTimeMakesDue() {
        Alarms alarms = toys.node("one", time, toys.target());
        alarms.start();
        try {
            Clock late = toys.started(toys.policy(10, 100), NINE.minus(Duration.ofHours(1)));
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(toys.points(late)).containsExactly("100%"));

            Clock soon = toys.started(toys.policy(10, 100), time.instant());
            time.advance(Duration.ofMinutes(10));
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(toys.points(soon)).containsExactly("100%"));
        } finally {
            alarms.stop();
        }
        assertThat(alarms.isRunning()).isFalse();
    }

    @Test
    void everythingDueFiresWhenTheDatabaseIsBack() {
        List<Clock> clocks = toys.started(30, toys.policy(10, 75, 100), NINE);
        var isAway = new AtomicBoolean(true);
        var asked = new AtomicInteger();
        var unreliable = new DelegatingDataSource(toys.database) {
            @Override
            public Connection getConnection() throws SQLException {
                if (isAway.get()) {
                    asked.incrementAndGet();
                    throw new SQLTransientConnectionException("away");
                }
                return super.getConnection();
            }
        };
        Alarms alarms = toys.node("one", time, unreliable, toys.target());
        time.set(NINE.plus(Duration.ofHours(1)));
        assertThatThrownBy(alarms::fireDue)
                .isInstanceOfAny(CannotCreateTransactionException.class, DataAccessResourceFailureException.class);

        alarms.start();
        try {
            await().atMost(LONG).until(() -> asked.get() >= 3);
            isAway.set(false);
            await().atMost(LONG).until(() -> toys.count("select count(*) from clock.fired") == 60);
        } finally {
            alarms.stop();
        }
        assertThat(clocks).allSatisfy(clock -> assertThat(toys.points(clock)).containsExactly("75%", "100%"));
    }

    private @Nullable String error(Clock clock) {
        return toys.jdbc
                .sql("select alarm_error from clock.clock where id = ?")
                .param(clock.id())
                .query((row, number) -> row.getString(1))
                .list()
                .getFirst();
    }

    private static int onAnotherThread(Callable<Integer> work) {
        try (var thread = Executors.newVirtualThreadPerTaskExecutor()) {
            return thread.submit(work).get(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
