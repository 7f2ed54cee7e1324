package io.bihuan.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CallLimitsTests {
    private Instant now = Instant.parse("2026-11-22T08:00:00Z");
    private final CallLimits limits = new CallLimits(() -> now);

    private static TokenPrincipal token(@Nullable Integer callsAMinute) {
        return new TokenPrincipal(UUID.randomUUID(), "伙伴", Set.of(), TokenReach.ALL, callsAMinute);
    }

    @Test
    void aBurstOfTenSecondsPassesAndThenTheRateCounts() {
        TokenPrincipal token = token(60);
        for (int i = 0; i < 10; i++) {
            assertThat(limits.take(token)).isEmpty();
        }
        assertThat(limits.take(token)).contains(Duration.ofSeconds(1));
        now = now.plusMillis(1_000);
        assertThat(limits.take(token)).isEmpty();
        assertThat(limits.take(token)).isPresent();
    }

    @Test
    void overAMinuteNoMoreThanTheLimitAndOneBurstPass() {
        TokenPrincipal token = token(600);
        int passed = 0;
        for (int i = 0; i < 60_000; i += 10) {
            passed += limits.take(token).isEmpty() ? 1 : 0;
            now = now.plusMillis(10);
        }
        assertThat(passed).isBetween(690, 701);
    }

    @Test
    void whoHasNoLimitIsNeverHeldUp() {
        TokenPrincipal token = token(null);
        for (int i = 0; i < 10_000; i++) {
            assertThat(limits.take(token)).isEmpty();
        }
    }

    @Test
    void oneTokenDoesNotUseUpAnothers() {
        TokenPrincipal first = token(6);
        while (limits.take(first).isEmpty()) {
            // until it is used up
        }
        assertThat(limits.take(token(6))).isEmpty();
    }
}
