package io.bihuan.clock;

import io.bihuan.calendar.CalendarDefinition;
import io.bihuan.calendar.CalendarDefinition.SpecialDay;
import io.bihuan.calendar.Holidays;
import io.bihuan.calendar.Hours;
import io.bihuan.calendar.WorkCalendar;
import io.bihuan.pack.Label;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A calendar as docs/clocks.md says it, asked through the wall clock; and the application's calendar that says the same. */
final class PlainCalendar {
    /** From a minute of the wall clock up to, not including, another. */
    record Span(int from, int to) {}

    /** What an authority announced, and for which years. */
    record Notices(Set<LocalDate> off, Set<LocalDate> makeUp, Set<Integer> years) {}

    private static final Label NAME = new Label("某日", "Some day");

    final String name;
    final ZoneId zone;
    private final Map<DayOfWeek, List<Span>> week;
    private final Map<LocalDate, List<Span>> own;
    private final @Nullable Notices notices;
    private final List<Span> onHolidays;
    private final List<Span> makeUp;
    private final ZoneRules rules;
    private final Map<LocalDate, List<Span>> hours = new HashMap<>();
    private LocalDate today = LocalDate.EPOCH;
    private final Map<LocalDate, Long> begins = new HashMap<>();
    private final Map<LocalDate, Long> closes = new HashMap<>();
    private @Nullable WorkCalendar real;

    PlainCalendar(
            String name,
            ZoneId zone,
            Map<DayOfWeek, List<Span>> week,
            Map<LocalDate, List<Span>> own,
            @Nullable Notices notices,
            List<Span> onHolidays,
            List<Span> makeUp) {
        this.name = name;
        this.zone = zone;
        this.week = week;
        this.own = own;
        this.notices = notices;
        this.onHolidays = onHolidays;
        this.makeUp = makeUp;
        this.rules = zone.getRules();
    }

    WorkCalendar real() {
        WorkCalendar made = real == null ? made() : real;
        real = made;
        return made;
    }

    /** The same calendar, but other hours on those dates. */
    PlainCalendar but(Map<LocalDate, List<Span>> days) {
        var more = new HashMap<>(own);
        more.putAll(days);
        return new PlainCalendar(name, zone, week, more, notices, onHolidays, makeUp);
    }

    List<Span> hours(LocalDate date) {
        return hours.computeIfAbsent(date, this::hoursOf);
    }

    private List<Span> hoursOf(LocalDate date) {
        if (own.containsKey(date)) {
            return Objects.requireNonNull(own.get(date));
        }
        if (notices != null && notices.off().contains(date)) {
            return onHolidays;
        }
        if (notices != null && notices.makeUp().contains(date)) {
            return makeUp;
        }
        return week.getOrDefault(date.getDayOfWeek(), List.of());
    }

    boolean isAssumed(LocalDate date) {
        return notices != null
                && !own.containsKey(date)
                && !notices.off().contains(date)
                && !notices.makeUp().contains(date)
                && !notices.years().contains(date.getYear());
    }

    long wall(long second) {
        return second + rules.getOffset(Instant.ofEpochSecond(second)).getTotalSeconds();
    }

    LocalDate date(long second) {
        long day = day(second);
        if (today.toEpochDay() != day) {
            today = LocalDate.ofEpochDay(day);
        }
        return today;
    }

    private long day(long second) {
        return Math.floorDiv(wall(second), 86_400);
    }

    int minute(long second) {
        return Math.floorMod(wall(second), 86_400) / 60;
    }

    boolean works(long second) {
        int minute = minute(second);
        for (Span span : hours(date(second))) {
            if (span.from <= minute && minute < span.to) {
                return true;
            }
        }
        return false;
    }

    /** Whether nobody comes or goes in the quarter of an hour that begins then, and no clock is changed. */
    boolean isQuiet(long quarter) {
        if (wall(quarter + 899) != wall(quarter) + 899) {
            return false;
        }
        int first = minute(quarter);
        for (Span span : hours(date(quarter))) {
            if ((first < span.from && span.from < first + 15) || (first < span.to && span.to < first + 15)) {
                return false;
            }
        }
        return true;
    }

    /** The first second whose wall clock shows that date. */
    long begin(LocalDate date) {
        return begins.computeIfAbsent(date, any -> {
            long second = date.atStartOfDay().toEpochSecond(ZoneOffset.UTC) - 15 * 3_600;
            while (day(second) < date.toEpochDay()) {
                second += 900;
            }
            return second;
        });
    }

    long end(LocalDate date) {
        return begin(date.plusDays(1));
    }

    /** After the last second of that date in which somebody works; its end when nobody does. */
    long close(LocalDate date) {
        return closes.computeIfAbsent(date, this::lastSecond);
    }

    private long lastSecond(LocalDate date) {
        for (long second = end(date) - 60; second >= begin(date); second -= 60) {
            if (works(second)) {
                return second + 60;
            }
        }
        return end(date);
    }

    private WorkCalendar made() {
        var days = new EnumMap<DayOfWeek, List<Hours>>(DayOfWeek.class);
        week.forEach((day, spans) -> days.put(day, hours(spans)));
        var special = new TreeMap<LocalDate, SpecialDay>();
        own.forEach((date, spans) -> special.put(date, new SpecialDay(NAME, hours(spans))));
        var definition = new CalendarDefinition(
                name,
                NAME,
                zone,
                days,
                notices == null ? null : "h",
                hours(makeUp),
                hours(onHolidays),
                special,
                null,
                Set.of());
        return new WorkCalendar(
                definition,
                1,
                notices == null
                        ? null
                        : new Holidays("h", named(notices.off()), named(notices.makeUp()), notices.years()));
    }

    private static List<Hours> hours(List<Span> spans) {
        var hours = new ArrayList<Hours>();
        spans.forEach(span -> hours.add(new Hours(span.from, span.to)));
        return hours;
    }

    private static Map<LocalDate, Label> named(Set<LocalDate> dates) {
        var named = new HashMap<LocalDate, Label>();
        dates.forEach(date -> named.put(date, NAME));
        return named;
    }

    @Override
    public String toString() {
        return "calendar(" + zone + ", week " + week + ", own " + own + ", notices " + notices + ", on holidays "
                + onHolidays + ", make-up " + makeUp + ")";
    }
}
