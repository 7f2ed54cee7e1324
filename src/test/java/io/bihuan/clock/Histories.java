package io.bihuan.clock;

import io.bihuan.clock.DeadlineOracle.Still;
import io.bihuan.clock.DeadlineOracle.Way;
import io.bihuan.clock.PlainCalendar.Notices;
import io.bihuan.clock.PlainCalendar.Span;
import io.bihuan.pack.Label;
import io.bihuan.pack.Severity;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Random lives of a clock, and what the application and the oracle say of them. */
final class Histories {
    /** A policy's way of counting, with an amount for each severity. */
    record Rule(
            Unit unit,
            PlainCalendar calendar,
            boolean startDayCounts,
            boolean rollsForward,
            boolean inclusive,
            boolean closes,
            @Nullable LocalTime cutOff,
            int general,
            int urgent) {
        Way until(long moment) {
            return new Way(unit, calendar, startDayCounts, rollsForward, inclusive, closes, cutOff, moment);
        }

        int amount(Severity severity) {
            return severity == Severity.GENERAL ? general : urgent;
        }

        Rule with(PlainCalendar other) {
            return new Rule(unit, other, startDayCounts, rollsForward, inclusive, closes, cutOff, general, urgent);
        }
    }

    sealed interface Event {
        long at();
    }

    record Paused(long at) implements Event {}

    record Resumed(long at) implements Event {}

    record Extended(long at, int amount) implements Event {}

    record Rebased(long at, Rule rule) implements Event {}

    record Graded(long at, Severity severity) implements Event {}

    /** New facts: this clock ends, another one starts. */
    record Restarted(long at) implements Event {}

    /** All instants in seconds; {@code stop} is when it was done. */
    record History(long start, Rule rule, List<WarnPoint> points, List<Event> events, long stop) {
        @Override
        public String toString() {
            var lines =
                    new StringBuilder("start " + Instant.ofEpochSecond(start) + " by " + rule + "\npoints " + points);
            events.forEach(event -> lines.append('\n')
                    .append(Instant.ofEpochSecond(event.at()))
                    .append(' ')
                    .append(event));
            return lines + "\nstop " + Instant.ofEpochSecond(stop);
        }
    }

    private static final String ACTOR = "system:-";
    private static final List<ZoneId> ZONES = IntStream.range(0, 16)
            .mapToObj(i -> ZoneId.of(
                    switch (i) {
                        case 0, 1 -> "Europe/London";
                        case 2, 3 -> "America/New_York";
                        case 4 -> "Australia/Lord_Howe";
                        case 5 -> "America/Havana";
                        case 6 -> "Africa/Cairo";
                        case 7 -> "Asia/Kathmandu";
                        default -> "Asia/Shanghai";
                    }))
            .toList();
    private static final List<Unit> UNITS = List.of(Unit.values());
    private static final LocalDate FIRST = LocalDate.of(2025, 1, 1);
    private static final Map<Long, List<PlainCalendar>> POOLS = new HashMap<>();

    private final SplittableRandom random;
    private final List<PlainCalendar> calendars;

    private Histories(long seed) {
        this.random = new SplittableRandom(seed);
        this.calendars = POOLS.computeIfAbsent(Math.floorMod(seed, 8L), Histories::calendars);
    }

    static History random(long seed) {
        return new Histories(seed).history();
    }

    // ---- what both say ----

    /** In what the application differs from the oracle; empty when in nothing. */
    static List<String> differences(History history) {
        var differences = new ArrayList<String>();
        Told told = told(history);
        Clock clock = played(history);
        DeadlineOracle oracle = told.oracle(told.stills);
        compare(differences, "due", clock.dueAt(), oracle.due());
        for (WarnPoint point : history.points) {
            compare(differences, point.toString(), clock.warningAt(point), at(oracle, point));
        }
        if (!clock.recounted().equals(clock)) {
            differences.add("counted once more: " + clock.recounted());
        }
        var ended = new ArrayList<>(told.stills);
        if (told.pausedFrom != null) {
            ended.add(new Still(told.pausedFrom, Math.max(told.pausedFrom, history.stop)));
        }
        DeadlineOracle atTheEnd = told.oracle(ended);
        Clock stopped = clock.stopped(Instant.ofEpochSecond(history.stop));
        compare(differences, "due when done", stopped.dueAt(), atTheEnd.due());
        compare(
                differences,
                "done",
                stopped.state(),
                Instant.ofEpochSecond(history.stop).isAfter(atTheEnd.due()) ? ClockState.MISSED : ClockState.MET);
        compareAssumed(differences, clock, oracle);
        return differences;
    }

    private static void compareAssumed(List<String> differences, Clock clock, DeadlineOracle oracle) {
        SortedSet<LocalDate> dates = oracle.assumed();
        Integer year = dates.isEmpty() ? null : (Integer) dates.first().getYear();
        compare(differences, "assumed year", clock.assumedYear(), year);
    }

    private static void compare(
            List<String> differences, String what, @Nullable Object application, @Nullable Object oracle) {
        if (!Objects.equals(application, oracle)) {
            differences.add(what + ": the application says " + application + ", the oracle " + oracle);
        }
    }

    private static Instant at(DeadlineOracle oracle, WarnPoint point) {
        return switch (point.kind()) {
            case PERCENT -> oracle.percent(point.value());
            case BEFORE -> oracle.before(point.value());
            case AFTER -> oracle.after(point.value());
        };
    }

    /** The smallest history like this one in which they still differ. */
    static History shrunk(History history) {
        History smallest = history;
        for (boolean isSmaller = true; isSmaller; ) {
            isSmaller = false;
            for (History candidate : smaller(smallest)) {
                if (!fails(candidate).isEmpty()) {
                    smallest = candidate;
                    isSmaller = true;
                    break;
                }
            }
        }
        return smallest;
    }

    private static List<String> fails(History history) {
        try {
            return differences(history);
        } catch (IllegalStateException endless) {
            return List.of();
        }
    }

    private static List<History> smaller(History history) {
        var smaller = new ArrayList<History>();
        for (int i = history.events.size() - 1; i >= 0; i--) {
            var fewer = new ArrayList<>(history.events);
            fewer.remove(i);
            smaller.add(new History(history.start, history.rule, history.points, fewer, history.stop));
            if (history.events.get(i) instanceof Rebased rebased) {
                for (Rule rule : simpler(rebased.rule)) {
                    var other = new ArrayList<>(history.events);
                    other.set(i, new Rebased(rebased.at, rule));
                    smaller.add(new History(history.start, history.rule, history.points, other, history.stop));
                }
            }
        }
        for (int i = 0; i < history.points.size(); i++) {
            var fewer = new ArrayList<>(history.points);
            fewer.remove(i);
            smaller.add(new History(history.start, history.rule, fewer, history.events, history.stop));
        }
        for (Rule rule : simpler(history.rule)) {
            smaller.add(new History(history.start, rule, history.points, history.events, history.stop));
        }
        return smaller;
    }

    private static List<Rule> simpler(Rule rule) {
        var simpler = new ArrayList<Rule>();
        PlainCalendar plain = new PlainCalendar(
                "plain",
                rule.calendar.zone,
                workWeek(List.of(new Span(540, 1080))),
                Map.of(),
                null,
                List.of(),
                List.of());
        if (!rule.calendar.name.equals("plain")) {
            simpler.add(rule.with(plain));
        }
        for (int bit = 0; bit < 6; bit++) {
            Rule other = new Rule(
                    rule.unit,
                    rule.calendar,
                    rule.startDayCounts && bit != 0,
                    rule.rollsForward && bit != 1,
                    rule.inclusive || bit == 2,
                    rule.closes && bit != 3,
                    bit == 4 ? null : rule.cutOff,
                    bit == 5 ? (rule.general + 1) / 2 : rule.general,
                    bit == 5 ? (rule.urgent + 1) / 2 : rule.urgent);
            if (!other.equals(rule)) {
                simpler.add(other);
            }
        }
        return simpler;
    }

    // ---- the application ----

    static Clock played(History history) {
        Clock clock = started(history.rule, history.points, Severity.GENERAL, history.start);
        Rule rule = history.rule;
        for (Event event : history.events) {
            clock = happened(clock, rule, event, history.points);
            rule = event instanceof Rebased rebased ? rebased.rule : rule;
        }
        return clock;
    }

    private static Clock started(Rule rule, List<WarnPoint> points, Severity severity, long at) {
        return Clock.started(
                new UUID(0, 1),
                new Subject("toy", new UUID(0, 2)),
                new PolicyVersion("toy", 1, 0, terms(rule, points)),
                rule.calendar.real(),
                severity,
                Instant.ofEpochSecond(at));
    }

    private static Clock happened(Clock clock, Rule rule, Event event, List<WarnPoint> points) {
        Instant at = Instant.ofEpochSecond(event.at());
        return switch (event) {
            case Paused paused ->
                clock.state() == ClockState.RUNNING ? clock.paused(new Pause("R", ACTOR, at, null)) : clock;
            case Resumed resumed -> clock.state() == ClockState.PAUSED ? clock.resumed(at) : clock;
            case Extended extended -> clock.extended(new Extension(1, extended.amount, ACTOR, "COMPLEX", at));
            case Rebased rebased ->
                clock.rebased(
                        new PolicyVersion("toy", 1, 1, terms(rebased.rule, points)),
                        rebased.rule.calendar.real(),
                        ACTOR,
                        "better",
                        at);
            case Graded graded -> clock.withSeverity(graded.severity, rule.amount(graded.severity), at);
            case Restarted restarted -> started(rule, points, clock.severity(), event.at());
        };
    }

    private static ClockPolicy terms(Rule rule, List<WarnPoint> points) {
        return new ClockPolicy(
                "solve",
                new Label("解决", "Solve"),
                "registered",
                Set.of("solved"),
                Set.of(),
                new Counting(
                        rule.unit,
                        rule.startDayCounts,
                        rule.rollsForward,
                        rule.inclusive,
                        rule.closes ? DayEnd.CLOSE : DayEnd.MIDNIGHT,
                        rule.cutOff),
                rule.calendar.name,
                Map.of(Severity.GENERAL, rule.general, Severity.URGENT, rule.urgent, Severity.MAJOR, rule.urgent),
                Grade.LEGAL,
                points,
                List.of(),
                List.of(),
                Dispatch.SENT,
                null,
                null,
                null);
    }

    // ---- the oracle ----

    private record Granted(int amount, Unit unit) {}

    /** What of a history matters to the oracle. */
    private static final class Told {
        long start;
        Rule rule;
        Severity severity = Severity.GENERAL;
        int amount;
        final List<Granted> extensions = new ArrayList<>();
        final List<Way> ways = new ArrayList<>();
        final List<Still> stills = new ArrayList<>();

        @Nullable
        Long pausedFrom;

        Told(long start, Rule rule) {
            this.start = start;
            this.rule = rule;
            this.amount = rule.general;
        }

        DeadlineOracle oracle(List<Still> pauses) {
            var all = new ArrayList<>(ways);
            all.add(rule.until(DeadlineOracle.FOREVER));
            int whole = amount;
            for (Granted granted : extensions) {
                // What was granted in another unit is gone.
                whole += granted.unit == rule.unit ? granted.amount : 0;
            }
            return new DeadlineOracle(start, all, whole, pauses);
        }
    }

    private static Told told(History history) {
        var told = new Told(history.start, history.rule);
        for (Event event : history.events) {
            switch (event) {
                case Paused paused -> told.pausedFrom = told.pausedFrom == null ? (Long) paused.at : told.pausedFrom;
                case Resumed resumed -> {
                    if (told.pausedFrom != null) {
                        told.stills.add(new Still(told.pausedFrom, resumed.at));
                        told.pausedFrom = null;
                    }
                }
                case Extended extended -> told.extensions.add(new Granted(extended.amount, told.rule.unit));
                case Rebased rebased -> {
                    told.ways.add(told.rule.until(rebased.at));
                    told.rule = rebased.rule;
                    told.amount = rebased.rule.amount(told.severity);
                }
                case Graded graded -> {
                    told.severity = graded.severity;
                    told.amount = told.rule.amount(graded.severity);
                }
                case Restarted restarted -> {
                    told.start = restarted.at;
                    told.amount = told.rule.amount(told.severity);
                    told.extensions.clear();
                    told.ways.clear();
                    told.stills.clear();
                    told.pausedFrom = null;
                }
            }
        }
        return told;
    }

    // ---- chance ----

    private History history() {
        Rule rule = rule(calendars.get(random.nextInt(calendars.size())));
        long start = startNearAnEdge(rule);
        List<WarnPoint> points = List.of(
                WarnPoint.percent(1 + random.nextInt(99)),
                WarnPoint.percent(1 + random.nextInt(99)),
                WarnPoint.percent(100),
                WarnPoint.percent(101 + random.nextInt(random.nextInt(8) == 0 ? 200 : 60)),
                WarnPoint.parse("-" + (1 + random.nextInt(3_000)) + "m"),
                WarnPoint.parse("+" + (1 + random.nextInt(3_000)) + "m"));
        var events = new ArrayList<Event>();
        Clock clock = started(rule, points, Severity.GENERAL, start);
        Rule now = rule;
        int many = random.nextInt(7);
        for (int i = 0; i < many; i++) {
            long at = later(events.isEmpty() ? start : events.getLast().at(), clock.dueAt(), now.calendar);
            if (!events.isEmpty() && events.getLast() instanceof Rebased) {
                // What is granted at the very moment of a re-base was granted before it.
                at = Math.max(at, events.getLast().at() + 1);
            }
            Event event =
                    switch (random.nextInt(12)) {
                        case 0 -> new Extended(at, amount(now.unit, 4));
                        case 1, 2 -> new Rebased(at, other(now));
                        case 3 -> new Graded(at, random.nextBoolean() ? Severity.URGENT : Severity.GENERAL);
                        case 4 -> random.nextInt(3) == 0 ? new Restarted(at) : new Paused(at);
                        default -> clock.state() == ClockState.PAUSED ? new Resumed(at) : new Paused(at);
                    };
            events.add(event);
            clock = happened(clock, now, event, points);
            now = event instanceof Rebased rebased ? rebased.rule : now;
        }
        long stop = later(events.isEmpty() ? start : events.getLast().at(), clock.dueAt(), now.calendar);
        return new History(start, rule, points, events, stop);
    }

    private Rule other(Rule rule) {
        PlainCalendar calendar = random.nextBoolean() ? rule.calendar : calendars.get(random.nextInt(calendars.size()));
        Rule other = rule(calendar);
        if (random.nextInt(4) == 0) {
            return other;
        }
        Unit unit = rule.unit.isOfDays() == other.unit.isOfDays() ? other.unit : rule.unit;
        return new Rule(
                unit,
                calendar,
                other.startDayCounts,
                other.rollsForward,
                other.inclusive,
                other.closes,
                other.cutOff,
                amount(unit, 1),
                amount(unit, 1));
    }

    private Rule rule(PlainCalendar calendar) {
        Unit unit = UNITS.get(random.nextInt(UNITS.size()));
        return new Rule(
                unit,
                calendar,
                random.nextInt(4) == 0,
                random.nextInt(3) == 0,
                random.nextInt(4) != 0,
                random.nextInt(3) == 0,
                random.nextInt(3) == 0 ? LocalTime.of(12 + random.nextInt(8), 15 * random.nextInt(4)) : null,
                amount(unit, 1),
                amount(unit, 1));
    }

    private int amount(Unit unit, int part) {
        int most =
                switch (unit) {
                    case MINUTE -> 40 * 24 * 60;
                    case BUSINESS_MINUTE -> 4_000;
                    case CALENDAR_DAY -> 70;
                    case WORKING_DAY -> 40;
                    case MONTH -> 8;
                };
        // Often short, sometimes long.
        return 1 + (int) (Math.pow(random.nextDouble(), 3) * most / part);
    }

    private long startNearAnEdge(Rule rule) {
        PlainCalendar calendar = rule.calendar;
        LocalDate date = FIRST.plusDays(random.nextInt(800));
        switch (random.nextInt(6)) {
            case 0 -> date = LocalDate.of(2026, 9, 20).plusDays(random.nextInt(15));
            case 1 -> date = LocalDate.of(2026, 2, 1).plusDays(random.nextInt(25));
            case 2 -> {
                ZoneOffsetTransition change =
                        calendar.zone.getRules().nextTransition(Instant.ofEpochSecond(date.toEpochDay() * 86_400));
                if (change != null) {
                    date = change.getDateTimeBefore().toLocalDate().minusDays(random.nextInt(3));
                }
            }
            default -> {}
        }
        if (random.nextInt(4) == 0) {
            return calendar.begin(date) + random.nextInt(86_400);
        }
        return edge(calendar, date, rule.cutOff);
    }

    private long edge(PlainCalendar calendar, LocalDate date, @Nullable LocalTime cutOff) {
        var minutes = new ArrayList<>(List.of(0, 1_440));
        for (Span span : calendar.hours(date)) {
            minutes.add(span.from());
            minutes.add(span.to());
        }
        if (cutOff != null) {
            minutes.add(cutOff.toSecondOfDay() / 60);
        }
        int beside =
                switch (random.nextInt(6)) {
                    case 0 -> 1;
                    case 1 -> -1;
                    case 2 -> random.nextInt(-120, 120);
                    default -> 0;
                };
        return calendar.begin(date) + minutes.get(random.nextInt(minutes.size())) * 60L + beside;
    }

    private long later(long before, Instant due, PlainCalendar calendar) {
        long at =
                switch (random.nextInt(9)) {
                    case 0 -> before + random.nextInt(3);
                    case 1 -> before + random.nextInt(7_200);
                    case 2 -> before + random.nextInt(200_000);
                    case 3 -> before + random.nextInt(3_000_000);
                    case 4, 5 -> due.getEpochSecond() + random.nextInt(-1, 2);
                    default -> edge(calendar, calendar.date(before + random.nextInt(600_000)), null);
                };
        return Math.max(before, at);
    }

    private static List<PlainCalendar> calendars(long seed) {
        var random = new SplittableRandom(seed);
        var calendars = new ArrayList<PlainCalendar>();
        for (int i = 0; i < 30; i++) {
            calendars.add(calendar("c" + i, random));
        }
        return calendars;
    }

    private static PlainCalendar calendar(String name, SplittableRandom random) {
        var week = new EnumMap<DayOfWeek, List<Span>>(DayOfWeek.class);
        if (random.nextBoolean()) {
            week.putAll(workWeek(hours(random)));
        }
        for (DayOfWeek day : DayOfWeek.values()) {
            if (random.nextInt(3) == 0) {
                week.put(day, random.nextInt(3) == 0 ? List.of() : hours(random));
            }
        }
        int minutes = week.values().stream()
                .flatMap(List::stream)
                .mapToInt(span -> span.to() - span.from())
                .sum();
        if (minutes < 600) {
            // With a minute of work a week a limit of hours ends in centuries.
            week.putAll(workWeek(List.of(new Span(540, 1_080))));
        }
        var own = new HashMap<LocalDate, List<Span>>();
        for (int i = random.nextInt(60); i > 0; i--) {
            own.put(
                    FIRST.plusDays(random.nextInt(900)),
                    random.nextBoolean()
                            ? List.of()
                            : random.nextBoolean() ? List.of(new Span(540, 720)) : hours(random));
        }
        return new PlainCalendar(
                name,
                ZONES.get(random.nextInt(ZONES.size())),
                week,
                own,
                random.nextInt(4) == 0 ? null : notices(random),
                random.nextInt(4) == 0 ? hours(random) : List.of(),
                random.nextInt(6) == 0 ? List.of() : hours(random));
    }

    static Map<DayOfWeek, List<Span>> workWeek(List<Span> hours) {
        var week = new EnumMap<DayOfWeek, List<Span>>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.getValue() < 6) {
                week.put(day, hours);
            }
        }
        return week;
    }

    private static List<Span> hours(SplittableRandom random) {
        return switch (random.nextInt(9)) {
            case 0, 1 -> List.of(new Span(540, 1_080));
            case 2, 3 -> List.of(new Span(510, 720), new Span(840, 1_050));
            case 4 -> List.of(new Span(0, 1_440));
            case 5 -> List.of(new Span(0, 360), new Span(1_320, 1_440));
            case 6 -> List.of(new Span(90, 150), new Span(600, 660), new Span(1_000, 1_001));
            case 7 -> List.of(new Span(60, 120));
            default -> {
                int from = random.nextInt(1_400);
                yield List.of(new Span(from, from + 1 + random.nextInt(1_440 - from)));
            }
        };
    }

    private static Notices notices(SplittableRandom random) {
        var off = new HashSet<LocalDate>();
        var makeUp = new HashSet<LocalDate>();
        PrcDays.OFF.forEach(off::add);
        makeUp.addAll(PrcDays.MAKE_UP);
        if (random.nextInt(3) == 0) {
            for (int i = random.nextInt(40); i > 0; i--) {
                LocalDate date = FIRST.plusDays(random.nextInt(900));
                if (!makeUp.contains(date)) {
                    off.add(date);
                }
            }
        }
        return new Notices(
                off,
                makeUp,
                random.nextInt(5) == 0 ? Set.of(2025) : random.nextInt(5) == 0 ? Set.of() : Set.of(2025, 2026));
    }
}
