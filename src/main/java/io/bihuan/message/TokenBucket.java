package io.bihuan.message;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is left of the limits of a robot. Half of a limit may go at once and half of it comes back in each window, so that no window,
 * wherever it begins, sees more than the whole.
 *
 * @param levels of each limit
 */
record TokenBucket(List<RobotKind.Limit> limits, List<Double> levels, Instant at) {
    TokenBucket {
        limits = List.copyOf(limits);
        levels = List.copyOf(levels);
    }

    /** As it was stored; a new one when nothing fits. */
    static TokenBucket of(
            List<RobotKind.Limit> limits, @Nullable List<Double> levels, @Nullable Instant at, Instant now) {
        return levels == null || at == null || levels.size() != limits.size()
                ? new TokenBucket(limits, limits.stream().map(TokenBucket::most).toList(), now)
                : new TokenBucket(limits, levels, at);
    }

    private static double most(RobotKind.Limit limit) {
        return Math.floor(limit.most() / 2.0);
    }

    /** With what came back until then. */
    TokenBucket filled(Instant now) {
        double passed = Math.max(0, Duration.between(at, now).toNanos() / 1e9);
        var filled = new ArrayList<Double>();
        for (int i = 0; i < limits.size(); i++) {
            RobotKind.Limit limit = limits.get(i);
            double back = passed * most(limit) / (limit.window().toNanos() / 1e9);
            filled.add(Math.min(most(limit), levels.get(i) + back));
        }
        return new TokenBucket(limits, filled, now.isBefore(at) ? at : now);
    }

    boolean hasOne() {
        return levels.stream().allMatch(level -> level >= 1);
    }

    TokenBucket withoutOne() {
        return new TokenBucket(limits, levels.stream().map(level -> level - 1).toList(), at);
    }

    /** When the next one is there. */
    Instant nextAt() {
        double longest = 0;
        for (int i = 0; i < limits.size(); i++) {
            RobotKind.Limit limit = limits.get(i);
            double missing = Math.max(0, 1 - levels.get(i));
            longest = Math.max(longest, missing * (limit.window().toNanos() / 1e9) / most(limit));
        }
        return at.plusNanos((long) Math.ceil(longest * 1e9) + 1_000_000);
    }
}
