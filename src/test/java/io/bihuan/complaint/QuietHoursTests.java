package io.bihuan.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.platform.Ids;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who is told, and when, of what happens outside of somebody's hours of duty. */
class QuietHoursTests {
    private static final UUID PERSON = Ids.next();
    private static final UUID NIGHT = Ids.next();
    private static final Instant NOW = Instant.parse("2026-12-02T18:00:00Z");
    private static final Instant MORNING = Instant.parse("2026-12-03T01:00:00Z");

    @Test
    void whoIsOnDutyIsToldNowAndNobodyElse() {
        assertThat(QuietHours.decide(PERSON, NOW, false, List.of(NIGHT), NOW)).isEqualTo(Map.of(PERSON, NOW));
        assertThat(QuietHours.decide(PERSON, NOW, true, List.of(NIGHT), NOW)).isEqualTo(Map.of(PERSON, NOW));
    }

    @Test
    void whatCanWaitGoesToTheNightOrWaitsForTheMorning() {
        assertThat(QuietHours.decide(PERSON, MORNING, false, List.of(NIGHT), NOW))
                .isEqualTo(Map.of(NIGHT, NOW));
        assertThat(QuietHours.decide(PERSON, MORNING, false, List.of(), NOW)).isEqualTo(Map.of(PERSON, MORNING));
    }

    @Test
    void whatCannotWaitWakesThePersonAndTheNight() {
        assertThat(QuietHours.decide(PERSON, MORNING, true, List.of(NIGHT), NOW))
                .isEqualTo(Map.of(PERSON, NOW, NIGHT, NOW));
        assertThat(QuietHours.decide(PERSON, MORNING, true, List.of(), NOW)).isEqualTo(Map.of(PERSON, NOW));
    }
}
