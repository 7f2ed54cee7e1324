package io.bihuan.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** When somebody may be told something: not at night where he is, and not too often. */
class SendingTimesTests {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final QuietHours NIGHT = new QuietHours(LocalTime.of(21, 0), LocalTime.of(8, 0));
    private static final List<Allowance.Limit> LIMITS = List.of(
            new Allowance.Limit(1, Duration.ofMinutes(1)),
            new Allowance.Limit(5, Duration.ofHours(1)),
            new Allowance.Limit(10, Duration.ofDays(1)));

    private static Instant at(String time) {
        return java.time.LocalDateTime.parse(time).atZone(SHANGHAI).toInstant();
    }

    @Test
    void theNightEndsAtEightWhereTheCustomerIs() {
        assertThat(NIGHT.next(at("2026-03-02T20:59:59"), SHANGHAI)).isEqualTo(at("2026-03-02T20:59:59"));
        assertThat(NIGHT.next(at("2026-03-02T21:00:00"), SHANGHAI)).isEqualTo(at("2026-03-03T08:00:00"));
        assertThat(NIGHT.next(at("2026-03-03T03:00:00"), SHANGHAI)).isEqualTo(at("2026-03-03T08:00:00"));
        assertThat(NIGHT.next(at("2026-03-03T08:00:00"), SHANGHAI)).isEqualTo(at("2026-03-03T08:00:00"));
        assertThat(NIGHT.next(at("2026-03-03T08:00:00"), ZoneId.of("Asia/Urumqi")))
                .isEqualTo(at("2026-03-03T10:00:00"));
    }

    @Test
    void quietHoursMayLieWithinADayAndMayBeNone() {
        var noon = new QuietHours(LocalTime.of(12, 0), LocalTime.of(14, 0));
        assertThat(noon.next(at("2026-03-02T13:00:00"), SHANGHAI)).isEqualTo(at("2026-03-02T14:00:00"));
        assertThat(noon.next(at("2026-03-02T23:00:00"), SHANGHAI)).isEqualTo(at("2026-03-02T23:00:00"));
        var none = new QuietHours(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT);
        assertThat(none.next(at("2026-03-02T00:00:00"), SHANGHAI)).isEqualTo(at("2026-03-02T00:00:00"));
    }

    @Test
    void noWindowHoweverItLiesSeesMoreThanItsLimit() {
        var random = new Random(7);
        for (int round = 0; round < 200; round++) {
            var allowance = new Allowance(List.of());
            var taken = new ArrayList<Instant>();
            Instant now = at("2026-03-02T08:00:00");
            for (int i = 0; i < 120; i++) {
                now = now.plusSeconds(random.nextInt(random.nextBoolean() ? 40 : 4000));
                Instant next = allowance.next(LIMITS, now);
                assertThat(next).isAfterOrEqualTo(now);
                if (next.equals(now)) {
                    taken.add(now);
                    allowance = allowance.with(now, LIMITS);
                } else {
                    // and what it promises is true
                    assertThat(allowance.next(LIMITS, next)).isEqualTo(next);
                }
            }
            for (Allowance.Limit limit : LIMITS) {
                for (Instant from : taken) {
                    assertThat(taken.stream()
                                    .filter(each -> !each.isBefore(from) && each.isBefore(from.plus(limit.window())))
                                    .count())
                            .isLessThanOrEqualTo(limit.most());
                }
            }
        }
    }
}
