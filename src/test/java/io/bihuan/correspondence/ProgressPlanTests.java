package io.bihuan.correspondence;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.calendar.WorkCalendar;
import io.bihuan.clock.Clock;
import io.bihuan.clock.ClockPolicy;
import io.bihuan.clock.ClockState;
import io.bihuan.clock.Counting;
import io.bihuan.clock.Course;
import io.bihuan.clock.Dispatch;
import io.bihuan.clock.Grade;
import io.bihuan.clock.Owed;
import io.bihuan.clock.PolicyVersion;
import io.bihuan.clock.Subject;
import io.bihuan.clock.Unit;
import io.bihuan.pack.Label;
import io.bihuan.pack.Severity;
import io.bihuan.standard.NoticePlan;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ProgressPlanTests {
    private static final Instant ASSESSED = Instant.parse("2026-11-23T02:00:00Z");
    private static final UUID COMPLAINT = UUID.fromString("01890000-0000-7000-8000-000000000009");

    private static Clock clock(String name, Set<String> stopOn, int hours, ClockState state) {
        var terms = new ClockPolicy(
                name,
                new Label(name, name),
                "ASSESSED",
                stopOn,
                Set.of(),
                Counting.of(Unit.MINUTE),
                WorkCalendar.ALWAYS,
                Map.of(Severity.GENERAL, hours * 60),
                Grade.INTERNAL,
                List.of(),
                List.of(),
                List.of(),
                Dispatch.SENT,
                null,
                null,
                null,
                null,
                true,
                Owed.CUSTOMER);
        return new Clock(
                COMPLAINT,
                new Subject("complaint", COMPLAINT),
                new PolicyVersion("appliance", 1, 0, terms),
                WorkCalendar.always(ZoneOffset.UTC),
                Severity.GENERAL,
                hours * 60,
                ASSESSED,
                Course.UNDISTURBED,
                state,
                ASSESSED.plus(Duration.ofHours(hours)),
                null,
                null,
                0);
    }

    private static List<Clock> clocks(int solveHours, ClockState solving) {
        var clocks = new ArrayList<Clock>();
        clocks.add(clock("solve", Set.of("SOLVED"), solveHours, solving));
        clocks.add(clock("progress-1", Set.of("FIRST_PROGRESS_TOLD", "SOLVED"), 2, ClockState.RUNNING));
        clocks.add(clock("progress-2", Set.of("SECOND_PROGRESS_TOLD", "SOLVED"), 12, ClockState.RUNNING));
        clocks.add(clock("progress-3", Set.of("THIRD_PROGRESS_TOLD", "SOLVED"), 19, ClockState.RUNNING));
        return clocks;
    }

    private static Instant after(long minutes) {
        return ASSESSED.plus(Duration.ofMinutes(minutes));
    }

    @Test
    void noticesAreDueAtTheirSharesOfTheTimeUntilTheSolution() {
        assertThat(ProgressPlan.changes(NoticePlan.USUAL, clocks(48, ClockState.RUNNING), Set.of(), Map.of(), ASSESSED))
                .isEqualTo(Map.of(Notice.FINDINGS, after(24 * 60), Notice.SOLUTION, after(38 * 60 + 24)));
        assertThat(ProgressPlan.changes(
                        new NoticePlan(5, 25, 75, false), clocks(48, ClockState.RUNNING), Set.of(), Map.of(), ASSESSED))
                .as("a quarter of it is twelve hours, as it was")
                .isEqualTo(Map.of(Notice.ACCEPTED, after(144), Notice.SOLUTION, after(36 * 60)));
    }

    @Test
    void aPromiseIsNotMovedForMinutes() {
        assertThat(ProgressPlan.changes(NoticePlan.USUAL, clocks(24, ClockState.RUNNING), Set.of(), Map.of(), ASSESSED))
                .isEmpty();
    }

    @Test
    void whatWasMovedByHandStaysAndWhatIsOverdueIsNotMended() {
        assertThat(ProgressPlan.changes(
                        NoticePlan.USUAL, clocks(48, ClockState.RUNNING), Set.of(Notice.FINDINGS), Map.of(), ASSESSED))
                .containsOnlyKeys(Notice.SOLUTION);
        assertThat(ProgressPlan.changes(
                        NoticePlan.USUAL, clocks(48, ClockState.RUNNING), Set.of(), Map.of(), after(13 * 60)))
                .containsOnlyKeys(Notice.SOLUTION);
    }

    @Test
    void nothingIsPromisedInThePast() {
        assertThat(ProgressPlan.changes(
                        NoticePlan.USUAL, clocks(8, ClockState.RUNNING), Set.of(), Map.of(), after(5 * 60)))
                .as("the middle of the eight hours is over")
                .containsOnlyKeys(Notice.SOLUTION)
                .containsEntry(Notice.SOLUTION, after(384));
    }

    @Test
    void whatIsFoundEarlyIsToldInHalfOfTheTimeThatWasLeft() {
        Map<Notice, Instant> found = Map.of(Notice.FINDINGS, after(4 * 60));
        assertThat(ProgressPlan.changes(
                        NoticePlan.USUAL, clocks(24, ClockState.RUNNING), Set.of(), found, after(4 * 60 + 1)))
                .as("at four o'clock instead of noon: at eight")
                .isEqualTo(Map.of(Notice.FINDINGS, after(8 * 60)));
        assertThat(ProgressPlan.changes(
                        NoticePlan.USUAL, clocks(48, ClockState.RUNNING), Set.of(), found, after(6 * 60)))
                .as("asked again it is halved once")
                .containsEntry(Notice.FINDINGS, after(14 * 60));
        assertThat(ProgressPlan.changes(
                        NoticePlan.USUAL,
                        clocks(24, ClockState.RUNNING),
                        Set.of(Notice.FINDINGS),
                        found,
                        after(4 * 60 + 1)))
                .as("what was moved by hand stays")
                .isEmpty();
    }

    @Test
    void whileTheSolutionStandsStillThePlanStaysAsItIs() {
        assertThat(ProgressPlan.changes(NoticePlan.USUAL, clocks(48, ClockState.PAUSED), Set.of(), Map.of(), ASSESSED))
                .isEmpty();
    }
}
