package io.bihuan.clock;

import static io.bihuan.clock.TestClocks.HOLIDAY;
import static io.bihuan.clock.TestClocks.MAKE_UP;
import static io.bihuan.clock.TestClocks.PRC;
import static io.bihuan.clock.TestClocks.at;
import static io.bihuan.clock.TestClocks.extended;
import static io.bihuan.clock.TestClocks.pausedAt;
import static io.bihuan.clock.TestClocks.pausedFrom;
import static io.bihuan.clock.TestClocks.rebased;
import static io.bihuan.clock.TestClocks.started;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.bihuan.calendar.DayKind;
import io.bihuan.clock.Explanation.Amount;
import io.bihuan.clock.Explanation.Deadline;
import io.bihuan.clock.Explanation.Kind;
import io.bihuan.clock.Explanation.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whoever follows the steps of an explanation with a pencil arrives at the deadline. */
class ExplanationsTests {
    private static final Counting MINUTES = Counting.of(Unit.MINUTE);
    private static final Counting WORKING_TIME = Counting.of(Unit.BUSINESS_MINUTE);
    private static final Counting WORKING_DAYS = Counting.of(Unit.WORKING_DAY);

    @Property(tries = 1_000)
    void theCountedTimesAddUpToTheAmount(@ForAll("seeds") long seed) {
        Clock clock = Histories.played(Histories.random(seed));
        Assume.that(!clock.unit().isOfDays());
        List<Step> steps = counted(clock);
        Assume.that(steps.stream().noneMatch(step -> step.key().equals("clock.explain.more")));

        Duration sum = Duration.ZERO;
        for (Step step : steps) {
            int passed = step.arguments().size() - 2;
            sum = sum.plus((Duration) step.arguments().get(passed));
            assertThat(step.arguments().getLast())
                    .as("the sum so far in %s", step)
                    .isEqualTo(sum);
        }
        assertThat(sum).isEqualTo(Duration.ofMinutes(clock.wholeAmount()));
    }

    @Property(tries = 1_000)
    void theCountedDaysAreAllDaysOfTheAmountInTheirOrder(@ForAll("seeds") long seed) {
        Clock clock = Histories.played(Histories.random(seed));
        Assume.that(clock.unit().isOfDays());
        List<Step> steps = counted(clock);
        Assume.that(steps.stream().noneMatch(step -> step.key().equals("clock.explain.more")));

        var numbers = new ArrayList<Integer>();
        for (Step step : steps) {
            int first = (Integer) step.arguments().getFirst();
            int last = step.key().equals("clock.explain.counted.days")
                    ? (Integer) step.arguments().get(1)
                    : first;
            IntStream.rangeClosed(first, last).forEach(numbers::add);
            if (last > first) {
                LocalDate from = (LocalDate) step.arguments().get(2);
                assertThat(from.plusDays(last - first))
                        .isEqualTo(step.arguments().get(3));
            }
        }
        assertThat(numbers)
                .isEqualTo(IntStream.rangeClosed(1, clock.reckoning().days())
                        .boxed()
                        .toList());
    }

    @Provide
    Arbitrary<Long> seeds() {
        return Arbitraries.randomValue(Random::nextLong);
    }

    private static List<Step> counted(Clock clock) {
        return Explanations.of(clock, clock.dueAt()).steps().stream()
                .filter(step -> step.kind() == Kind.COUNTED)
                .toList();
    }

    @Example
    void holidaysThatAreSkippedCarryTheirName() {
        Clock clock = started(WORKING_DAYS, PRC, 7, at("2026-09-28 10:00"));

        assertThat(explained(clock, at("2026-09-28 10:00")))
                .extracting(Step::key, Step::arguments)
                .contains(
                        tuple("clock.explain.startDay", List.of(LocalDate.parse("2026-09-28"))),
                        tuple("clock.explain.counted.days", List.of(1, 2, date("2026-09-29"), date("2026-09-30"))),
                        tuple(
                                "clock.explain.skipped.several",
                                List.of(date("2026-10-01"), date("2026-10-07"), HOLIDAY)),
                        tuple("clock.explain.counted.days", List.of(3, 4, date("2026-10-08"), date("2026-10-09"))),
                        tuple("clock.explain.counted.named", List.of(5, date("2026-10-10"), MAKE_UP)),
                        tuple("clock.explain.skipped", List.of(date("2026-10-11"), DayKind.DAY_OFF)),
                        tuple("clock.explain.counted.days", List.of(6, 7, date("2026-10-12"), date("2026-10-13"))),
                        tuple("clock.explain.due", List.of(new Deadline(at("2026-10-13 24:00")))));
    }

    @Example
    void workingTimeIsToldByTheDay() {
        Clock clock = started(WORKING_TIME, PRC, 600, at("2026-02-14 09:00"));

        assertThat(explained(clock, at("2026-02-14 09:00")))
                .filteredOn(step -> step.kind() == Kind.COUNTED || step.kind() == Kind.SKIPPED)
                .extracting(Step::key, Step::arguments)
                .containsExactly(
                        tuple(
                                "clock.explain.counted.hours",
                                List.of(
                                        date("2026-02-14"),
                                        MAKE_UP,
                                        at("2026-02-14 09:00"),
                                        new Deadline(at("2026-02-14 18:00")),
                                        Duration.ofHours(9),
                                        Duration.ofHours(9))),
                        tuple(
                                "clock.explain.skipped.several",
                                List.of(date("2026-02-15"), date("2026-02-23"), HOLIDAY)),
                        tuple(
                                "clock.explain.counted.hours",
                                List.of(
                                        date("2026-02-24"),
                                        DayKind.WORKING_DAY,
                                        at("2026-02-24 09:00"),
                                        new Deadline(at("2026-02-24 10:00")),
                                        Duration.ofHours(1),
                                        Duration.ofHours(10))));
    }

    @Example
    void aLastDayThatRollsSaysWhyAndWhereto() {
        Clock clock = started(Counting.of(Unit.CALENDAR_DAY).rollingForward(), PRC, 15, at("2026-09-18 10:00"));

        assertThat(explained(clock, at("2026-09-18 10:00")))
                .extracting(Step::key, Step::arguments)
                .contains(tuple("clock.explain.rolled", List.of(date("2026-10-03"), HOLIDAY, date("2026-10-08"))));
    }

    @Example
    void aDayThatEndedInAPauseIsToldAsNotCounted() {
        Clock clock = pausedFrom(
                started(WORKING_DAYS, PRC, 3, at("2026-03-02 10:00")), at("2026-03-04 10:00"), at("2026-03-05 09:00"));

        assertThat(explained(clock, at("2026-03-06 10:00")))
                .extracting(Step::key, Step::arguments)
                .contains(
                        tuple("clock.explain.skipped.pause", List.of(date("2026-03-04"))),
                        tuple("clock.explain.due", List.of(new Deadline(at("2026-03-06 24:00")))));
    }

    @Example
    void aLatePauseIsToldToHaveMovedNothing() {
        Clock clock = pausedFrom(
                        started(MINUTES, PRC, 30, at("2026-03-02 10:00")),
                        at("2026-03-02 10:31"),
                        at("2026-03-02 10:50"))
                .stopped(at("2026-03-02 10:55"));

        assertThat(explained(clock, at("2026-03-02 11:00")))
                .extracting(Step::key)
                .contains("clock.explain.pause.afterDue", "clock.explain.missed");
    }

    @Example
    void anExtensionIsToldInItsUnitAlsoWhenItFellAway() {
        Clock clock = extended(started(MINUTES, PRC, 60, at("2026-03-02 10:00")), 120, at("2026-03-02 10:10"));
        Clock days = rebased(clock, WORKING_DAYS, PRC, 2, at("2026-03-02 10:30"));

        assertThat(explained(clock, at("2026-03-02 11:00")))
                .filteredOn(step -> step.key().equals("clock.explain.extension"))
                .extracting(step -> step.arguments().getFirst())
                .containsExactly(new Amount(120, Unit.MINUTE));
        assertThat(explained(days, at("2026-03-02 11:00")))
                .filteredOn(step -> step.key().equals("clock.explain.extension.gone"))
                .extracting(step -> step.arguments().getFirst())
                .containsExactly(new Amount(120, Unit.MINUTE));
    }

    @Example
    void anAssumedYearIsTold() {
        Clock clock = started(WORKING_DAYS, PRC, 12, at("2026-12-21 10:00"));

        assertThat(explained(clock, at("2026-12-21 10:00")))
                .filteredOn(step -> step.kind() == Kind.ASSUMED)
                .extracting(Step::arguments)
                .containsExactly(List.of("2027"));
    }

    @Example
    void aLongExplanationSaysHowMuchItLeavesOut() {
        Clock clock = started(WORKING_TIME, PRC, 200 * 540, at("2026-01-05 09:00"));
        List<Step> steps = explained(clock, at("2026-01-05 09:00"));

        assertThat(steps).hasSizeLessThan(140);
        assertThat(steps).extracting(Step::key).contains("clock.explain.more");
    }

    @Example
    void aPausedClockTellsWhatIsLeft() {
        Clock clock = pausedAt(started(MINUTES, PRC, 30, at("2026-03-02 10:00")), at("2026-03-02 10:10"));

        assertThat(explained(clock, at("2026-03-03 10:00")).getLast())
                .isEqualTo(new Step(Kind.RESULT, "clock.explain.paused", List.of(Duration.ofMinutes(20))));
    }

    private static List<Step> explained(Clock clock, Instant now) {
        return Explanations.of(clock, now).steps();
    }

    private static LocalDate date(String date) {
        return LocalDate.parse(date);
    }
}
