package io.bihuan.message;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * How often somebody is told something: when it was, counted in windows that end now. The numbers are small, so each time is kept rather
 * than a level: no window, wherever it begins, sees more than its limit.
 *
 * @param taken the newest first
 */
record Allowance(List<Instant> taken) {
    /** At most so many within any window of that length. */
    public record Limit(int most, Duration window) {}

    Allowance {
        taken = List.copyOf(taken);
    }

    /** When there is one left: now, or later. */
    Instant next(List<Limit> limits, Instant now) {
        Instant next = now;
        for (Limit limit : limits) {
            if (taken.size() >= limit.most()) {
                Instant free = taken.get(limit.most() - 1).plus(limit.window());
                next = free.isAfter(next) ? free : next;
            }
        }
        return next;
    }

    /** After one was taken; what no limit can count any more is forgotten. */
    Allowance with(Instant now, List<Limit> limits) {
        int most = limits.stream().mapToInt(Limit::most).max().orElse(0);
        return new Allowance(
                Stream.concat(Stream.of(now), taken.stream()).limit(most).toList());
    }
}
