package benchmark;

import io.bihuan.calendar.CalendarDefinition;
import io.bihuan.calendar.Holidays;
import io.bihuan.calendar.Hours;
import io.bihuan.calendar.WorkCalendar;
import io.bihuan.pack.Label;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One deadline in working time: from any second of ten years, up to six weeks of work further, over holidays and make-up days.
 * Compiled and run by {@link Arithmetic}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class Reach {
    private static final int FIRST_YEAR = 2021;
    private static final int YEARS = 10;
    /** A power of two, and more than a branch predictor can learn by heart. */
    private static final int CASES = 1 << 16;

    private static final long SECOND = 1_000_000;
    private static final int SIX_WEEKS_OF_WORK = 6 * 5 * 8 * 3_600;

    private final WorkCalendar calendar = office();
    private final long[] starts = new long[CASES];
    private final long[] amounts = new long[CASES];
    private int next;

    public Reach() {
        var random = new Random(1);
        long first = LocalDate.of(FIRST_YEAR, 1, 1).toEpochDay() * 86_400;
        long length = LocalDate.of(FIRST_YEAR + YEARS, 1, 1).toEpochDay() * 86_400 - first;
        for (int i = 0; i < CASES; i++) {
            starts[i] = first + random.nextLong(length);
            amounts[i] = 60 + random.nextInt(SIX_WEEKS_OF_WORK);
        }
    }

    /** Seconds since 1970 in, seconds since 1970 out. */
    @Benchmark
    public long deadline() {
        int i = next++ & (CASES - 1);
        return calendar.reach(starts[i] * SECOND, amounts[i] * SECOND) / SECOND;
    }

    /** Monday to Friday 08:30–12:00 and 13:30–18:00, with days off and make-up days as in 2026 every year. */
    private static WorkCalendar office() {
        var label = new Label("日历", "Calendar");
        List<Hours> hours = List.of(Hours.parse("08:30-12:00"), Hours.parse("13:30-18:00"));
        var week = new EnumMap<DayOfWeek, List<Hours>>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            week.put(day, day.getValue() < 6 ? hours : List.of());
        }
        Map<LocalDate, Label> off = new HashMap<>();
        Map<LocalDate, Label> makeUp = new HashMap<>();
        Set<Integer> years = new HashSet<>();
        for (int year = FIRST_YEAR - 1; year <= FIRST_YEAR + YEARS; year++) {
            years.add(year);
            for (String period : List.of("01-01/3", "02-15/9", "04-04/3", "05-01/5", "06-19/3", "09-25/3", "10-01/7")) {
                LocalDate first = LocalDate.parse(year + "-" + period.substring(0, 5));
                first.datesUntil(first.plusDays(Integer.parseInt(period.substring(6))))
                        .forEach(date -> off.put(date, label));
            }
            for (String day : List.of("01-04", "02-14", "02-28", "05-09", "09-20", "10-10")) {
                makeUp.put(LocalDate.parse(year + "-" + day), label);
            }
        }
        return new WorkCalendar(
                new CalendarDefinition(
                        "office",
                        label,
                        ZoneId.of("Asia/Shanghai"),
                        week,
                        "cn",
                        hours,
                        List.of(),
                        new TreeMap<>(),
                        null,
                        Set.of()),
                1,
                new Holidays("cn", off, makeUp, years));
    }
}
