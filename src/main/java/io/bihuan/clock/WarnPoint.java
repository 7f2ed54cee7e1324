package io.bihuan.clock;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.bihuan.web.Misread;
import java.time.Duration;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a clock warns: at a share of its amount, or so long before or after it is due by the wall clock.
 *
 * @param value percent, or minutes
 */
public record WarnPoint(Kind kind, int value) implements Comparable<WarnPoint> {
    public static final int HIGHEST_PERCENT = 1_000;
    /** A year. */
    public static final int LONGEST_OFFSET = 366 * 24 * 60;

    public enum Kind {
        PERCENT,
        BEFORE,
        AFTER
    }

    private static final Pattern PERCENT = Pattern.compile("(\\d{1,6})\\s*%?");
    private static final Pattern OFFSET = Pattern.compile("([+-])(\\d{1,6})([mhd])");
    // Only for a stable order: what comes first depends on the clock.
    private static final Comparator<WarnPoint> ORDER = Comparator.comparingDouble(WarnPoint::weight)
            .thenComparing(WarnPoint::kind)
            .thenComparingInt(WarnPoint::value);

    public WarnPoint {
        int most = kind == Kind.PERCENT ? HIGHEST_PERCENT : LONGEST_OFFSET;
        if (value < 1 || value > most) {
            throw kind == Kind.PERCENT
                    ? new Misread("clock.problem.percent", value, most)
                    : new Misread("clock.problem.offset", value);
        }
    }

    public static WarnPoint percent(int percent) {
        return new WarnPoint(Kind.PERCENT, percent);
    }

    /** Reads {@code 75}, {@code 75%}, {@code -2h} (before it is due) and {@code +1d} (after it was); m, h and d of 24 hours. */
    @JsonCreator
    public static WarnPoint parse(String text) {
        Matcher percent = PERCENT.matcher(text);
        if (percent.matches()) {
            return percent(Integer.parseInt(percent.group(1)));
        }
        Matcher offset = OFFSET.matcher(text);
        if (!offset.matches()) {
            throw new Misread("clock.problem.noWarnPoint", text, HIGHEST_PERCENT);
        }
        long minutes = Long.parseLong(offset.group(2))
                * switch (offset.group(3)) {
                    case "m" -> 1;
                    case "h" -> 60;
                    default -> 24 * 60;
                };
        return new WarnPoint(
                offset.group(1).equals("-") ? Kind.BEFORE : Kind.AFTER, (int) Math.min(minutes, Integer.MAX_VALUE));
    }

    /** Whether the time is up, or was, when it warns. */
    public boolean isPastDue() {
        return switch (kind) {
            case PERCENT -> value >= 100;
            case BEFORE -> false;
            case AFTER -> true;
        };
    }

    public Duration offset() {
        return Duration.ofMinutes(value);
    }

    private double weight() {
        return switch (kind) {
            case PERCENT -> value;
            case BEFORE -> 99.9 - value / 1e6;
            case AFTER -> 100.1 + value / 1e6;
        };
    }

    @Override
    public int compareTo(WarnPoint other) {
        return ORDER.compare(this, other);
    }

    /** What {@link #parse} reads, such as {@code 75%} or {@code -120m}. */
    @Override
    @JsonValue
    public String toString() {
        return switch (kind) {
            case PERCENT -> value + "%";
            case BEFORE -> "-" + value + "m";
            case AFTER -> "+" + value + "m";
        };
    }
}
