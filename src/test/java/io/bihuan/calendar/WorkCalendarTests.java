package io.bihuan.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.calendar.CalendarDefinition.SpecialDay;
import io.bihuan.pack.Label;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Working time against a count of single seconds, each judged by what the wall clock shows. */
class WorkCalendarTests {
    private static final Label NAME = new Label("日", "day");
    private static final long SECOND = 1_000_000;
    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);

    /** What the wall clock shows decides; nothing here knows of transitions. */
    private static boolean[] seconds(WorkCalendar calendar, Instant from, int count) {
        var working = new boolean[count];
        for (int i = 0; i < count; i++) {
            LocalDateTime shown = LocalDateTime.ofInstant(from.plusSeconds(i), calendar.zone());
            int second = shown.toLocalTime().toSecondOfDay();
            for (Hours hours : calendar.hours(shown.toLocalDate())) {
                working[i] |= second >= hours.from() * 60 && second < hours.to() * 60;
            }
        }
        return working;
    }

    private static WorkCalendar calendar(ZoneId zone, Map<DayOfWeek, List<Hours>> week) {
        return calendar(zone, week, new TreeMap<>());
    }

    private static WorkCalendar calendar(
            ZoneId zone, Map<DayOfWeek, List<Hours>> week, NavigableMap<LocalDate, SpecialDay> days) {
        return new WorkCalendar(
                new CalendarDefinition("some", NAME, zone, week, null, List.of(), List.of(), days, null, Set.of()),
                1,
                null);
    }

    @ParameterizedTest
    @CsvSource({
        "America/New_York, 2026-03-07",
        "America/New_York, 2026-10-31",
        "Europe/London, 2026-03-28",
        "Europe/London, 2026-10-24",
        "Asia/Shanghai, 2026-05-01",
        "Asia/Shanghai, 1986-05-03",
        "Australia/Lord_Howe, 2026-04-04",
        "Australia/Lord_Howe, 2026-10-03",
        "America/Sao_Paulo, 2018-11-03",
        "Africa/Cairo, 2023-04-27",
        "Asia/Beirut, 2022-03-26",
        "Pacific/Apia, 2011-12-29"
    })
    void everySecondAroundATransitionIsCounted(String zone, LocalDate first) {
        var random = new Random(first.toEpochDay());
        for (int round = 0; round < 4; round++) {
            WorkCalendar calendar = calendar(ZoneId.of(zone), someWeek(random));
            Instant from = calendar.beginOf(first);
            int count = 4 * 86_400;
            boolean[] working = seconds(calendar, from, count);
            var before = new int[count + 1];
            for (int i = 0; i < count; i++) {
                before[i + 1] = before[i] + (working[i] ? 1 : 0);
            }
            long begin = Timeline.micros(from);
            for (int probe = 0; probe < 400; probe++) {
                int a = random.nextInt(count);
                int b = a + random.nextInt(count - a);
                assertThat(calendar.worked(begin + a * SECOND, begin + b * SECOND))
                        .as(
                                "%s from %s to %s of %s",
                                zone, a, b, calendar.definition().week())
                        .isEqualTo((before[b] - before[a]) * SECOND);
                int wanted = before[b] - before[a];
                if (wanted > 0) {
                    int reached = a;
                    while (before[reached] - before[a] < wanted) {
                        reached++;
                    }
                    assertThat(calendar.reach(begin + a * SECOND, wanted * SECOND))
                            .as(
                                    "%s: %s s from %s of %s",
                                    zone, wanted, a, calendar.definition().week())
                            .isEqualTo(begin + reached * SECOND);
                }
            }
        }
    }

    /** Hours that mostly touch the night, where the clocks are changed. */
    private static Map<DayOfWeek, List<Hours>> someWeek(Random random) {
        var week = new EnumMap<DayOfWeek, List<Hours>>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            var minutes = new TreeSet<Integer>();
            while (minutes.size() < 4) {
                minutes.add(random.nextInt(3) == 0 ? random.nextInt(Hours.MINUTES_A_DAY + 1) : random.nextInt(10) * 30);
            }
            var ends = new ArrayList<>(minutes);
            week.put(day, List.of(new Hours(ends.get(0), ends.get(1)), new Hours(ends.get(2), ends.get(3))));
        }
        week.put(DayOfWeek.of(1 + random.nextInt(7)), List.of());
        return week;
    }

    @Test
    void anHourThatIsSkippedIsNotThereAndOneThatIsRepeatedCountsTwice() {
        var night = new EnumMap<DayOfWeek, List<Hours>>(DayOfWeek.class);
        night.put(DayOfWeek.SUNDAY, List.of(Hours.parse("01:00-04:00")));
        WorkCalendar newYork = calendar(ZoneId.of("America/New_York"), night);

        assertThat(minutes(newYork, LocalDate.of(2026, 3, 8))).isEqualTo(120);
        assertThat(minutes(newYork, LocalDate.of(2026, 11, 1))).isEqualTo(240);
        assertThat(minutes(newYork, LocalDate.of(2026, 11, 8))).isEqualTo(180);
    }

    private static long minutes(WorkCalendar calendar, LocalDate date) {
        return calendar.worked(Timeline.micros(calendar.beginOf(date)), Timeline.micros(calendar.endOf(date)))
                / (60 * SECOND);
    }

    @Test
    void aDateBeginsAtItsFirstInstantWhereMidnightIsSkipped() {
        var week = Map.of(DayOfWeek.SUNDAY, List.of(Hours.parse("00:00-02:00")));
        WorkCalendar saoPaulo = calendar(ZoneId.of("America/Sao_Paulo"), week);
        LocalDate sunday = LocalDate.of(2018, 11, 4);

        assertThat(saoPaulo.beginOf(sunday)).isEqualTo("2018-11-04T03:00:00Z");
        assertThat(minutes(saoPaulo, sunday)).isEqualTo(60);
    }

    @Test
    void theSpecialDayComesBeforeTheHolidayAndThatBeforeTheWeekday() {
        var week = new EnumMap<DayOfWeek, List<Hours>>(DayOfWeek.class);
        week.put(DayOfWeek.MONDAY, List.of(Hours.parse("09:00-12:00"), Hours.parse("13:00-18:00")));
        var special = new TreeMap<LocalDate, SpecialDay>();
        special.put(MONDAY, new SpecialDay(NAME, List.of(Hours.parse("09:00-12:00"))));
        special.put(MONDAY.plusWeeks(1), new SpecialDay(NAME, List.of()));
        var holidays = new Holidays(
                "some",
                Map.of(MONDAY, NAME, MONDAY.plusWeeks(2), NAME),
                Map.of(MONDAY.plusDays(5), NAME),
                Set.of(2026));
        var calendar = new WorkCalendar(
                new CalendarDefinition(
                        "some",
                        NAME,
                        ZoneId.of("Asia/Shanghai"),
                        week,
                        "some",
                        List.of(Hours.parse("09:00-17:00")),
                        List.of(Hours.parse("10:00-11:00")),
                        special,
                        null,
                        Set.of()),
                1,
                holidays);

        assertThat(calendar.kind(MONDAY)).isEqualTo(DayKind.SPECIAL_DAY);
        assertThat(minutes(calendar, MONDAY)).isEqualTo(180);
        assertThat(calendar.isWorking(MONDAY.plusWeeks(1))).isFalse();
        assertThat(calendar.closeOf(MONDAY.plusWeeks(1))).isEqualTo(calendar.endOf(MONDAY.plusWeeks(1)));
        assertThat(calendar.kind(MONDAY.plusWeeks(2))).isEqualTo(DayKind.HOLIDAY);
        assertThat(minutes(calendar, MONDAY.plusWeeks(2))).isEqualTo(60);
        assertThat(calendar.kind(MONDAY.plusDays(5))).isEqualTo(DayKind.MAKE_UP_DAY);
        assertThat(minutes(calendar, MONDAY.plusDays(5))).isEqualTo(480);
        assertThat(minutes(calendar, MONDAY.plusWeeks(3))).isEqualTo(480);
        assertThat(calendar.kind(MONDAY.plusDays(1))).isEqualTo(DayKind.DAY_OFF);
        assertThat(calendar.isAssumed(MONDAY.plusYears(1))).isTrue();
        assertThat(calendar.isAssumed(MONDAY.plusDays(1))).isFalse();
    }

    @Test
    void hoursAreWrittenAsPeopleWriteThem() {
        assertThat(Hours.parse(" 09:00 – 24:00 ")).hasToString("09:00-24:00");
        assertThat(Hours.joined(List.of(Hours.parse("12:00-13:00"), Hours.parse("09:00-12:00"))))
                .containsExactly(new Hours(540, 780));
        for (String wrong : List.of("9-12", "09:00-09:00", "18:00-09:00", "09:00-24:01", "", "25:00-26:00")) {
            org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
                    .as(wrong)
                    .isThrownBy(() -> Hours.parse(wrong));
        }
    }
}
