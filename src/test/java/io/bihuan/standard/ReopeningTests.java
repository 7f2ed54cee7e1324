package io.bihuan.standard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReopeningTests {
    private static final Instant ARCHIVED = Instant.parse("2026-11-01T08:00:00Z");

    @Test
    void theWindowEndsWithItsLastMoment() {
        var week = new Reopening(Duration.ofDays(7), null);

        assertThat(week.isOpen(ARCHIVED, ARCHIVED)).isTrue();
        assertThat(week.isOpen(ARCHIVED, ARCHIVED.plus(Duration.ofDays(7)))).isTrue();
        assertThat(week.isOpen(ARCHIVED, ARCHIVED.plus(Duration.ofDays(7)).plusNanos(1_000)))
                .isFalse();
        assertThat(Reopening.USUAL.isOpen(ARCHIVED, ARCHIVED.plus(Duration.ofDays(30))))
                .isTrue();
    }
}
