package io.bihuan.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No window of a robot's limits ever sees more than it may, however hard somebody tries. */
class TokenBucketTests {
    @ParameterizedTest
    @EnumSource(RobotKind.class)
    void noWindowSeesMoreThanItsLimit(RobotKind kind) {
        var random = new Random(7);
        for (int round = 0; round < 20; round++) {
            Instant now = Instant.parse("2026-11-22T00:00:00Z");
            TokenBucket bucket = TokenBucket.of(kind.limits(), null, null, now);
            List<Instant> sent = new ArrayList<>();
            while (sent.size() < 400) {
                bucket = bucket.filled(now);
                if (bucket.hasOne()) {
                    bucket = bucket.withoutOne();
                    sent.add(now);
                } else {
                    Instant next = bucket.nextAt();
                    assertThat(next).isAfter(now);
                    assertThat(bucket.filled(next).hasOne()).isTrue();
                    now = next;
                }
                // Now and then nobody says anything for a while, so that the bucket fills up.
                now = now.plusMillis(random.nextInt(10) == 0 ? random.nextInt(200_000) : random.nextInt(50));
            }
            for (RobotKind.Limit limit : kind.limits()) {
                int first = 0;
                for (int last = 0; last < sent.size(); last++) {
                    while (!sent.get(first).isAfter(sent.get(last).minus(limit.window()))) {
                        first++;
                    }
                    assertThat(last - first + 1).isLessThanOrEqualTo(limit.most());
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(RobotKind.class)
    void whatIsStoredGoesOn(RobotKind kind) {
        Instant now = Instant.parse("2026-11-22T00:00:00Z");
        TokenBucket used = TokenBucket.of(kind.limits(), null, null, now).withoutOne();
        TokenBucket again = TokenBucket.of(kind.limits(), used.levels(), used.at(), now);
        assertThat(again).isEqualTo(used);
        assertThat(again.filled(now.plus(Duration.ofHours(1))).levels())
                .isEqualTo(TokenBucket.of(kind.limits(), null, null, now).levels());
    }
}
