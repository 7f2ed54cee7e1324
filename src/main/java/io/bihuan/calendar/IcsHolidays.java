package io.bihuan.calendar;

import com.github.mangstadt.vinnie.VObjectProperty;
import com.github.mangstadt.vinnie.io.Context;
import com.github.mangstadt.vinnie.io.SyntaxRules;
import com.github.mangstadt.vinnie.io.VObjectDataListener;
import com.github.mangstadt.vinnie.io.VObjectReader;
import com.github.mangstadt.vinnie.io.Warning;
import io.bihuan.calendar.HolidayFile.Reading;
import io.bihuan.pack.Label;
import java.io.IOException;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.Freq;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;
import org.jspecify.annotations.Nullable;

/** Reads the events of an iCalendar file (RFC 5545) as days off and working days; every event must be of whole days. */
final class IcsHolidays implements VObjectDataListener {
    private static final String EVENT = "VEVENT";
    private static final String SPECIAL_DAY = "X-APPLE-SPECIAL-DAY";
    private static final Set<String> KEPT = Set.of(
            "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "SUMMARY", "STATUS", SPECIAL_DAY, "EXRULE");
    private static final DateTimeFormatter DATE = DateTimeFormatter.BASIC_ISO_DATE;
    private static final Pattern MOMENT = Pattern.compile("(\\d{8})(?:T000000)?");
    private static final Pattern LENGTH = Pattern.compile("\\+?P(?:(\\d{1,4})W|(\\d{1,4})D(?:T0+[HMS])*)");

    /** Says in a name that one works. "Labour Day" and "Workers' Day" do not. */
    private static final Pattern WORK = Pattern.compile(
            "补班|调班|(?<![不用])上班|[(（\\[【]\\s*班\\s*[)）\\]】]|[\\s\\p{Pd}:：]班$|\\b(?:make-?up (?:work(?:ing)? ?)?day|work(?:ing)?[ -]?day|work)\\b",
            Pattern.CASE_INSENSITIVE);

    /** Says in a name that one does not work. */
    private static final Pattern OFF = Pattern.compile(
            "放假|[(（\\[【]\\s*休\\s*[)）\\]】]|[\\s\\p{Pd}:：]休$|\\bday off\\b|\\bpublic holiday\\b",
            Pattern.CASE_INSENSITIVE);

    /** The marks in a name that are not part of what the holiday is called. */
    private static final Pattern MARKS = Pattern.compile(
            "\\s*[(（\\[【]\\s*[班休]\\s*[)）\\]】]|\\s*(?:调休)?(?:补班|调班|上班|放假)日?|[\\s\\p{Pd}:：]+[班休]$|[\\s\\p{Pd}:：]*\\(?\\b(?:make-?up (?:work(?:ing)? ?)?day|work(?:ing)?[ -]?day|day off)\\b\\)?",
            Pattern.CASE_INSENSITIVE);

    /** A working day of which nobody says for which holiday it is. */
    private static final Label MAKE_UP_DAY = new Label("调休上班", "Make-up day");

    private static final int LONGEST_NAME = 60;

    /** A property with the line it is on. */
    private record Line(int number, String value, @Nullable String zone) {}

    private record Event(int line, Map<String, List<Line>> properties) {}

    private final Reading reading;
    private final List<Event> events = new ArrayList<>();
    private @Nullable Event open;
    private int began;
    private boolean isWhole;

    private IcsHolidays(Reading reading) {
        this.reading = reading;
    }

    static void read(String text, Reading reading) throws IOException {
        var listener = new IcsHolidays(reading);
        try (var reader = new VObjectReader(new StringReader(text), SyntaxRules.iCalendar())) {
            reader.parse(listener);
        }
        listener.finish((int) text.lines().count());
    }

    // ---- lines ----

    @Override
    public void onComponentBegin(String name, Context context) {
        if (EVENT.equals(name)) {
            began++;
            open = new Event(context.getLineNumber(), new HashMap<>());
            if (began > HolidayFile.MOST_EVENTS) {
                reading.problem(context.getLineNumber(), "calendar.file.tooMany", HolidayFile.MOST_EVENTS);
                context.stop();
            }
        }
    }

    @Override
    public void onComponentEnd(String name, Context context) {
        Event ended = open;
        if (EVENT.equals(name) && ended != null) {
            events.add(ended);
            open = null;
        }
        if ("VCALENDAR".equals(name)) {
            isWhole = true;
        }
    }

    @Override
    public void onProperty(VObjectProperty property, Context context) {
        Event event = open;
        List<String> parents = context.getParentComponents();
        if (event == null || parents.isEmpty() || !EVENT.equals(parents.getLast())) {
            return; // the calendar itself, or an alarm within the event
        }
        String name = property.getName().toUpperCase(Locale.ROOT);
        String value = property.getValue() == null ? "" : property.getValue().strip();
        if (name.equals("RECURRENCE-ID")) {
            refuse(context, "calendar.file.recurrenceId");
        } else if (KEPT.contains(name)) {
            event.properties()
                    .computeIfAbsent(name, key -> new ArrayList<>())
                    .add(new Line(
                            context.getLineNumber(),
                            value,
                            property.getParameters().first("TZID")));
        }
    }

    @Override
    public void onVersion(String value, Context context) {
        // 1.0 and 2.0 write the same lines for what matters here.
    }

    @Override
    public void onWarning(
            Warning warning, @Nullable VObjectProperty property, @Nullable Exception cause, Context context) {
        refuse(context, "calendar.file.brokenLine");
    }

    private void refuse(Context context, String key) {
        if (!reading.problem(context.getLineNumber(), key)) {
            context.stop();
        }
    }

    // ---- events ----

    private void finish(int lines) {
        if (began > HolidayFile.MOST_EVENTS) {
            return;
        }
        if (!reading.isFull() && (!isWhole || open != null)) {
            reading.problem(lines, "calendar.file.cutOff");
            return;
        }
        // A file that marks its days off says by that which events are none.
        boolean marksDaysOff = events.stream()
                .anyMatch(event -> event.properties().containsKey(SPECIAL_DAY)
                        || OFF.matcher(summary(event)).find());
        for (Event event : events) {
            if (reading.isFull()) {
                return;
            }
            read(event, marksDaysOff);
        }
    }

    private void read(Event event, boolean marksDaysOff) {
        Line status = one(event, "STATUS");
        if (status != null && status.value().equalsIgnoreCase("CANCELLED")) {
            return;
        }
        List<LocalDate> dates = dates(event);
        if (dates == null) {
            return;
        }
        String summary = summary(event);
        Line special = one(event, SPECIAL_DAY);
        String kind = special == null ? "" : special.value().toUpperCase(Locale.ROOT);
        boolean isWork = kind.equals("ALTERNATE-WORKDAY")
                || (special == null && WORK.matcher(summary).find());
        boolean isOff = kind.equals("WORK-HOLIDAY")
                || (special == null
                        && !isWork
                        && (!marksDaysOff || OFF.matcher(summary).find()));
        if (!isWork && !isOff) {
            reading.leftOut(shortened(summary));
            return;
        }
        Line line = one(event, "DTSTART");
        int number = line == null ? event.line() : line.number();
        if (summary.isEmpty()) {
            reading.problem(event.line(), "calendar.file.noSummary");
            return;
        }
        String plain = shortened(MARKS.matcher(summary).replaceAll("").strip());
        Label name = named(plain.isEmpty() ? shortened(summary) : plain);
        Label makeUp = plain.isEmpty() ? MAKE_UP_DAY : ShippedFacts.makeUpFor(name);
        for (LocalDate date : dates) {
            if (reading.isFull()) {
                return;
            }
            if (isWork) {
                reading.makeUpDay(number, date, makeUp);
            } else {
                reading.dayOff(number, date, name);
            }
        }
    }

    /** The dates of the event; null when there is something wrong with it. */
    private @Nullable List<LocalDate> dates(Event event) {
        Line start = one(event, "DTSTART");
        if (start == null) {
            reading.problem(event.line(), "calendar.file.noStart");
            return null;
        }
        LocalDate first = wholeDay(start, start.value());
        if (first == null) {
            return null;
        }
        long days = length(event, first);
        if (days < 0) {
            return null;
        }
        var begins = new TreeSet<LocalDate>();
        begins.add(first);
        if (event.properties().containsKey("EXRULE")) {
            reading.problem(event.line(), "calendar.file.exrule");
            return null;
        }
        Line rule = one(event, "RRULE");
        if (rule != null && !recurs(rule, first, begins)) {
            return null;
        }
        for (Line line : event.properties().getOrDefault("RDATE", List.of())) {
            for (String value : line.value().split(",", -1)) {
                LocalDate date = wholeDay(line, value);
                if (date == null) {
                    return null;
                }
                begins.add(date);
            }
        }
        for (Line line : event.properties().getOrDefault("EXDATE", List.of())) {
            for (String value : line.value().split(",", -1)) {
                LocalDate date = wholeDay(line, value);
                if (date == null) {
                    return null;
                }
                begins.remove(date);
            }
        }
        var dates = new ArrayList<LocalDate>();
        for (LocalDate begin : begins) {
            for (int i = 0; i < days; i++) {
                dates.add(begin.plusDays(i));
            }
        }
        if (!dates.isEmpty() && !HolidayFile.isInReach(dates.getLast())) {
            reading.problem(event.line(), "calendar.file.outOfReach", HolidayFile.FIRST_YEAR, HolidayFile.LAST_YEAR);
            return null;
        }
        return dates;
    }

    /** How many days it lasts; -1 when that is wrong. The end is the day after the last one. */
    private long length(Event event, LocalDate first) {
        Line end = one(event, "DTEND");
        Line duration = one(event, "DURATION");
        long days = 1;
        int line = event.line();
        if (end != null) {
            LocalDate after = wholeDay(end, end.value());
            if (after == null) {
                return -1;
            }
            line = end.number();
            days = ChronoUnit.DAYS.between(first, after);
            // Some write the day itself as its end.
            days = days == 0 ? 1 : days;
        } else if (duration != null) {
            line = duration.number();
            Matcher length = LENGTH.matcher(duration.value());
            if (!length.matches()) {
                reading.problem(line, "calendar.file.noLength", shortened(duration.value()));
                return -1;
            }
            days = length.group(1) != null ? 7L * Integer.parseInt(length.group(1)) : Integer.parseInt(length.group(2));
        }
        if (days < 1) {
            reading.problem(line, "calendar.file.endsBefore");
            return -1;
        }
        if (days > HolidayFile.MOST_DAYS) {
            reading.problem(line, "calendar.file.tooLong", days, HolidayFile.MOST_DAYS);
            return -1;
        }
        return days;
    }

    private boolean recurs(Line line, LocalDate first, Set<LocalDate> begins) {
        try {
            var rule = new RecurrenceRule(line.value(), RecurrenceRule.RfcMode.RFC5545_LAX);
            if (rule.getUntil() == null && rule.getCount() == null) {
                reading.problem(line.number(), "calendar.file.noEnd");
                return false;
            }
            Set<Freq> usual = Set.of(Freq.YEARLY, Freq.MONTHLY, Freq.WEEKLY, Freq.DAILY);
            if (!usual.contains(rule.getFreq())) {
                reading.problem(line.number(), "calendar.file.brokenRule", shortened(line.value()));
                return false;
            }
            DateTime until = rule.getUntil();
            if (until != null) {
                rule.setUntil(new DateTime(until.getYear(), until.getMonth(), until.getDayOfMonth()));
            }
            RecurrenceRuleIterator dates =
                    rule.iterator(new DateTime(first.getYear(), first.getMonthValue() - 1, first.getDayOfMonth()));
            for (int count = 0; dates.hasNext(); count++) {
                DateTime next = dates.nextDateTime();
                LocalDate date = LocalDate.of(next.getYear(), next.getMonth() + 1, next.getDayOfMonth());
                if (count == HolidayFile.MOST_EVENTS) {
                    reading.problem(line.number(), "calendar.file.tooManyRepeats", HolidayFile.MOST_EVENTS);
                    return false;
                }
                if (!HolidayFile.isInReach(date)) {
                    reading.problem(
                            line.number(), "calendar.file.outOfReach", HolidayFile.FIRST_YEAR, HolidayFile.LAST_YEAR);
                    return false;
                }
                begins.add(date);
            }
            return true;
        } catch (InvalidRecurrenceRuleException | IllegalArgumentException e) {
            reading.problem(line.number(), "calendar.file.brokenRule", shortened(line.value()));
            return false;
        }
    }

    /** A date, or the midnight at which it begins on the wall clock; a time of the world is no day of a calendar. */
    private @Nullable LocalDate wholeDay(Line line, String value) {
        Matcher moment = MOMENT.matcher(value.strip());
        if (!moment.matches()) {
            boolean isTime = value.strip().matches("\\d{8}T\\d{6}Z?");
            reading.problem(
                    line.number(), isTime ? "calendar.file.notWholeDay" : "calendar.file.noDate", shortened(value));
            return null;
        }
        try {
            LocalDate date = LocalDate.parse(moment.group(1), DATE);
            if (HolidayFile.isInReach(date)) {
                return date;
            }
            reading.problem(line.number(), "calendar.file.outOfReach", HolidayFile.FIRST_YEAR, HolidayFile.LAST_YEAR);
        } catch (DateTimeException e) {
            reading.problem(line.number(), "calendar.file.noDate", shortened(value));
        }
        return null;
    }

    /** In both languages where it is one of the holidays we know, else as it is written. */
    private static Label named(String name) {
        return KnownNames.LABELS.getOrDefault(name, new Label(name, name));
    }

    /** Holidays that have a name of ours. */
    private static final class KnownNames {
        static final Map<String, Label> LABELS = new HashMap<>();

        static {
            ShippedFacts.cn().holidays().daysOff().values().forEach(label -> {
                LABELS.put(label.zh(), label);
                LABELS.put(label.zh().replaceFirst("节$", ""), label);
                LABELS.put(label.en(), label);
            });
        }
    }

    private static @Nullable Line one(Event event, String name) {
        List<Line> lines = event.properties().get(name);
        return lines == null ? null : lines.getFirst();
    }

    private static String summary(Event event) {
        Line line = one(event, "SUMMARY");
        return line == null
                ? ""
                : line.value()
                        .replace("\\,", ",")
                        .replace("\\;", ";")
                        .replaceAll("\\\\[nN]", " ")
                        .replace("\\\\", "\\")
                        .strip();
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_NAME ? text : text.substring(0, LONGEST_NAME) + "…";
    }
}
