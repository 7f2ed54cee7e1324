package io.bihuan.standard;

import io.bihuan.pack.PackNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** So much time as a standard gives: 30 minutes, 48 hours, 7 days of 24 hours, 10 working days. */
public record Within(int amount, Unit unit) {
    /** In what the time is counted. */
    public enum Unit {
        MINUTE,
        HOUR,
        DAY,
        WORKING_DAY
    }

    private static final Pattern WRITTEN = Pattern.compile("([1-9]\\d{0,3})(m|h|d|wd)");

    static Within read(PackNode node) {
        String written = node.scalar();
        Matcher match = WRITTEN.matcher(written);
        if (match.matches()) {
            return new Within(Integer.parseInt(match.group(1)), unit(match.group(2)));
        }
        if (!written.isEmpty()) {
            node.problem("standard.problem.within", written);
        }
        return new Within(1, Unit.HOUR);
    }

    static @Nullable Within readOptional(PackNode node, String key) {
        return node.optionalChild(key).map(Within::read).orElse(null);
    }

    private static Unit unit(String letters) {
        return switch (letters) {
            case "m" -> Unit.MINUTE;
            case "h" -> Unit.HOUR;
            case "d" -> Unit.DAY;
            default -> Unit.WORKING_DAY;
        };
    }
}
