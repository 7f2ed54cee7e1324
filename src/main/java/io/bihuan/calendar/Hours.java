package io.bihuan.calendar;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.bihuan.web.Misread;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An interval of a day by the wall clock: from the first minute up to, not including, the last; 24:00 is minute
 * {@value #MINUTES_A_DAY}.
 */
public record Hours(int from, int to) {
    public static final int MINUTES_A_DAY = 24 * 60;
    public static final Hours WHOLE_DAY = new Hours(0, MINUTES_A_DAY);

    private static final Pattern WRITTEN =
            Pattern.compile("([01]\\d|2[0-3]):([0-5]\\d)\\s*[-–]\\s*(?:([01]\\d|2[0-3]):([0-5]\\d)|24:00)");

    public Hours {
        if (from < 0 || to > MINUTES_A_DAY || from >= to) {
            throw new Misread("calendar.problem.noIntervalOfDay", time(from), time(to));
        }
    }

    /** Reads {@code 09:00-12:00}; {@link Misread} with what is wrong and how to write it. */
    @JsonCreator
    public static Hours parse(String text) {
        Matcher match = WRITTEN.matcher(text.strip());
        if (!match.matches()) {
            throw new Misread("calendar.problem.noInterval", text);
        }
        int from = Integer.parseInt(match.group(1)) * 60 + Integer.parseInt(match.group(2));
        int to = match.group(3) == null
                ? MINUTES_A_DAY
                : Integer.parseInt(match.group(3)) * 60 + Integer.parseInt(match.group(4));
        if (from >= to) {
            throw new Misread("calendar.problem.intervalEndsFirst", text);
        }
        return new Hours(from, to);
    }

    /** The first two of the list that overlap, in the order of the day; null when none do. */
    static Hours @Nullable [] overlap(List<Hours> hours) {
        List<Hours> sorted = inOrder(hours);
        for (int i = 1; i < sorted.size(); i++) {
            if (sorted.get(i).from() < sorted.get(i - 1).to()) {
                return new Hours[] {sorted.get(i - 1), sorted.get(i)};
            }
        }
        return null;
    }

    /** In the order of the day, touching or overlapping ones joined. */
    static List<Hours> joined(List<Hours> hours) {
        var joined = new ArrayList<Hours>();
        for (Hours each : inOrder(hours)) {
            if (!joined.isEmpty() && each.from() <= joined.getLast().to()) {
                Hours before = joined.removeLast();
                joined.add(new Hours(before.from(), Math.max(before.to(), each.to())));
            } else {
                joined.add(each);
            }
        }
        return List.copyOf(joined);
    }

    private static List<Hours> inOrder(List<Hours> hours) {
        return hours.stream()
                .sorted(Comparator.comparingInt(Hours::from).thenComparingInt(Hours::to))
                .toList();
    }

    public int minutes() {
        return to - from;
    }

    /** The time of the day of a minute, as people write it: {@code 24:00} is the end of the day. */
    static String time(int minute) {
        return minute == MINUTES_A_DAY
                ? "24:00"
                : minute < 0 || minute > MINUTES_A_DAY
                        ? minute + " min"
                        : LocalTime.of(minute / 60, minute % 60).toString();
    }

    @Override
    @JsonValue
    public String toString() {
        return time(from) + "-" + time(to);
    }
}
