package io.bihuan.calendar.web;

import io.bihuan.calendar.CalendarDefinition;
import io.bihuan.calendar.Calendars;
import io.bihuan.calendar.DayKind;
import io.bihuan.calendar.Holidays;
import io.bihuan.calendar.WorkCalendar;
import io.bihuan.calendar.YearTasks;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.pack.Label;
import io.bihuan.platform.Actor;
import io.bihuan.web.Texts;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What both pages say in the same words: tasks, versions, runs of days. */
@Component
class Lines {
    private static final int MOST_VERSIONS = 20;

    private final Calendars calendars;
    private final YearTasks tasks;
    private final Staff staff;

    Lines(Calendars calendars, YearTasks tasks, Staff staff) {
        this.calendars = calendars;
        this.tasks = tasks;
        this.staff = staff;
    }

    /** The open tasks, of all sets or of one. */
    List<CalendarsPage.TaskLine> tasks(@Nullable String holidays, Texts t) {
        return tasks.open().stream()
                .filter(task -> holidays == null || holidays.equals(task.holidays()))
                .map(task -> new CalendarsPage.TaskLine(
                        t.of("calendar.task." + task.cause().name(), task.year(), label(task.holidays(), t)),
                        "/desk/holidays/" + task.holidays() + "#import"))
                .toList();
    }

    /** A name for those sets that have one, else the code. */
    String label(String holidays, Texts t) {
        String key = "calendar.set." + holidays;
        return t.has(key) ? t.of(key) : holidays;
    }

    List<CalendarPage.VersionLine> versions(String calendar, Texts t) {
        List<Calendars.Version> versions = calendars.versions(calendar);
        return lines(versions, number -> changes(versions, number, calendar, t), t);
    }

    List<CalendarPage.VersionLine> holidayVersions(String set, Texts t) {
        List<Calendars.Version> versions = calendars.holidayVersions(set);
        return lines(
                versions,
                number -> {
                    Holidays now = calendars.holidays(set, versions.get(number).version());
                    return number + 1 == versions.size()
                            ? List.of(t.of("calendar.change.first"))
                            : facts(
                                    calendars.holidays(
                                            set, versions.get(number + 1).version()),
                                    now,
                                    t);
                },
                t);
    }

    private List<CalendarPage.VersionLine> lines(
            List<Calendars.Version> versions, java.util.function.IntFunction<List<String>> changes, Texts t) {
        List<Calendars.Version> shown = versions.subList(0, Math.min(MOST_VERSIONS, versions.size()));
        Map<UUID, StaffMember> people = staff.names(shown.stream()
                .filter(version -> version.by().kind() == Actor.Kind.STAFF)
                .map(version -> UUID.fromString(version.by().id()))
                .collect(Collectors.toSet()));
        var lines = new ArrayList<CalendarPage.VersionLine>();
        for (int i = 0; i < shown.size(); i++) {
            Calendars.Version version = shown.get(i);
            lines.add(new CalendarPage.VersionLine(
                    version.version(),
                    version.at(),
                    who(version.by(), people, t),
                    version.reason().equals(Calendars.SHIPPED) ? t.of("calendar.reason.shipped") : version.reason(),
                    changes.apply(i)));
        }
        return lines;
    }

    private static String who(Actor by, Map<UUID, StaffMember> people, Texts t) {
        if (by.kind() != Actor.Kind.STAFF) {
            return t.of("calendar.by.system");
        }
        StaffMember member = people.get(UUID.fromString(by.id()));
        return member == null ? t.of("calendar.by.unknown") : member.name();
    }

    private List<String> changes(List<Calendars.Version> versions, int number, String name, Texts t) {
        if (number + 1 == versions.size()) {
            return List.of(t.of("calendar.change.first"));
        }
        WorkCalendar now = calendars.get(name, versions.get(number).version());
        WorkCalendar before = calendars.get(name, versions.get(number + 1).version());
        CalendarDefinition one = before.definition();
        CalendarDefinition other = now.definition();
        var changes = new ArrayList<String>();
        List<DayOfWeek> days = Stream.of(DayOfWeek.values())
                .filter(day -> !one.hours(day).equals(other.hours(day)))
                .toList();
        for (DayOfWeek day : days) {
            changes.add(t.of(
                    "calendar.change.hours",
                    t.of("calendar.day." + day.name()),
                    hours(one.hours(day), t),
                    hours(other.hours(day), t)));
        }
        if (!one.makeUp().equals(other.makeUp())) {
            changes.add(t.of(
                    "calendar.change.hours",
                    t.of(DayKind.MAKE_UP_DAY),
                    hours(one.makeUp(), t),
                    hours(other.makeUp(), t)));
        }
        if (!one.onHolidays().equals(other.onHolidays())) {
            changes.add(t.of(
                    "calendar.change.hours",
                    t.of(DayKind.HOLIDAY),
                    hours(one.onHolidays(), t),
                    hours(other.onHolidays(), t)));
        }
        days(one.days(), other.days(), "calendar.change.dayAdded", changes, t);
        days(other.days(), one.days(), "calendar.change.dayRemoved", changes, t);
        if (!one.zone().equals(other.zone())) {
            changes.add(t.of("calendar.change.zone", one.zone(), other.zone()));
        }
        if (!Objects.equals(before.holidays(), now.holidays())) {
            Holidays old = before.holidays();
            Holidays facts = now.holidays();
            if (old != null && facts != null && old.name().equals(facts.name())) {
                changes.addAll(facts(old, facts, t));
            } else {
                changes.add(t.of("calendar.change.holidays"));
            }
        }
        return changes.isEmpty() ? List.of(t.of("calendar.change.other")) : changes;
    }

    private static String hours(List<io.bihuan.calendar.Hours> hours, Texts t) {
        return hours.isEmpty() ? t.of("calendar.none") : YearPicture.hours(hours, t);
    }

    private static void days(
            NavigableMap<LocalDate, CalendarDefinition.SpecialDay> before,
            NavigableMap<LocalDate, CalendarDefinition.SpecialDay> after,
            String key,
            List<String> changes,
            Texts t) {
        after.forEach((date, day) -> {
            if (!day.equals(before.get(date))) {
                changes.add(t.of(key, date, day.name().in(t.locale()), hours(day.hours(), t)));
            }
        });
    }

    private static List<String> facts(Holidays before, Holidays after, Texts t) {
        var years = new java.util.TreeSet<>(before.years());
        years.addAll(after.years());
        years.removeIf(year -> before.of(year).equals(after.of(year)));
        return List.of(t.of(
                "calendar.change.facts",
                years.stream().map(String::valueOf).collect(Collectors.joining(t.of("calendar.comma")))));
    }

    /** Days off and working days, in order, those in a row with one name together. */
    static List<HolidaysPage.DayLine> runs(Map<LocalDate, Label> daysOff, Map<LocalDate, Label> makeUpDays, Texts t) {
        record Run(LocalDate from, LocalDate to, Label name, DayKind kind) {}
        var all = new TreeMap<LocalDate, Run>();
        daysOff.forEach((date, name) -> all.put(date, new Run(date, date, name, DayKind.HOLIDAY)));
        makeUpDays.forEach((date, name) -> all.put(date, new Run(date, date, name, DayKind.MAKE_UP_DAY)));
        var runs = new ArrayList<Run>();
        for (Run day : all.values()) {
            Run last = runs.isEmpty() ? null : runs.getLast();
            if (last != null
                    && last.to().plusDays(1).equals(day.from())
                    && last.name().equals(day.name())
                    && last.kind() == day.kind()) {
                runs.set(runs.size() - 1, new Run(last.from(), day.to(), day.name(), day.kind()));
            } else {
                runs.add(day);
            }
        }
        return runs.stream()
                .map(run -> new HolidaysPage.DayLine(
                        run.from().equals(run.to())
                                ? t.of("calendar.dayAndWeekday", run.from(), weekday(run.from(), t))
                                : t.of(
                                        "calendar.fromTo",
                                        t.of("calendar.dayAndWeekday", run.from(), weekday(run.from(), t)),
                                        t.of("calendar.dayAndWeekday", run.to(), weekday(run.to(), t))),
                        t.of(run.kind()),
                        YearPicture.css(run.kind(), run.kind() == DayKind.HOLIDAY),
                        run.name().in(t.locale()),
                        (int) (run.to().toEpochDay() - run.from().toEpochDay() + 1)))
                .toList();
    }

    private static String weekday(LocalDate date, Texts t) {
        return t.of("calendar.day." + date.getDayOfWeek().name());
    }
}
