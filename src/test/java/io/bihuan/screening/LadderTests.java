package io.bihuan.screening;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How a message that nobody claims goes up. */
class LadderTests {
    private static final Instant DUE = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration ACCEPT = Duration.ofMinutes(30);

    @Test
    void itGoesToTheDeputyThenToTheLeadThenToThoseOnDuty() {
        assertThat(Ladder.after(0)).isEqualTo(Ladder.DEPUTY);
        assertThat(Ladder.after(1)).isEqualTo(Ladder.LEAD);
        assertThat(Ladder.after(2)).isEqualTo(Ladder.DUTY);
        assertThat(Ladder.after(40)).isEqualTo(Ladder.DUTY);
    }

    @Test
    void theLeadIsToldWhenItIsDueAndDutyWhenAsMuchAgainHasGone() {
        assertThat(Ladder.DEPUTY.next(DUE, ACCEPT, DUE.minus(Duration.ofMinutes(15))))
                .isEqualTo(DUE);
        assertThat(Ladder.LEAD.next(DUE, ACCEPT, DUE)).isEqualTo(DUE.plus(ACCEPT));
    }

    @Test
    void aLateStepIsNotFollowedByOneInThePast() {
        Instant late = DUE.plus(Duration.ofDays(1));
        assertThat(Ladder.DEPUTY.next(DUE, ACCEPT, late)).isEqualTo(late);
        assertThat(Ladder.LEAD.next(DUE, ACCEPT, late)).isEqualTo(late);
    }

    @Test
    void thoseAtTheTopAreToldAgainButNotMoreThanOnceAnHour() {
        assertThat(Ladder.DUTY.next(DUE, ACCEPT, DUE)).isEqualTo(DUE.plus(Duration.ofHours(1)));
        assertThat(Ladder.DUTY.next(DUE, Duration.ofHours(5), DUE)).isEqualTo(DUE.plus(Duration.ofHours(5)));
    }
}
