package io.bihuan.calendar.web;

import io.bihuan.calendar.CalendarDefinition;
import io.bihuan.calendar.CalendarDefinition.Extra;
import io.bihuan.calendar.CalendarDefinition.SpecialDay;
import io.bihuan.calendar.Hours;
import io.bihuan.calendar.WorkCalendar;
import io.bihuan.pack.Label;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Texts;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A new version of a calendar as an administrator writes it: hours as {@code 09:00-12:00, 13:00-18:00}, a special day a line, such as
 * {@code 2026-12-31 09:00-12:00 Stocktaking}, with {@code -} for no hours. Of a calendar that adds to another, what it adds.
 *
 * @param seen the version that was looked at
 */
public record CalendarForm(
        @Size(max = 200) String monday,
        @Size(max = 200) String tuesday,
        @Size(max = 200) String wednesday,
        @Size(max = 200) String thursday,
        @Size(max = 200) String friday,
        @Size(max = 200) String saturday,
        @Size(max = 200) String sunday,
        @Size(max = 200) String makeUp,
        @Size(max = 200) String onHolidays,
        @Size(max = 20_000) String days,
        @NotBlank @Size(max = 500) String reason,
        int seen) {
    private static final Pattern SPECIAL =
            Pattern.compile("(\\d{4}-\\d{1,2}-\\d{1,2})\\s+(-|\\d[\\d:,，、\\-–\\s]*?)\\s+(\\D.{0,119})");

    public CalendarForm {
        monday = present(monday);
        tuesday = present(tuesday);
        wednesday = present(wednesday);
        thursday = present(thursday);
        friday = present(friday);
        saturday = present(saturday);
        sunday = present(sunday);
        makeUp = present(makeUp);
        onHolidays = present(onHolidays);
        days = present(days);
        reason = present(reason);
    }

    private static String present(@Nullable String text) {
        return text == null ? "" : text.strip();
    }

    static CalendarForm of(WorkCalendar calendar) {
        CalendarDefinition definition = calendar.definition();
        Extra adds = definition.adds();
        Map<DayOfWeek, List<Hours>> week = adds == null ? definition.week() : adds.week();
        return new CalendarForm(
                written(week.get(DayOfWeek.MONDAY)),
                written(week.get(DayOfWeek.TUESDAY)),
                written(week.get(DayOfWeek.WEDNESDAY)),
                written(week.get(DayOfWeek.THURSDAY)),
                written(week.get(DayOfWeek.FRIDAY)),
                written(week.get(DayOfWeek.SATURDAY)),
                written(week.get(DayOfWeek.SUNDAY)),
                written(adds == null ? definition.makeUp() : adds.makeUp()),
                written(adds == null ? definition.onHolidays() : adds.onHolidays()),
                (adds == null ? definition.days() : adds.days())
                        .entrySet().stream()
                                .map(each -> written(each.getKey(), each.getValue()))
                                .collect(Collectors.joining("\n")),
                "",
                calendar.version());
    }

    private static String written(@Nullable List<Hours> hours) {
        return hours == null ? "" : hours.stream().map(Hours::toString).collect(Collectors.joining(", "));
    }

    private static String written(LocalDate date, SpecialDay day) {
        String name = day.name().zh().equals(day.name().en())
                ? day.name().zh()
                : day.name().zh() + " / " + day.name().en();
        return date + " " + (day.hours().isEmpty() ? "-" : written(day.hours())) + " " + name;
    }

    public String value(DayOfWeek day) {
        return switch (day) {
            case MONDAY -> monday;
            case TUESDAY -> tuesday;
            case WEDNESDAY -> wednesday;
            case THURSDAY -> thursday;
            case FRIDAY -> friday;
            case SATURDAY -> saturday;
            case SUNDAY -> sunday;
        };
    }

    /** The name of the field of a weekday. */
    public static String field(DayOfWeek day) {
        return day.name().toLowerCase(Locale.ROOT);
    }

    /** What was written, or what is wrong with it. */
    record Result(@Nullable CalendarDefinition definition, FieldErrors errors) {}

    Result over(CalendarDefinition present, FieldErrors found, Texts t) {
        var reader = new Reader(found, t);
        var week = new EnumMap<DayOfWeek, List<Hours>>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            week.put(day, reader.hours(field(day), value(day)));
        }
        List<Hours> onMakeUp = reader.hours("makeUp", makeUp);
        List<Hours> onHoliday = reader.hours("onHolidays", onHolidays);
        NavigableMap<LocalDate, SpecialDay> special = reader.days(days);
        boolean isEmpty = week.values().stream().allMatch(List::isEmpty);
        Extra adds = present.adds();
        if (adds == null && isEmpty && !reader.errors.any()) {
            reader.wrong("monday", t.of("calendar.form.empty"));
        }
        if (reader.errors.any()) {
            return new Result(null, reader.errors);
        }
        return new Result(
                new CalendarDefinition(
                        present.name(),
                        present.label(),
                        present.zone(),
                        adds == null ? week : present.week(),
                        present.holidays(),
                        adds == null ? onMakeUp : present.makeUp(),
                        adds == null ? onHoliday : present.onHolidays(),
                        adds == null ? special : present.days(),
                        present.over(),
                        present.appliesTo(),
                        adds == null ? null : new Extra(week, onMakeUp, onHoliday, special)),
                reader.errors);
    }

    /** Reads the fields and notes what is wrong with them. */
    private static final class Reader {
        private final Texts t;
        private FieldErrors errors;

        Reader(FieldErrors errors, Texts t) {
            this.errors = errors;
            this.t = t;
        }

        void wrong(String field, String text) {
            errors = errors.with(field, text);
        }

        List<Hours> hours(String field, String text) {
            return hours(field, text, "");
        }

        private List<Hours> hours(String field, String text, String before) {
            var hours = new ArrayList<Hours>();
            for (String part : text.split("[,，、;；]", -1)) {
                if (part.isBlank()) {
                    continue;
                }
                try {
                    Hours next = Hours.parse(part);
                    for (Hours other : hours) {
                        if (next.from() < other.to() && other.from() < next.to()) {
                            wrong(field, before + t.of("calendar.form.overlap", other, next));
                        }
                    }
                    hours.add(next);
                } catch (IllegalArgumentException e) {
                    wrong(field, before + t.of("calendar.form.noInterval", part.strip()));
                }
            }
            return hours;
        }

        NavigableMap<LocalDate, SpecialDay> days(String text) {
            var days = new TreeMap<LocalDate, SpecialDay>();
            int number = 0;
            for (String line : text.lines().toList()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                String before = t.of("calendar.form.line", number);
                Matcher match = SPECIAL.matcher(line.strip());
                LocalDate date = match.matches() ? date(match.group(1)) : null;
                if (date == null) {
                    wrong("days", before + t.of("calendar.form.noDay", line.strip()));
                    continue;
                }
                List<Hours> hours = match.group(2).equals("-") ? List.of() : hours("days", match.group(2), before);
                if (days.putIfAbsent(date, new SpecialDay(name(match.group(3)), hours)) != null) {
                    wrong("days", before + t.of("calendar.form.dayTwice", date));
                }
            }
            return days;
        }

        private static @Nullable LocalDate date(String text) {
            try {
                String[] parts = text.split("-", -1);
                LocalDate date = LocalDate.of(
                        Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
                return YearPicture.hasYear(date.getYear()) ? date : null;
            } catch (DateTimeException e) {
                return null;
            }
        }

        private static Label name(String text) {
            int cut = text.indexOf(" / ");
            return cut < 0
                    ? new Label(text.strip(), text.strip())
                    : new Label(
                            text.substring(0, cut).strip(),
                            text.substring(cut + 3).strip());
        }
    }
}
