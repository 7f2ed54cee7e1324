package io.bihuan.clock;

import io.bihuan.calendar.CalendarDefinition;
import io.bihuan.calendar.CalendarDefinition.SpecialDay;
import io.bihuan.calendar.Holidays;
import io.bihuan.calendar.Hours;
import io.bihuan.calendar.WorkCalendar;
import io.bihuan.pack.Label;
import io.bihuan.pack.Severity;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Calendars and clocks for tests of the rules, without a database. */
final class TestClocks {
    static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    static final ZoneId LONDON = ZoneId.of("Europe/London");
    static final String ACTOR = "staff:1";
    static final Label HOLIDAY = new Label("法定节假日", "Public holiday");
    static final Label MAKE_UP = new Label("调休上班", "Make-up day");

    /** Monday to Friday 09:00–18:00, with the days off and the make-up days of 2025 and 2026. */
    static final WorkCalendar PRC = prc(Set.of(2025, 2026));

    /** Monday to Friday 09:00–17:00, with the bank holidays of England in 2026. */
    static final WorkCalendar UK = calendar(
            "uk",
            LONDON,
            week("09:00-17:00"),
            new Holidays(
                    "uk",
                    named(
                            new Label("英国公众假日", "Bank holiday"),
                            Set.of(
                                    LocalDate.parse("2026-01-01"),
                                    LocalDate.parse("2026-04-03"),
                                    LocalDate.parse("2026-04-06"),
                                    LocalDate.parse("2026-05-04"),
                                    LocalDate.parse("2026-05-25"),
                                    LocalDate.parse("2026-08-31"),
                                    LocalDate.parse("2026-12-25"),
                                    LocalDate.parse("2026-12-28"))),
                    Map.of(),
                    Set.of(2026)),
            Map.of());

    private TestClocks() {}

    static WorkCalendar prc(Set<Integer> announced) {
        return calendar(
                "cn",
                SHANGHAI,
                week("09:00-18:00"),
                new Holidays("cn", named(HOLIDAY, PrcDays.OFF), named(MAKE_UP, PrcDays.MAKE_UP), announced),
                Map.of());
    }

    static WorkCalendar calendar(
            String name,
            ZoneId zone,
            Map<DayOfWeek, List<Hours>> week,
            Holidays holidays,
            Map<LocalDate, SpecialDay> days) {
        return new WorkCalendar(
                new CalendarDefinition(
                        name,
                        new Label("日历", "Calendar"),
                        zone,
                        week,
                        holidays.name(),
                        List.of(Hours.parse("09:00-18:00")),
                        List.of(),
                        new TreeMap<>(days),
                        null,
                        Set.of()),
                1,
                holidays);
    }

    /** Those hours from Monday to Friday. */
    static Map<DayOfWeek, List<Hours>> week(String... hours) {
        var week = new EnumMap<DayOfWeek, List<Hours>>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.getValue() < 6) {
                week.put(day, List.of(hours).stream().map(Hours::parse).toList());
            }
        }
        return week;
    }

    /** Those hours on every day of the week. */
    static WorkCalendar daily(ZoneId zone, String... hours) {
        var week = new EnumMap<DayOfWeek, List<Hours>>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            week.put(day, List.of(hours).stream().map(Hours::parse).toList());
        }
        return calendar("daily", zone, week, new Holidays("none", Map.of(), Map.of(), Set.of(2026)), Map.of());
    }

    private static Map<LocalDate, Label> named(Label name, Set<LocalDate> dates) {
        var named = new HashMap<LocalDate, Label>();
        dates.forEach(date -> named.put(date, name));
        return named;
    }

    /** An amount for GENERAL; URGENT has half, MAJOR a third of it, one at least. */
    static ClockPolicy terms(Counting counting, WorkCalendar calendar, int amount, WarnPoint... points) {
        return new ClockPolicy(
                "solve",
                new Label("处理完成", "Solve"),
                "REGISTERED",
                Set.of("SOLVED"),
                Set.of(),
                counting,
                calendar.name(),
                Map.of(
                        Severity.GENERAL,
                        amount,
                        Severity.URGENT,
                        Math.max(1, amount / 2),
                        Severity.MAJOR,
                        Math.max(1, amount / 3)),
                Grade.LEGAL,
                List.of(points),
                List.of(),
                List.of(),
                Dispatch.SENT,
                null,
                null,
                null);
    }

    static PolicyVersion version(int revision, ClockPolicy terms) {
        return new PolicyVersion("shop", 1, revision, terms);
    }

    static Clock started(Counting counting, WorkCalendar calendar, int amount, Instant at, WarnPoint... points) {
        return Clock.started(
                new UUID(0, 1),
                new Subject("toy", new UUID(0, 2)),
                version(0, terms(counting, calendar, amount, points)),
                calendar,
                Severity.GENERAL,
                at);
    }

    static Clock pausedFrom(Clock clock, Instant from, Instant to) {
        return pausedAt(clock, from).resumed(to);
    }

    static Clock pausedAt(Clock clock, Instant from) {
        return clock.paused(new Pause(PauseFor.APPRAISAL.name(), ACTOR, from, null));
    }

    static Clock extended(Clock clock, int amount, Instant at) {
        return clock.extended(new Extension(1, amount, ACTOR, ExtensionReason.COMPLEX.name(), at));
    }

    static Clock rebased(Clock clock, Counting counting, WorkCalendar calendar, int amount, Instant at) {
        return clock.rebased(
                version(
                        clock.policy().revision() + 1,
                        terms(counting, calendar, amount, clock.warnAt().toArray(WarnPoint[]::new))),
                calendar,
                ACTOR,
                "新办法施行",
                at);
    }

    /** {@code 2026-10-13 24:00} by the wall clock there. */
    static Instant at(String local, ZoneId zone) {
        return local.endsWith(" 24:00")
                ? LocalDate.parse(local.substring(0, 10))
                        .plusDays(1)
                        .atStartOfDay(zone)
                        .toInstant()
                : LocalDateTime.parse(local, DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm[:ss]"))
                        .atZone(zone)
                        .toInstant();
    }

    /** In Shanghai. */
    static Instant at(String local) {
        return at(local, SHANGHAI);
    }
}
