package io.bihuan.calendar;

import io.bihuan.calendar.WorkCalendar.Interval;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The working intervals of some years in a row, with the working time before each of them, so that adding working time is two look-ups
 * in tables, whatever lies between. All times in microseconds since 1970.
 */
final class Timeline {
    /** What {@link #reach} says when the moment lies outside of the years laid out. */
    static final long BEYOND = Long.MIN_VALUE;

    static final int MOST_YEARS = 200;

    private static final long DAY = 86_400_000_000L;
    /** Working time between two entries of the second table: about the length of an interval. */
    private static final long SHARE = 4 * 3_600_000_000L;

    private final int firstYear;
    private final int lastYear;
    private final long begin;
    private final long end;
    private final long[] from;
    private final long[] to;
    /** The working time before each interval; one entry more at the end. */
    private final long[] before;
    /** By day since the beginning: the first interval that ends after the day has begun. */
    private final int[] byDay;
    /** By working time since the beginning, in shares: the first interval in which more than that is reached. */
    private final int[] byShare;

    private Timeline(int firstYear, int lastYear, long begin, long end, long[] from, long[] to) {
        this.firstYear = firstYear;
        this.lastYear = lastYear;
        this.begin = begin;
        this.end = end;
        this.from = from;
        this.to = to;
        this.before = new long[from.length + 1];
        for (int i = 0; i < from.length; i++) {
            before[i + 1] = before[i] + to[i] - from[i];
        }
        this.byDay = new int[(int) ((end - begin) / DAY) + 2];
        int interval = 0;
        for (int day = 0; day < byDay.length; day++) {
            while (interval < to.length && to[interval] <= begin + day * DAY) {
                interval++;
            }
            byDay[day] = interval;
        }
        this.byShare = new int[(int) (before[from.length] / SHARE) + 2];
        interval = 0;
        for (int share = 0; share < byShare.length; share++) {
            while (interval < from.length && before[interval + 1] < share * SHARE) {
                interval++;
            }
            byShare[share] = interval;
        }
    }

    static Timeline of(WorkCalendar calendar, int firstYear, int lastYear) {
        var from = new long[4 * 366 * (lastYear - firstYear + 1)];
        var to = new long[from.length];
        int count = 0;
        LocalDate last = LocalDate.of(lastYear, 12, 31);
        for (LocalDate date = LocalDate.of(firstYear, 1, 1); !date.isAfter(last); date = date.plusDays(1)) {
            for (Interval interval : calendar.intervals(date)) {
                long begins = micros(interval.from());
                if (count > 0 && to[count - 1] == begins) {
                    to[count - 1] = micros(interval.to());
                    continue;
                }
                if (count == from.length) {
                    from = Arrays.copyOf(from, 2 * count);
                    to = Arrays.copyOf(to, 2 * count);
                }
                from[count] = begins;
                to[count] = micros(interval.to());
                count++;
            }
        }
        return new Timeline(
                firstYear,
                lastYear,
                micros(calendar.beginOf(LocalDate.of(firstYear, 1, 1))),
                micros(calendar.endOf(last)),
                Arrays.copyOf(from, count),
                Arrays.copyOf(to, count));
    }

    int firstYear() {
        return firstYear;
    }

    int lastYear() {
        return lastYear;
    }

    boolean covers(long at) {
        return at >= begin && at <= end;
    }

    /** The working time from the beginning to that moment, which must be covered. */
    long before(long at) {
        int interval = byDay[(int) ((at - begin) / DAY)];
        while (interval < to.length && to[interval] <= at) {
            interval++;
        }
        return interval == to.length ? before[interval] : before[interval] + Math.max(0, at - from[interval]);
    }

    /** See {@link WorkCalendar#reach}; {@link #BEYOND} when start or result are not covered. */
    long reach(long start, long working) {
        if (!covers(start)) {
            return BEYOND;
        }
        if (working == 0) {
            return start;
        }
        long wanted = before(start) + working;
        if (wanted > before[from.length]) {
            return BEYOND;
        }
        int interval = byShare[(int) (wanted / SHARE)];
        while (before[interval + 1] < wanted) {
            interval++;
        }
        return from[interval] + wanted - before[interval];
    }

    /** The instants of the date at which the wall clock shows a time within the hours. */
    static List<Interval> intervals(ZoneId zone, LocalDate date, List<Hours> hours) {
        ZoneRules rules = zone.getRules();
        Instant begin = date.atStartOfDay(zone).toInstant();
        Instant end = date.plusDays(1).atStartOfDay(zone).toInstant();
        var found = new ArrayList<Interval>();
        Instant at = begin;
        while (at.isBefore(end)) {
            // Between two transitions the wall clock runs evenly.
            ZoneOffsetTransition transition = rules.isFixedOffset() ? null : rules.nextTransition(at);
            Instant until =
                    transition == null || !transition.getInstant().isBefore(end) ? end : transition.getInstant();
            ZoneOffset offset = rules.getOffset(at);
            for (Hours each : hours) {
                Instant from = later(at, instant(date, each.from(), offset));
                Instant to = earlier(until, instant(date, each.to(), offset));
                if (from.isBefore(to)) {
                    add(found, from, to);
                }
            }
            at = until;
        }
        return List.copyOf(found);
    }

    private static void add(List<Interval> found, Instant from, Instant to) {
        if (!found.isEmpty() && found.getLast().to().equals(from)) {
            Interval before = found.removeLast();
            found.add(new Interval(before.from(), to));
        } else {
            found.add(new Interval(from, to));
        }
    }

    private static Instant instant(LocalDate date, int minute, ZoneOffset offset) {
        return date.atTime(LocalTime.MIDNIGHT).plusMinutes(minute).toInstant(offset);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    static int yearOf(long micros) {
        return Instant.EPOCH
                .plus(micros, ChronoUnit.MICROS)
                .atOffset(ZoneOffset.UTC)
                .getYear();
    }

    static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }
}
