package io.bihuan.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.bihuan.MovableTime;
import io.bihuan.clock.WhatIf.Case;
import io.bihuan.clock.WhatIf.State;
import io.bihuan.clock.WhatIf.Tally;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Actor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** A draft run over what was: who would have been late, by the same rule as in the statistics. */
class WhatIfTests {
    private static final Instant NINE = Instant.parse("2026-11-22T09:00:00Z");
    private static final Instant BEGIN = NINE.minus(Duration.ofDays(2));

    private final Toys toys = new Toys();
    private final MovableTime time = new MovableTime();
    private final WhatIfs whatIfs = new WhatIfs(toys.jdbc, time);

    WhatIfTests() {
        time.set(NINE);
    }

    private WhatIfWork work(int batch) {
        return new WhatIfWork(
                toys.jdbc,
                toys.database,
                new JdbcTransactionManager(toys.database),
                whatIfs,
                toys.rows,
                toys.calendars,
                List.of(),
                time,
                batch);
    }

    private static ClockPolicy pausable(ClockPolicy terms) {
        return new ClockPolicy(
                terms.name(),
                terms.label(),
                terms.startOn(),
                terms.stopOn(),
                terms.restartOn(),
                terms.counting(),
                terms.calendar(),
                terms.amount(),
                terms.grade(),
                terms.warnAt(),
                List.of(new PauseReason("parts", false)),
                terms.extensions(),
                terms.doneWhen(),
                terms.breach(),
                terms.escalation(),
                terms.source());
    }

    private static PolicyVersion draft(ClockPolicy terms) {
        return new PolicyVersion("shop", 1, 99, terms);
    }

    private Clock stopped(PolicyVersion policy, Instant at, int minutes) {
        Clock clock = toys.started(policy, at);
        return toys.change(
                clock, it -> toys.clocks.stop(it.writes(), it.clock(), at.plus(Duration.ofMinutes(minutes))));
    }

    private WhatIf run(ClockPolicy terms, int days, int batch) {
        UUID id = whatIfs.ask(draft(terms), days, Actor.SYSTEM);
        assertThat(work(batch).workOnOne()).isTrue();
        assertThat(work(batch).workOnOne()).isFalse();
        return whatIfs.find(id).orElseThrow();
    }

    @Test
    void aShorterLimitShowsWhoWouldHaveBeenLate() {
        PolicyVersion ten = toys.policy(10);
        stopped(ten, BEGIN, 5);
        Clock nowLate = stopped(ten, BEGIN.plus(Duration.ofHours(1)), 9);
        stopped(ten, BEGIN.plus(Duration.ofHours(2)), 12);
        toys.started(ten, BEGIN.plus(Duration.ofHours(3)));
        Clock open = toys.started(ten, NINE.minus(Duration.ofMinutes(8)));
        toys.started(ten, NINE.minus(Duration.ofMinutes(2)));
        Clock cancelled = toys.started(ten, BEGIN);
        toys.change(cancelled, it -> toys.clocks.cancel(it.writes(), it.clock(), BEGIN.plusSeconds(60)));

        WhatIf found = run(Toys.terms(7), 30, 500);

        assertThat(found.state()).isEqualTo(State.DONE);
        assertThat(found.counted()).isEqualTo(6);
        assertThat(found.before()).isEqualTo(new Tally(2, 2, 2));
        assertThat(found.after()).isEqualTo(new Tally(1, 4, 1));
        assertThat(found.becameMissed()).isEqualTo(2);
        assertThat(found.becameMet()).isZero();
        assertThat(found.percent()).isEqualTo(100);
        assertThat(whatIfs.cases(found.id(), 0, 50))
                .extracting(Case::clockId, Case::before, Case::after, Case::dueAfter)
                .containsExactly(
                        tuple(open.id(), Outcome.OPEN, Outcome.MISSED, NINE.minus(Duration.ofMinutes(1))),
                        tuple(nowLate.id(), Outcome.MET, Outcome.MISSED, BEGIN.plus(Duration.ofMinutes(67))));
    }

    @Test
    void aLongerLimitShowsWhoWouldHaveBeenInTime() {
        PolicyVersion ten = toys.policy(10);
        stopped(ten, BEGIN, 12);
        stopped(ten, BEGIN, 20);

        WhatIf found = run(Toys.terms(15), 30, 500);

        assertThat(found.before()).isEqualTo(new Tally(0, 2, 0));
        assertThat(found.after()).isEqualTo(new Tally(1, 1, 0));
        assertThat(found.becameMet()).isEqualTo(1);
        assertThat(found.changed()).isEqualTo(1);
    }

    @Test
    void thePausesOfACaseCountWhereTheDraftAllowsThem() {
        PolicyVersion ten = toys.version(pausable(Toys.terms(10)));
        Clock clock = toys.started(ten, BEGIN);
        toys.change(
                clock,
                it -> toys.clocks.pause(
                        it.writes(), it.clock(), "parts", Actor.SYSTEM, BEGIN.plus(Duration.ofMinutes(5))));
        toys.change(clock, it -> toys.clocks.resume(it.writes(), it.clock(), BEGIN.plus(Duration.ofMinutes(65))));
        toys.change(clock, it -> toys.clocks.stop(it.writes(), it.clock(), BEGIN.plus(Duration.ofMinutes(68))));

        assertThat(run(pausable(Toys.terms(9)), 30, 500).changed()).isZero();
        WhatIf without = run(Toys.terms(9), 30, 500);
        assertThat(without.becameMissed()).isEqualTo(1);
        assertThat(whatIfs.cases(without.id(), 0, 50).getFirst().dueAfter())
                .isEqualTo(BEGIN.plus(Duration.ofMinutes(9)));
    }

    @Test
    void smallStepsAddUpToTheSame() {
        PolicyVersion ten = toys.policy(10);
        for (int i = 0; i < 40; i++) {
            // Several start at the same moment
            stopped(ten, BEGIN.plus(Duration.ofMinutes(i / 8)), 1 + i % 15);
        }
        WhatIf atOnce = run(Toys.terms(7), 30, 500);
        WhatIf inSteps = run(Toys.terms(7), 30, 3);

        assertThat(atOnce.counted()).isEqualTo(40);
        assertThat(inSteps.counted()).isEqualTo(40);
        assertThat(inSteps.before()).isEqualTo(atOnce.before());
        assertThat(inSteps.after()).isEqualTo(atOnce.after());
        assertThat(whatIfs.cases(inSteps.id(), 0, 50))
                .extracting(Case::clockId)
                .containsExactlyElementsOf(whatIfs.cases(atOnce.id(), 0, 50).stream()
                        .map(Case::clockId)
                        .toList());
    }

    @Test
    void onlyTheClocksOfThePeriodCount() {
        PolicyVersion ten = toys.policy(10);
        stopped(ten, NINE.minus(Duration.ofDays(8)), 9);
        stopped(ten, BEGIN, 9);

        assertThat(run(Toys.terms(7), 7, 500).counted()).isEqualTo(1);
        assertThat(run(Toys.terms(7), 9, 500).counted()).isEqualTo(2);
    }

    @Test
    void whatOneNodeLeftAnotherGoesOnWithWhenItsLeaseIsOver() {
        stopped(toys.policy(10), BEGIN, 9);
        UUID id = whatIfs.ask(draft(Toys.terms(7)), 30, Actor.SYSTEM);
        toys.jdbc
                .sql("update clock.what_if set worker = 'gone', lease_until = ?")
                .param(time.instant().plus(WhatIfWork.LEASE).atOffset(java.time.ZoneOffset.UTC))
                .update();
        assertThat(work(500).workOnOne()).isFalse();

        time.advance(WhatIfWork.LEASE.plusSeconds(1));
        assertThat(work(500).workOnOne()).isTrue();
        assertThat(whatIfs.find(id).orElseThrow().state()).isEqualTo(State.DONE);
    }

    @Test
    void whatIsOldIsForgotten() {
        stopped(toys.policy(10), BEGIN, 9);
        WhatIf found = run(Toys.terms(7), 30, 500);
        assertThat(whatIfs.forget()).isZero();

        time.advance(WhatIfs.KEPT.plusDays(1));
        assertThat(whatIfs.forget()).isEqualTo(1);
        assertThat(whatIfs.find(found.id())).isEmpty();
        assertThat(whatIfs.cases(found.id(), 0, 50)).isEmpty();
    }

    @Test
    void nonsenseIsNotAsked() {
        assertThatThrownBy(() -> whatIfs.ask(draft(Toys.terms(7)), 0, Actor.SYSTEM))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> whatIfs.ask(draft(Toys.terms(7)), WhatIfs.MOST_DAYS + 1, Actor.SYSTEM))
                .isInstanceOf(IllegalArgumentException.class);
        ClockPolicy none = Toys.terms(7).withAmount(Map.of(Severity.GENERAL, 0, Severity.URGENT, 1, Severity.MAJOR, 1));
        assertThatThrownBy(() -> whatIfs.ask(draft(none), 7, Actor.SYSTEM))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
