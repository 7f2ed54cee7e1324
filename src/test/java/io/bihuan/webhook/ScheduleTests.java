package io.bihuan.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScheduleTests {
    @Test
    void thePausesGrowFromSecondsToHoursAndEndAfterAboutADay() {
        Duration all = Duration.ZERO;
        Duration before = Duration.ZERO;
        int attempts = 1;
        for (; Schedule.pause(attempts, 0, null).isPresent(); attempts++) {
            Duration pause = Schedule.pause(attempts, 0, null).orElseThrow();
            assertThat(pause).isGreaterThanOrEqualTo(before);
            before = pause;
            all = all.plus(pause);
        }
        assertThat(Schedule.pause(1, 0, null)).contains(Duration.ofSeconds(5));
        assertThat(before).isEqualTo(Duration.ofHours(10));
        assertThat(all).isBetween(Duration.ofHours(24), Duration.ofHours(36));
        assertThat(attempts).isEqualTo(8);
    }

    @Test
    void whatFailedTogetherDoesNotComeBackTogether() {
        assertThat(Schedule.pause(2, 1, null)).contains(Duration.ofMinutes(6));
        assertThat(Schedule.pause(2, 0.5, null)).contains(Duration.ofSeconds(330));
    }

    @Test
    void aReceiverThatAsksForTimeGetsIt() {
        assertThat(Schedule.pause(1, 0, Duration.ofMinutes(2))).contains(Duration.ofMinutes(2));
        assertThat(Schedule.pause(4, 0, Duration.ofMinutes(2))).contains(Duration.ofHours(2));
    }
}
