package io.bihuan.clock;

import io.bihuan.calendar.WorkCalendar;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic of deadlines: pure, exact to the microsecond, and the only place that knows it. The rules are those of
 * docs/clocks.md, which is written so that somebody else can compute the same without this class.
 *
 * <p>Pauses come in their order and do not overlap; only the last may be open, and is taken as just ended: it moves the deadline when
 * it ends. All legs count time, or all count days.
 */
final class Reckoning {
    /** No limit that a pack may state is as long. */
    private static final int MOST_DAYS = 200 * 366;

    private final Instant start;
    private final List<Leg> legs;
    private final int amount;
    private final List<Pause> pauses;
    private final boolean isOfDays;

    Reckoning(Instant start, List<Leg> legs, int amount, List<Pause> pauses) {
        this.start = start;
        this.legs = legs;
        this.amount = amount;
        this.pauses = pauses;
        this.isOfDays = legs.getLast().counting().unit().isOfDays();
    }

    List<Leg> legs() {
        return legs;
    }

    /** When the amount is used up. */
    Instant due() {
        return isOfDays ? end(lastDay()) : reached(Duration.ofMinutes(amount).toNanos() / 1_000);
    }

    /** When it warns; never before the start. */
    Instant at(WarnPoint point) {
        return switch (point.kind()) {
            case PERCENT -> share(point.value());
            case BEFORE -> later(start, due().minus(point.offset()));
            case AFTER -> due().plus(point.offset());
        };
    }

    /** When that many percent of the amount are used up. */
    Instant share(int percent) {
        return isOfDays ? shareOfDays(percent) : reached(Math.multiplyExact(amount * 600_000L, percent));
    }

    /** How many percent of the amount are used up by then, rounded down; to {@value WarnPoint#HIGHEST_PERCENT}. */
    int percentUsed(Instant at) {
        int low = 0;
        int high = WarnPoint.HIGHEST_PERCENT;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (share(middle).isAfter(at)) {
                high = middle - 1;
            } else {
                low = middle;
            }
        }
        return low;
    }

    /** The first year without an official holiday notice on which the deadline depends; null when there is none. */
    @Nullable
    Integer assumedYear() {
        return isOfDays ? assumedYearOfDays() : assumedYearOfTime();
    }

    private @Nullable Integer assumedYearOfTime() {
        Integer year = null;
        Instant from = start;
        Instant due = due();
        for (Leg leg : legs) {
            Instant until = leg.covers(due) ? due : Objects.requireNonNull(leg.until());
            if (leg.counting().unit() == Unit.BUSINESS_MINUTE && from.isBefore(until)) {
                WorkCalendar calendar = leg.calendar();
                // What begins at the last moment is not looked at any more.
                year = first(
                        year, calendar.assumedYear(calendar.dateOf(from), calendar.dateOf(until.minusNanos(1_000))));
            }
            if (leg.covers(due)) {
                break;
            }
            from = until;
        }
        return year;
    }

    private @Nullable Integer assumedYearOfDays() {
        LocalDate last = lastDay();
        LocalDate begin = legs.getFirst().calendar().dateOf(start);
        if (legs.stream().allMatch(leg -> leg.calendar().assumedYear(begin, last) == null)) {
            return null;
        }
        Integer year = null;
        Leg first = legs.getFirst();
        if (first.counting().cutOff() != null && first.counting().unit() == Unit.WORKING_DAY) {
            year = first.calendar().assumedYear(handedIn(), received());
        }
        LocalDate lastCounted = lastCounted();
        for (LocalDate date = firstDay(); !date.isAfter(last); date = date.plusDays(1)) {
            if (asksAbout(date, lastCounted)) {
                year = first(year, judge(date).calendar().assumedYear(date, date));
            }
        }
        return year;
    }

    /** Whether it matters what kind of a day it is. */
    private boolean asksAbout(LocalDate date, LocalDate lastCounted) {
        Counting counting = judge(date).counting();
        return (counting.unit() == Unit.WORKING_DAY && !date.isAfter(lastCounted))
                || (counting.inclusive() && counting.endsAt() == DayEnd.CLOSE)
                || (counting.rollsForward() && !date.isBefore(lastCounted));
    }

    private static @Nullable Integer first(@Nullable Integer a, @Nullable Integer b) {
        return a == null || (b != null && b < a) ? b : a;
    }

    // ---- time ----

    /** The first moment at which that much time, in microseconds, was counted. */
    private Instant reached(long working) {
        long remaining = working;
        Instant from = start;
        for (Leg leg : legs) {
            Instant reached = reached(leg, from, remaining);
            if (leg.covers(reached)) {
                return reached;
            }
            Instant until = Objects.requireNonNull(leg.until());
            remaining -= used(leg, from, until);
            from = until;
        }
        throw new IllegalStateException("the last leg has no end");
    }

    private Instant reached(Leg leg, Instant from, long working) {
        Instant reached = add(leg, from, working);
        long lost = 0;
        for (Pause pause : pauses) {
            Instant to = pause.to();
            if (to == null || !pause.from().isBefore(reached)) {
                // A pause that begins when the time is already used up comes too late to move anything.
                break;
            }
            long stood = worked(leg, later(pause.from(), from), to);
            if (stood > 0) {
                lost += stood;
                reached = add(leg, from, working + lost);
            }
        }
        return reached;
    }

    /** The time counted between the start and that moment. */
    Duration used(Instant at) {
        long used = 0;
        Instant from = start;
        for (Leg leg : legs) {
            Instant to = leg.covers(at) ? at : Objects.requireNonNull(leg.until());
            used += used(leg, from, to);
            if (leg.covers(at)) {
                break;
            }
            from = to;
        }
        return Duration.of(used, ChronoUnit.MICROS);
    }

    private long used(Leg leg, Instant from, Instant to) {
        long used = worked(leg, from, to);
        for (Pause pause : pauses) {
            if (pause.to() != null) {
                used -= worked(leg, later(pause.from(), from), earlier(pause.to(), to));
            }
        }
        return used;
    }

    private static Instant add(Leg leg, Instant from, long working) {
        return leg.counting().unit() == Unit.MINUTE
                ? from.plus(working, ChronoUnit.MICROS)
                : instant(leg.calendar().reach(micros(from), working));
    }

    private static long worked(Leg leg, Instant from, Instant to) {
        if (!from.isBefore(to)) {
            return 0;
        }
        return leg.counting().unit() == Unit.MINUTE
                ? ChronoUnit.MICROS.between(from, to)
                : leg.calendar().worked(micros(from), micros(to));
    }

    // ---- days ----

    /** The day as which the start counts. */
    LocalDate received() {
        Counting counting = legs.getFirst().counting();
        return counting.cutOff() != null && counting.unit() == Unit.WORKING_DAY
                ? next(handedIn(), legs.getFirst().calendar()::isWorking)
                : handedIn();
    }

    /** The date of the start, or the next one when it came after the cut-off. */
    private LocalDate handedIn() {
        WorkCalendar calendar = legs.getFirst().calendar();
        LocalDate date = calendar.dateOf(start);
        LocalTime cutOff = legs.getFirst().counting().cutOff();
        return cutOff == null || start.atZone(calendar.zone()).toLocalTime().isBefore(cutOff) ? date : date.plusDays(1);
    }

    /** The first day that can be counted. */
    LocalDate firstDay() {
        return legs.getFirst().counting().startDayCounts()
                ? received()
                : received().plusDays(1);
    }

    /** How many days are to be counted. */
    int days() {
        if (legs.getLast().counting().unit() != Unit.MONTH) {
            return amount;
        }
        boolean startDayCounts = legs.getFirst().counting().startDayCounts();
        LocalDate last = received().plusMonths(amount).minusDays(startDayCounts ? 1 : 0);
        return (int) ChronoUnit.DAYS.between(firstDay(), last) + 1;
    }

    /** Which way of counting decides about a day: that in force when the day ends by it. */
    Leg judge(LocalDate date) {
        for (Leg leg : legs) {
            if (leg.until() == null || leg.covers(end(leg, date))) {
                return leg;
            }
        }
        throw new IllegalStateException("the last leg has no end");
    }

    /** Whether the day is one of those counted: of the right kind, ending after the start and while the clock runs. */
    boolean counts(LocalDate date) {
        Leg leg = judge(date);
        if (leg.counting().unit() == Unit.WORKING_DAY && !leg.calendar().isWorking(date)) {
            return false;
        }
        Instant end = end(leg, date);
        return end.isAfter(start) && !standsStill(end);
    }

    /** The day on which the last of the days is counted. */
    LocalDate lastCounted() {
        return counted(firstDay(), days());
    }

    /** The day on which the limit ends: the last one counted, or the next one on which it may end. */
    LocalDate lastDay() {
        return next(lastCounted(), date -> {
            Leg leg = judge(date);
            return (!leg.counting().rollsForward() || leg.calendar().isWorking(date)) && !standsStill(end(leg, date));
        });
    }

    Instant end(LocalDate date) {
        return end(judge(date), date);
    }

    private static Instant end(Leg leg, LocalDate date) {
        if (!leg.counting().inclusive()) {
            return leg.calendar().beginOf(date);
        }
        return switch (leg.counting().endsAt()) {
            case MIDNIGHT -> leg.calendar().endOf(date);
            case CLOSE -> leg.calendar().closeOf(date);
        };
    }

    private boolean standsStill(Instant moment) {
        for (Pause pause : pauses) {
            Instant to = pause.to();
            if (to != null && pause.from().isBefore(moment) && !to.isBefore(moment)) {
                return true;
            }
        }
        return false;
    }

    /** The day on which so many are counted, from that day on. */
    private LocalDate counted(LocalDate from, int days) {
        LocalDate date = next(from, this::counts);
        for (int counted = 1; counted < days; counted++) {
            date = next(date.plusDays(1), this::counts);
        }
        return date;
    }

    private Instant shareOfDays(int percent) {
        if (percent == 0) {
            return start;
        }
        if (percent == 100) {
            return due();
        }
        // After the deadline as many days are counted again.
        LocalDate from = percent < 100 ? firstDay() : lastDay().plusDays(1);
        long hundredths = (long) days() * (percent % 100 + (percent < 100 ? 0 : (percent / 100 - 1) * 100));
        int whole = (int) (hundredths / 100);
        int part = (int) (hundredths % 100);
        if (part == 0) {
            return end(counted(from, whole));
        }
        LocalDate date = counted(from, whole + 1);
        Leg leg = judge(date);
        Instant begin = later(start, leg.calendar().beginOf(leg.counting().inclusive() ? date : date.minusDays(1)));
        long length = ChronoUnit.MICROS.between(begin, end(leg, date));
        return running(begin.plus(length * part / 100, ChronoUnit.MICROS));
    }

    /** That moment, or when the clock runs again. */
    private Instant running(Instant moment) {
        Instant at = moment;
        for (Pause pause : pauses) {
            Instant to = pause.to();
            // Another pause may begin when one ends.
            if (to != null && !pause.from().isAfter(at) && to.isAfter(at)) {
                at = to;
            }
        }
        return at;
    }

    private static LocalDate next(LocalDate from, Predicate<LocalDate> wanted) {
        LocalDate date = from;
        for (int i = 0; i < MOST_DAYS; i++) {
            if (wanted.test(date)) {
                return date;
            }
            date = date.plusDays(1);
        }
        throw new IllegalArgumentException("no such day in " + MOST_DAYS + " days after " + from);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
