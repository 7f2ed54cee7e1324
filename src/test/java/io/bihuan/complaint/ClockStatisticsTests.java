package io.bihuan.complaint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.bihuan.MovableTime;
import io.bihuan.TestDatabase;
import io.bihuan.complaint.ClockStatistics.Division;
import io.bihuan.complaint.ClockStatistics.Pauses;
import io.bihuan.complaint.ClockStatistics.Question;
import io.bihuan.identity.Reach;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What counts as met and missed, and what does not count. */
class ClockStatisticsTests {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Instant NOON = Instant.parse("2026-11-22T04:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Question NOVEMBER =
            new Question(LocalDate.of(2026, 11, 1), LocalDate.of(2026, 11, 30), Division.NONE, null, null);

    private final JdbcClient jdbc = TestDatabase.fresh().jdbcClient();
    private final MovableTime time = new MovableTime();
    private final ClockStatistics statistics = new ClockStatistics(jdbc, time, ZONE);

    ClockStatisticsTests() {
        time.set(NOON);
    }

    /** A clock of one hour that was due then. */
    private UUID clock(Instant dueAt, String state, @Nullable Instant stoppedAt, int pauses) {
        return clock("GENERAL", dueAt, state, stoppedAt, pauses);
    }

    private UUID clock(String severity, Instant dueAt, String state, @Nullable Instant stoppedAt, int pauses) {
        UUID id = UUID.randomUUID();
        jdbc.sql("""
                        insert into clock.clock (subject_id, id, subject_kind, name, pack, pack_version, revision, severity, calendar,
                            calendar_version, amount, grade, started_at, due_at, state, stopped_at, pause_count, extension_count)
                        values (?, ?, 'complaint', 'respond', 'appliance', 1, 0, ?, 'always', 1, 60, 'INTERNAL', ?, ?, ?, ?, ?, 1)
                        """)
                .param(id)
                .param(id)
                .param(severity)
                .param(dueAt.minus(HOUR).atOffset(ZoneOffset.UTC))
                .param(dueAt.atOffset(ZoneOffset.UTC))
                .param(state)
                .param(stoppedAt == null ? null : stoppedAt.atOffset(ZoneOffset.UTC))
                .param(pauses)
                .update();
        return id;
    }

    private void pause(UUID clock, Instant from, @Nullable Instant to) {
        jdbc.sql(
                        "insert into clock.pause (subject_id, clock_id, number, reason, actor, from_at, to_at) values (?, ?, 1, ?, ?, ?, ?)")
                .param(clock)
                .param(clock)
                .param("APPRAISAL")
                .param("system:-")
                .param(from.atOffset(ZoneOffset.UTC))
                .param(to == null ? null : to.atOffset(ZoneOffset.UTC))
                .update();
    }

    private ClockFigures only() {
        List<ClockFigures> figures = statistics.figures(NOVEMBER, Reach.ALL);
        assertThat(figures).hasSize(1);
        return figures.getFirst();
    }

    @Test
    void whatIsOpenThoughDueIsMissedAndWhatWasCancelledDoesNotCount() {
        Instant due = NOON.minus(Duration.ofDays(1));
        clock(due, "MET", due.minus(Duration.ofMinutes(30)), 0);
        clock(due, "MET", due.minus(Duration.ofMinutes(15)), 0);
        clock(due, "MISSED", due.plus(HOUR), 0);
        clock(due, "RUNNING", null, 0);
        clock(due, "CANCELLED", due, 0);
        clock(NOON.plus(HOUR), "RUNNING", null, 0);
        clock(NOON.plus(HOUR), "MET", NOON, 0);

        ClockFigures found = only();

        assertThat(found.due()).isEqualTo(4);
        assertThat(found.met()).isEqualTo(2);
        assertThat(found.missed()).isEqualTo(2);
        assertThat(found.missedOpen()).isEqualTo(1);
        assertThat(found.cancelled()).isEqualTo(1);
        assertThat(found.attainment().share()).isEqualTo(0.5);
        assertThat(found.median()).isEqualTo(75);
        assertThat(found.ninth()).isEqualTo(1_000);
        assertThat(found.extensions()).isEqualTo(4);
    }

    @Test
    void aClockThatStandsStillWhenItIsDueDoesNotCountYet() {
        Instant due = NOON.minus(HOUR);
        UUID before = clock(due, "PAUSED", null, 1);
        pause(before, due.minus(Duration.ofMinutes(10)), null);
        UUID after = clock(due, "PAUSED", null, 1);
        pause(after, due.plus(Duration.ofMinutes(10)), null);

        ClockFigures found = only();

        assertThat(found.standing()).isEqualTo(1);
        assertThat(found.missedOpen()).isEqualTo(1);
        assertThat(found.due()).isEqualTo(1);
    }

    @Test
    void pausesAreNoUsedTime() {
        // Two hours in all, one of them paused, stopped half an hour before it was due
        Instant due = NOON.minus(HOUR);
        UUID clock = clock(due, "MET", due.minus(Duration.ofMinutes(15)), 1);
        jdbc.sql("update clock.clock set started_at = ?")
                .param(due.minus(Duration.ofHours(2)).atOffset(ZoneOffset.UTC))
                .update();
        pause(clock, due.minus(Duration.ofMinutes(105)), due.minus(Duration.ofMinutes(45)));

        ClockFigures found = only();

        assertThat(found.median()).isEqualTo(75);
        assertThat(found.pausedShare()).isEqualTo(100 * 60 / 105.0);
        assertThat(statistics.pauses(NOVEMBER, Reach.ALL))
                .containsExactly(new Pauses("appliance", "respond", "APPRAISAL", 1, HOUR));
    }

    @Test
    void lateAlarmsCountOnTheDayTheyWereDue() {
        Instant due = NOON.minus(HOUR);
        UUID clock = clock(due, "MET", due, 0);
        for (boolean late : new boolean[] {true, false}) {
            jdbc.sql("""
                            insert into clock.fired (subject_id, clock_id, point, warning_at, fired_at, node, late)
                            values (?, ?, ?, ?, ?, 'one', ?)
                            """)
                    .param(clock)
                    .param(clock)
                    .param(late ? "75%" : "100%")
                    .param(due.atOffset(ZoneOffset.UTC))
                    .param(NOON.atOffset(ZoneOffset.UTC))
                    .param(late)
                    .update();
        }
        assertThat(only().late()).isEqualTo(1);
    }

    @Test
    void clocksAreDividedBySeverityAndByTheMonthOfTheWallClock() {
        // 00:30 on the first of November in Shanghai is October in Greenwich
        Instant first = LocalDate.of(2026, 11, 1).atTime(0, 30).atZone(ZONE).toInstant();
        clock("GENERAL", first, "MET", first, 0);
        clock("MAJOR", first.minus(HOUR), "MISSED", first, 0);

        var autumn = LocalDate.of(2026, 10, 1);
        assertThat(statistics.figures(new Question(autumn, autumn.plusDays(60), Division.MONTH, null, null), Reach.ALL))
                .extracting(ClockFigures::part, ClockFigures::met, ClockFigures::missed)
                .containsExactlyInAnyOrder(tuple("2026-10", 0L, 1L), tuple("2026-11", 1L, 0L));
        assertThat(statistics.figures(
                        new Question(autumn, autumn.plusDays(60), Division.SEVERITY, null, null), Reach.ALL))
                .extracting(ClockFigures::part, ClockFigures::met, ClockFigures::missed)
                .containsExactlyInAnyOrder(tuple("GENERAL", 1L, 0L), tuple("MAJOR", 0L, 1L));
        assertThat(only().met()).isEqualTo(1);
    }

    @Test
    void nobodyAsksForMoreThanAQuarter() {
        var from = LocalDate.of(2026, 1, 1);
        assertThatThrownBy(() -> new Question(from, from.plusDays(92), Division.NONE, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Question(from, from.minusDays(1), Division.NONE, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new Question(from, from.plusDays(91), Division.NONE, null).until())
                .isEqualTo(from.plusDays(91));
    }
}
