package io.bihuan.calendar;

import io.bihuan.calendar.CalendarDefinition.Extra;
import io.bihuan.calendar.CalendarDefinition.SpecialDay;
import io.bihuan.pack.Label;
import io.bihuan.pack.PackNode;
import io.bihuan.pack.PackPart;
import io.bihuan.web.Misread;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads the list {@code calendars} of a pack, which may be left out. */
@Component
class CalendarsPart implements PackPart<PackCalendars> {
    private static final Pattern FOR = Pattern.compile("(department|channel|outlet):(\\S+)");

    /** What a stand-in that adds hours takes from the calendar below it. */
    private static final List<String> FROM_BELOW = List.of("zone", "week", "holidays", "makeUp", "onHolidays");

    /** What of a calendar is known before the others are. */
    private record Read(CalendarDefinition definition, PackNode node) {}

    @Override
    public String name() {
        return "calendars";
    }

    @Override
    public Class<PackCalendars> type() {
        return PackCalendars.class;
    }

    @Override
    public boolean required() {
        return false;
    }

    @Override
    public PackCalendars read(PackNode node) {
        var read = new ArrayList<Read>();
        for (PackNode each : node.children()) {
            CalendarDefinition definition = calendar(each);
            if (definition != null) {
                read.add(new Read(definition, each));
            }
        }
        var byName = new HashMap<String, CalendarDefinition>();
        byName.put(WorkCalendar.ALWAYS, CalendarDefinition.always(ZoneOffset.UTC));
        byName.put(ShippedFacts.WORKDAYS_CN, ShippedFacts.workdaysCn());
        read.forEach(each -> byName.put(each.definition().name(), each.definition()));
        var standIns = new HashMap<String, String>();
        return new PackCalendars(read.stream()
                .map(each -> new PackCalendars.Entry(
                        placed(each, byName, standIns), each.node().position()))
                .toList());
    }

    private static @Nullable CalendarDefinition calendar(PackNode node) {
        String name = node.define("calendar", "name");
        if (ShippedNames.CALENDARS.contains(name)) {
            node.problemAt("name", "calendar.problem.shipped", name);
        }
        Label label = node.label("label");
        NavigableMap<LocalDate, SpecialDay> days = days(node);
        String over = over(node);
        Set<String> appliesTo = appliesTo(node, over);
        if (node.has("adds")) {
            Extra extra = extra(node.child("adds"), days);
            if (over == null) {
                node.problemAt("adds", "calendar.problem.addsToNone");
            }
            for (String key : FROM_BELOW) {
                if (node.has(key)) {
                    node.problemAt(key, "calendar.problem.fromBelow");
                    node.child(key);
                }
            }
            // The true hours come with the calendar below; these stand in until then.
            return new CalendarDefinition(
                    name,
                    label,
                    ZoneOffset.UTC,
                    Map.of(DayOfWeek.MONDAY, List.of(Hours.WHOLE_DAY)),
                    null,
                    List.of(),
                    List.of(),
                    days,
                    over,
                    appliesTo,
                    extra);
        }
        ZoneId zone = zone(node);
        PackNode weekNode = node.child("week");
        Map<DayOfWeek, List<Hours>> week = week(weekNode);
        String holidays = node.optionalText("holidays");
        if (holidays != null && !holidays.isEmpty() && !ShippedNames.HOLIDAYS.contains(holidays)) {
            node.child("holidays").unknown("holiday set", holidays, ShippedNames.HOLIDAYS);
        }
        List<Hours> makeUp = holidays == null ? ofNoHolidays(node, "makeUp") : hours(node.child("makeUp"));
        List<Hours> onHolidays = holidays == null
                ? ofNoHolidays(node, "onHolidays")
                : node.optionalChild("onHolidays").map(CalendarsPart::hours).orElse(List.of());
        if (week.values().stream().allMatch(List::isEmpty)) {
            weekNode.problem("calendar.problem.noHours");
            return null;
        }
        return new CalendarDefinition(
                name, label, zone, week, holidays, makeUp, onHolidays, days, over, appliesTo, null);
    }

    private static List<Hours> ofNoHolidays(PackNode node, String key) {
        if (node.has(key)) {
            node.problemAt(key, "calendar.problem.needsHolidays");
            node.child(key);
        }
        return List.of();
    }

    private static @Nullable String over(PackNode node) {
        if (!node.has("over")) {
            return null;
        }
        String over = node.text("over");
        return over.isEmpty() || ShippedNames.CALENDARS.contains(over) ? over : node.refer("calendar", "over");
    }

    private static Set<String> appliesTo(PackNode node, @Nullable String over) {
        var keys = new LinkedHashSet<String>();
        if (over == null) {
            if (node.has("for")) {
                node.problemAt("for", "calendar.problem.needsOver");
                node.child("for");
            }
            return keys;
        }
        PackNode list = node.child("for");
        for (PackNode each : list.children()) {
            String key = each.text();
            var match = FOR.matcher(key);
            if (key.isEmpty()) {
                continue;
            }
            if (!match.matches()) {
                each.problem("calendar.problem.forNobody", key);
            } else if (!keys.add(key)) {
                each.problem("pack.problem.writtenTwice", key);
            } else if (match.group(1).equals("department")) {
                each.mention("department", match.group(2));
            }
        }
        if (list.children().isEmpty()) {
            list.problem("calendar.problem.emptyFor");
        }
        return keys;
    }

    private static ZoneId zone(PackNode node) {
        String zone = node.text("zone");
        if (!zone.isEmpty()) {
            // Only names of regions: an offset has no daylight saving and would be wrong for half a year.
            if (ZoneId.getAvailableZoneIds().contains(zone)) {
                return ZoneId.of(zone);
            }
            node.problemAt("zone", "calendar.problem.unknownZone", zone);
        }
        return ZoneOffset.UTC;
    }

    private static Extra extra(PackNode node, NavigableMap<LocalDate, SpecialDay> days) {
        Map<DayOfWeek, List<Hours>> week =
                node.optionalChild("week").map(CalendarsPart::week).orElse(Map.of());
        List<Hours> makeUp =
                node.optionalChild("makeUp").map(CalendarsPart::hours).orElse(List.of());
        List<Hours> onHolidays =
                node.optionalChild("onHolidays").map(CalendarsPart::hours).orElse(List.of());
        if (week.values().stream().allMatch(List::isEmpty) && makeUp.isEmpty() && onHolidays.isEmpty()) {
            node.problem("calendar.problem.addsNothing");
        }
        return new Extra(week, makeUp, onHolidays, days);
    }

    private static Map<DayOfWeek, List<Hours>> week(PackNode node) {
        var week = new EnumMap<DayOfWeek, List<Hours>>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            node.optionalChild(day.name()).ifPresent(hours -> week.put(day, hours(hours)));
        }
        return week;
    }

    private static List<Hours> hours(PackNode node) {
        var hours = new ArrayList<Hours>();
        for (PackNode each : node.children()) {
            try {
                Hours next = Hours.parse(each.scalar());
                for (Hours before : hours) {
                    Hours[] overlap = Hours.overlap(List.of(before, next));
                    if (overlap != null) {
                        each.problem("calendar.problem.overlap", next, before);
                    }
                }
                hours.add(next);
            } catch (Misread e) {
                each.problem(e.phrase());
            }
        }
        return hours;
    }

    private static NavigableMap<LocalDate, SpecialDay> days(PackNode node) {
        var days = new TreeMap<LocalDate, SpecialDay>();
        for (PackNode each : node.children("days")) {
            Label name = each.label("name");
            List<Hours> hours = hours(each.child("hours"));
            PackNode at = each.child("date");
            String text = at.scalar();
            if (text.isEmpty()) {
                continue;
            }
            try {
                if (days.putIfAbsent(LocalDate.parse(text), new SpecialDay(name, hours)) != null) {
                    at.problem("calendar.problem.dayTwice", text);
                }
            } catch (DateTimeException e) {
                at.problem("calendar.problem.noDate", text);
            }
        }
        return days;
    }

    /** The calendar with what the one below it gives, and what only shows when all are known. */
    private static CalendarDefinition placed(
            Read read, Map<String, CalendarDefinition> byName, Map<String, String> standIns) {
        CalendarDefinition definition = read.definition();
        String over = definition.over();
        if (over == null) {
            return definition;
        }
        for (String key : definition.appliesTo()) {
            String other = standIns.putIfAbsent(over + " " + key, definition.name());
            if (other != null) {
                read.node().problemAt("for", "calendar.problem.standsInTwice", other, over, key);
            }
        }
        CalendarDefinition below = byName.get(over);
        if (below == null) {
            return definition; // an unknown name, reported with all others
        }
        if (below.over() != null) {
            read.node().problemAt("over", "calendar.problem.overStandIn", over);
            return definition;
        }
        return definition.adds() == null ? definition : definition.upon(below);
    }
}
