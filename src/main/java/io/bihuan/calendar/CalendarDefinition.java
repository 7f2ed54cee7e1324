package io.bihuan.calendar;

import io.bihuan.pack.Label;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a calendar is written down; hours are those of the wall clock in the zone. What is said of a single date ({@code days}) comes
 * before what its holidays say, and that before its weekday.
 *
 * @param week hours by weekday; a weekday without any is a day off
 * @param holidays the name of the {@link Holidays} it follows, or null for none
 * @param makeUp hours of a working day that makes up for a holiday
 * @param onHolidays hours of a holiday, mostly none
 * @param days single dates that are different: a half day, an inventory, a company's own holiday
 * @param over the calendar that it stands in for, or null when it stands for itself
 * @param appliesTo for whom it stands in, such as {@code channel:PHONE} or {@code department:parts}
 * @param adds what it adds to the hours of the calendar it stands in for; the hours here are those of both together. Null when its
 *     hours are its own
 */
public record CalendarDefinition(
        String name,
        Label label,
        ZoneId zone,
        Map<DayOfWeek, List<Hours>> week,
        @Nullable String holidays,
        List<Hours> makeUp,
        List<Hours> onHolidays,
        NavigableMap<LocalDate, SpecialDay> days,
        @Nullable String over,
        Set<String> appliesTo,
        @Nullable Extra adds) {
    /**
     * Hours that a calendar has on top of those of the one it stands in for, such as night duty.
     *
     * @param week by weekday
     * @param days its own special days, which come before those of the other
     */
    public record Extra(
            Map<DayOfWeek, List<Hours>> week,
            List<Hours> makeUp,
            List<Hours> onHolidays,
            NavigableMap<LocalDate, SpecialDay> days) {
        public Extra {
            week = joined(week);
            makeUp = Hours.joined(makeUp);
            onHolidays = Hours.joined(onHolidays);
            days = Collections.unmodifiableNavigableMap(new TreeMap<>(days));
        }
    }

    /** A calendar whose hours are all its own. */
    public CalendarDefinition(
            String name,
            Label label,
            ZoneId zone,
            Map<DayOfWeek, List<Hours>> week,
            @Nullable String holidays,
            List<Hours> makeUp,
            List<Hours> onHolidays,
            NavigableMap<LocalDate, SpecialDay> days,
            @Nullable String over,
            Set<String> appliesTo) {
        this(name, label, zone, week, holidays, makeUp, onHolidays, days, over, appliesTo, null);
    }

    /** A date with hours of its own; none at all make it a day off. */
    public record SpecialDay(Label name, List<Hours> hours) {
        public SpecialDay {
            hours = Hours.joined(hours);
        }
    }

    public CalendarDefinition {
        week = joined(week);
        makeUp = Hours.joined(makeUp);
        onHolidays = Hours.joined(onHolidays);
        days = Collections.unmodifiableNavigableMap(new TreeMap<>(days));
        appliesTo = Set.copyOf(appliesTo);
        if (week.isEmpty()) {
            throw new IllegalArgumentException("calendar " + name + " has no working hours");
        }
    }

    /** Day and night, every day. */
    static CalendarDefinition always(ZoneId zone) {
        var week = new EnumMap<DayOfWeek, List<Hours>>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            week.put(day, List.of(Hours.WHOLE_DAY));
        }
        return new CalendarDefinition(
                WorkCalendar.ALWAYS,
                new Label("全天候", "Around the clock"),
                zone,
                week,
                null,
                List.of(Hours.WHOLE_DAY),
                List.of(Hours.WHOLE_DAY),
                new TreeMap<>(),
                null,
                Set.of());
    }

    public List<Hours> hours(DayOfWeek day) {
        return week.getOrDefault(day, List.of());
    }

    /** Whether its hours come from the calendar it stands in for. */
    boolean isBuiltUponAnother() {
        return over != null && adds != null;
    }

    /**
     * This calendar upon the hours that the other one has now: zone, holidays and hours are the other's, with the extra ones; its own
     * special days come before those of the other.
     */
    CalendarDefinition upon(CalendarDefinition base) {
        Extra extra = Objects.requireNonNull(adds);
        var hours = new EnumMap<DayOfWeek, List<Hours>>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            hours.put(day, both(base.hours(day), extra.week().getOrDefault(day, List.of())));
        }
        var special = new TreeMap<>(base.days());
        special.putAll(extra.days());
        return new CalendarDefinition(
                name,
                label,
                base.zone(),
                hours,
                base.holidays(),
                both(base.makeUp(), extra.makeUp()),
                both(base.onHolidays(), extra.onHolidays()),
                special,
                over,
                appliesTo,
                extra);
    }

    private static List<Hours> both(List<Hours> one, List<Hours> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }

    /** A weekday without hours is the same as one that is not named. */
    private static Map<DayOfWeek, List<Hours>> joined(Map<DayOfWeek, List<Hours>> week) {
        var joined = new EnumMap<DayOfWeek, List<Hours>>(DayOfWeek.class);
        week.forEach((day, hours) -> {
            if (!hours.isEmpty()) {
                joined.put(day, Hours.joined(hours));
            }
        });
        return Collections.unmodifiableMap(joined);
    }
}
