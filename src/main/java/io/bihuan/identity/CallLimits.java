package io.bihuan.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How fast each token may call this node: a bucket that fills evenly and holds the calls of ten seconds, so that a burst passes and a
 * flood does not. It protects the node, so it is the node's own and costs no statement.
 */
final class CallLimits {
    private static final int SMALLEST_BUCKET = 5;
    private static final int MOST_BUCKETS = 10_000;
    private static final double SECONDS_A_MINUTE = 60;

    private record Bucket(double calls, Instant at) {}

    private final InstantSource time;
    private final Map<UUID, Bucket> buckets = new ConcurrentHashMap<>();

    CallLimits(InstantSource time) {
        this.time = time;
    }

    /** Takes one call; when there is none left, how long to wait for the next. */
    Optional<Duration> take(TokenPrincipal token) {
        Integer most = token.callsAMinute();
        if (most == null) {
            return Optional.empty();
        }
        if (buckets.size() > MOST_BUCKETS) {
            buckets.clear();
        }
        double aSecond = most / SECONDS_A_MINUTE;
        double full = Math.max(SMALLEST_BUCKET, aSecond * 10);
        Instant now = time.instant();
        double[] before = new double[1];
        buckets.compute(token.id(), (id, bucket) -> {
            double calls = bucket == null
                    ? full
                    : Math.min(
                            full,
                            bucket.calls()
                                    + Math.max(
                                                    0,
                                                    Duration.between(bucket.at(), now)
                                                            .toMillis())
                                            / 1000.0
                                            * aSecond);
            before[0] = calls;
            return new Bucket(calls < 1 ? calls : calls - 1, now);
        });
        return before[0] >= 1
                ? Optional.empty()
                : Optional.of(Duration.ofMillis((long) Math.ceil((1 - before[0]) / aSecond * 1000)));
    }
}
