package io.bihuan.calendar;

import io.bihuan.calendar.CalendarDefinition.SpecialDay;
import io.bihuan.pack.Label;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One version of a calendar, ready to count with. The working time of a day is every instant at which its wall clock shows a time within
 * the hours of that day: an hour that daylight saving skips is not there, one that it repeats counts twice. Days of a year without
 * an official holiday notice count as their weekdays and say so: {@link #isAssumed}.
 */
public final class WorkCalendar {
    /** The name of the calendar without a night, a weekend or a holiday. */
    public static final String ALWAYS = "always";

    /** Years before and after those asked for that are laid out at once. */
    private static final int MARGIN = 1;

    private final CalendarDefinition definition;
    private final int version;
    private final @Nullable Holidays holidays;
    private final boolean isAlways;
    private volatile @Nullable Timeline timeline;

    /** A stretch of working time: {@code [from, to)}. */
    public record Interval(Instant from, Instant to) {}

    public WorkCalendar(CalendarDefinition definition, int version, @Nullable Holidays holidays) {
        if (definition.holidays() != null
                && (holidays == null || !holidays.name().equals(definition.holidays()))) {
            throw new IllegalArgumentException(
                    "calendar " + definition.name() + " needs the holidays " + definition.holidays());
        }
        this.definition = definition;
        this.version = version;
        this.holidays = definition.holidays() == null ? null : holidays;
        List<Hours> wholeDay = List.of(Hours.WHOLE_DAY);
        this.isAlways = definition.week().size() == 7
                && definition.week().values().stream().allMatch(wholeDay::equals)
                && definition.days().values().stream()
                        .allMatch(day -> day.hours().equals(wholeDay))
                && (this.holidays == null || definition.onHolidays().equals(wholeDay));
    }

    /** The calendar {@value #ALWAYS}, whose days are those of the zone. */
    public static WorkCalendar always(ZoneId zone) {
        return new WorkCalendar(CalendarDefinition.always(zone), 1, null);
    }

    public String name() {
        return definition.name();
    }

    public int version() {
        return version;
    }

    public Label label() {
        return definition.label();
    }

    public ZoneId zone() {
        return definition.zone();
    }

    public CalendarDefinition definition() {
        return definition;
    }

    public @Nullable Holidays holidays() {
        return holidays;
    }

    /** Whether every minute of every day is working time. */
    public boolean isAlways() {
        return isAlways;
    }

    // ---- days ----

    public LocalDate dateOf(Instant at) {
        return at.atZone(zone()).toLocalDate();
    }

    /** 00:00, or the first instant of the date where that is skipped. */
    public Instant beginOf(LocalDate date) {
        return date.atStartOfDay(zone()).toInstant();
    }

    /** 24:00. */
    public Instant endOf(LocalDate date) {
        return beginOf(date.plusDays(1));
    }

    /** When the last working interval of the date ends; 24:00 when it has none. */
    public Instant closeOf(LocalDate date) {
        List<Interval> intervals = intervals(date);
        return intervals.isEmpty() ? endOf(date) : intervals.getLast().to();
    }

    public boolean isWorking(LocalDate date) {
        return !hours(date).isEmpty();
    }

    /** The working hours of the date by the wall clock, in the order of the day. */
    public List<Hours> hours(LocalDate date) {
        return switch (kind(date)) {
            case SPECIAL_DAY -> special(date).hours();
            case HOLIDAY -> definition.onHolidays();
            case MAKE_UP_DAY -> definition.makeUp();
            case WORKING_DAY, DAY_OFF -> definition.hours(date.getDayOfWeek());
        };
    }

    public DayKind kind(LocalDate date) {
        if (definition.days().containsKey(date)) {
            return DayKind.SPECIAL_DAY;
        }
        if (holidays != null && holidays.isDayOff(date)) {
            return DayKind.HOLIDAY;
        }
        if (holidays != null && holidays.isMakeUp(date)) {
            return DayKind.MAKE_UP_DAY;
        }
        return definition.hours(date.getDayOfWeek()).isEmpty() ? DayKind.DAY_OFF : DayKind.WORKING_DAY;
    }

    /** What the date is called, when it is more than a weekday. */
    public @Nullable Label nameOf(LocalDate date) {
        SpecialDay special = definition.days().get(date);
        if (special != null) {
            return special.name();
        }
        return holidays == null ? null : holidays.name(date);
    }

    /** Whether nobody knows yet if the date is a holiday: its year has no official notice. */
    public boolean isAssumed(LocalDate date) {
        return holidays != null && !definition.days().containsKey(date) && !holidays.isAnnounced(date);
    }

    /** The first year with an assumed date between the two, both included; null when there is none. */
    public @Nullable Integer assumedYear(LocalDate from, LocalDate to) {
        if (holidays == null) {
            return null;
        }
        for (int year = from.getYear(); year <= to.getYear(); year++) {
            if (!holidays.announced().contains(year) && isAnyAssumed(year, from, to)) {
                return year;
            }
        }
        return null;
    }

    /** Single dates of a year without a notice may be known all the same. */
    private boolean isAnyAssumed(int year, LocalDate from, LocalDate to) {
        LocalDate date = from.getYear() == year ? from : LocalDate.of(year, 1, 1);
        for (; !date.isAfter(to) && date.getYear() == year; date = date.plusDays(1)) {
            if (isAssumed(date)) {
                return true;
            }
        }
        return false;
    }

    /** The working time of the date, in order; mostly one interval for each of its hours. */
    public List<Interval> intervals(LocalDate date) {
        return Timeline.intervals(zone(), date, hours(date));
    }

    private SpecialDay special(LocalDate date) {
        return Objects.requireNonNull(definition.days().get(date));
    }

    // ---- working time, in microseconds since 1970 ----

    /** The first moment at which that much working time has passed since the start; the start when it is nothing. */
    public long reach(long start, long working) {
        if (isAlways) {
            return start + working;
        }
        Timeline known = timeline;
        if (known != null) {
            long found = known.reach(start, working);
            if (found != Timeline.BEYOND) {
                return found;
            }
        }
        return reachBeyond(start, working);
    }

    private long reachBeyond(long start, long working) {
        int year = Timeline.yearOf(start);
        for (int last = year + MARGIN; last <= year + Timeline.MOST_YEARS; last += Math.max(1, last - year)) {
            long found = timeline(year, last).reach(start, working);
            if (found != Timeline.BEYOND) {
                return found;
            }
        }
        throw new IllegalArgumentException(
                "calendar " + name() + " has not that much working time in " + Timeline.MOST_YEARS + " years");
    }

    /** The working time between two moments; zero when the second is not after the first. */
    public long worked(long from, long to) {
        if (to <= from) {
            return 0;
        }
        if (isAlways) {
            return to - from;
        }
        Timeline known = timeline;
        if (known == null || !known.covers(from) || !known.covers(to)) {
            known = timeline(Timeline.yearOf(from), Timeline.yearOf(to));
        }
        return known.before(to) - known.before(from);
    }

    /** A timeline that covers these years and all that were covered before. */
    private synchronized Timeline timeline(int first, int last) {
        Timeline known = timeline;
        // A year of the wall clock may begin hours before or after that of the world's.
        if (known != null && known.firstYear() < first && known.lastYear() > last) {
            return known;
        }
        int from = known == null ? first - MARGIN : Math.min(first - MARGIN, known.firstYear());
        int to = known == null ? last + MARGIN : Math.max(last + MARGIN, known.lastYear());
        Timeline longer = Timeline.of(this, from, to);
        timeline = longer;
        return longer;
    }

    @Override
    public String toString() {
        return name() + " version " + version;
    }
}
