package io.bihuan.clock;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Counts as docs/clocks.md says, by looking at one instant after the other; written from that text and from nothing else, so that an
 * error of the engine cannot be one of the oracle too. Slow, and meant to be.
 */
final class DeadlineOracle {
    /** One way of counting, and until when it was the way; {@link #FOREVER} for the last. */
    record Way(
            Unit unit,
            PlainCalendar calendar,
            boolean startDayCounts,
            boolean rollsForward,
            boolean inclusive,
            boolean closes,
            @Nullable LocalTime cutOff,
            long until) {}

    /** From the first second up to, not including, the second. */
    record Still(long from, long to) {}

    static final long FOREVER = Long.MAX_VALUE;
    private static final long SECOND = 1_000_000;
    private static final int FURTHEST = 20_000;

    private final long start;
    private final List<Way> ways;
    private final int amount;
    private final List<Still> stills;
    private final TreeSet<LocalDate> assumed = new TreeSet<>();
    private @Nullable Instant due;
    private boolean isAsked;

    /**
     * @param start in seconds of the epoch, as all instants here; those that are told are in microseconds
     * @param amount of the last way, with its extensions
     * @param stills the pauses that have ended
     */
    DeadlineOracle(long start, List<Way> ways, int amount, List<Still> stills) {
        this.start = start;
        this.amount = amount;
        this.stills = stills;
        var same = new ArrayList<Way>();
        for (Way way : ways) {
            // Days and minutes do not add up: what was counted the other way is counted anew.
            if (!same.isEmpty() && isOfDays(same.getLast()) != isOfDays(way)) {
                same.clear();
            }
            same.add(way);
        }
        this.ways = same;
    }

    /** The dates that it had to look at to find the deadline and of which no notice tells. */
    SortedSet<LocalDate> assumed() {
        due();
        return assumed;
    }

    Instant due() {
        if (due == null) {
            isAsked = true;
            due = instant(isOfDays() ? last() * SECOND : counted(100));
            isAsked = false;
        }
        return due;
    }

    Instant percent(int percent) {
        if (percent == 100) {
            return due();
        }
        if (!isOfDays()) {
            return instant(counted(percent));
        }
        return instant(
                percent < 100 ? share(first(), percent) : share(lastDate().plusDays(1), percent - 100));
    }

    Instant before(int minutes) {
        Instant at = due().minus(minutes, ChronoUnit.MINUTES);
        return at.isBefore(Instant.ofEpochSecond(start)) ? Instant.ofEpochSecond(start) : at;
    }

    Instant after(int minutes) {
        return due().plus(minutes, ChronoUnit.MINUTES);
    }

    // ---- units of time ----

    private long counted(int percent) {
        long wanted = amount * 60L * SECOND / 100 * percent;
        long counted = 0;
        long second = start;
        while (true) {
            long next = isAnEventWithin(120, second) ? second + 1 : upTo(second);
            if (runs(second)) {
                long length = (next - second) * SECOND;
                if (counted + length >= wanted) {
                    return second * SECOND + wanted - counted;
                }
                counted += length;
            }
            second = next;
            if (second > start + FURTHEST * 86_400L) {
                throw new IllegalStateException("no end in sight");
            }
        }
    }

    /** A whole quarter of an hour in which nothing can change, or the end of the minute. */
    private long upTo(long second) {
        boolean isQuiet = Math.floorMod(second, 900) == 0
                && !isAnEventWithin(900, second + 450)
                && way(second).calendar().isQuiet(second);
        return isQuiet ? second + 900 : second - Math.floorMod(second, 60) + 60;
    }

    private boolean runs(long second) {
        Way way = way(second);
        if (way.unit() == Unit.BUSINESS_MINUTE) {
            ask(way.calendar(), way.calendar().date(second));
        }
        for (Still still : stills) {
            if (still.from <= second && second < still.to) {
                return false;
            }
        }
        return way.unit() == Unit.MINUTE || way.calendar().works(second);
    }

    private Way way(long second) {
        for (Way way : ways) {
            if (second < way.until()) {
                return way;
            }
        }
        throw new IllegalStateException();
    }

    private boolean isAnEventWithin(long distance, long second) {
        for (Still still : stills) {
            if (Math.abs(still.from - second) < distance || Math.abs(still.to - second) < distance) {
                return true;
            }
        }
        for (Way way : ways) {
            if (Math.abs(way.until() - second) < distance) {
                return true;
            }
        }
        return Math.abs(start - second) < distance;
    }

    // ---- units of days ----

    private LocalDate received() {
        Way way = ways.getFirst();
        LocalDate date = way.calendar().date(start);
        if (way.cutOff() != null) {
            if (way.calendar().minute(start) >= way.cutOff().toSecondOfDay() / 60) {
                date = date.plusDays(1);
            }
            while (way.unit() == Unit.WORKING_DAY && !works(way, date)) {
                date = date.plusDays(1);
            }
        }
        return date;
    }

    private LocalDate first() {
        return ways.getFirst().startDayCounts() ? received() : received().plusDays(1);
    }

    private int days() {
        if (ways.getLast().unit() != Unit.MONTH) {
            return amount;
        }
        LocalDate last = received().plusMonths(amount);
        if (ways.getFirst().startDayCounts()) {
            last = last.minusDays(1);
        }
        int days = 0;
        for (LocalDate date = first(); !date.isAfter(last); date = date.plusDays(1)) {
            days++;
        }
        return days;
    }

    private LocalDate lastDate() {
        LocalDate date = nth(first(), days());
        while (!mayEndALimit(date)) {
            date = date.plusDays(1);
        }
        return date;
    }

    private boolean mayEndALimit(LocalDate date) {
        Way way = judge(date);
        if (way.inclusive() && way.closes()) {
            ask(way.calendar(), date);
        }
        return (!way.rollsForward() || works(way, date)) && !standsStillAt(end(way, date));
    }

    private long last() {
        LocalDate date = lastDate();
        return end(judge(date), date);
    }

    private LocalDate nth(LocalDate from, int n) {
        LocalDate date = from;
        int counted = 0;
        for (int i = 0; i < FURTHEST; i++) {
            if (counts(date) && ++counted == n) {
                return date;
            }
            date = date.plusDays(1);
        }
        throw new IllegalStateException("no end in sight");
    }

    private boolean counts(LocalDate date) {
        Way way = judge(date);
        long end = end(way, date);
        if (way.inclusive() && way.closes()) {
            ask(way.calendar(), date);
        }
        return (way.unit() != Unit.WORKING_DAY || works(way, date)) && end > start && !standsStillAt(end);
    }

    private boolean standsStillAt(long end) {
        return stills.stream().anyMatch(still -> still.from < end && end <= still.to);
    }

    /** The first way by which the day ends while it is the way. */
    private Way judge(LocalDate date) {
        for (Way way : ways) {
            if (way.until() == FOREVER || end(way, date) <= way.until()) {
                return way;
            }
        }
        throw new IllegalStateException();
    }

    private long end(Way way, LocalDate date) {
        if (!way.inclusive()) {
            return way.calendar().begin(date);
        }
        if (way.closes()) {
            return way.calendar().close(date);
        }
        return way.calendar().end(date);
    }

    private boolean works(Way way, LocalDate date) {
        ask(way.calendar(), date);
        return !way.calendar().hours(date).isEmpty();
    }

    private long share(LocalDate from, int percent) {
        long hundredths = (long) days() * percent;
        int whole = (int) (hundredths / 100);
        long rest = hundredths % 100;
        long at;
        if (rest == 0) {
            LocalDate date = nth(from, whole);
            at = end(judge(date), date) * SECOND;
        } else {
            LocalDate date = nth(from, whole + 1);
            Way way = judge(date);
            long begin = Math.max(start, way.calendar().begin(way.inclusive() ? date : date.minusDays(1)));
            at = begin * SECOND + (end(way, date) - begin) * SECOND * rest / 100;
            for (Still still : stills) {
                if (still.from * SECOND <= at && at < still.to * SECOND) {
                    at = still.to * SECOND;
                }
            }
        }
        return at;
    }

    private void ask(PlainCalendar calendar, LocalDate date) {
        if (isAsked && calendar.isAssumed(date)) {
            assumed.add(date);
        }
    }

    private boolean isOfDays() {
        return isOfDays(ways.getFirst());
    }

    private static boolean isOfDays(Way way) {
        return way.unit() == Unit.CALENDAR_DAY || way.unit() == Unit.WORKING_DAY || way.unit() == Unit.MONTH;
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
