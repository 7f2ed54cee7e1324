package io.bihuan.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.MovableTime;
import io.bihuan.complaint.Channel;
import io.bihuan.intake.ChannelDuties.ChannelDuty;
import io.bihuan.intake.DutyRoster.Present;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who takes what a channel brings. */
class DutyRosterTests {
    private static final UUID SCREENER = new UUID(0, 1);
    private static final UUID DEPUTY = new UUID(0, 2);
    private static final UUID NIGHT = new UUID(0, 3);
    private static final List<UUID> AGENTS = List.of(new UUID(0, 4), new UUID(0, 5));

    private static UUID next(Set<UUID> here, List<UUID> shift) {
        return roster(here, shift, AGENTS).next(Channel.EMAIL);
    }

    private static DutyRoster roster(Set<UUID> here, List<UUID> shift, List<UUID> agents) {
        return new DutyRoster(
                () -> new Present(here::contains, shift, agents),
                channel -> new ChannelDuty(channel, SCREENER, DEPUTY, null, false),
                new MovableTime());
    }

    @Test
    void theScreenerTakesItThenTheDeputyThenTheNightShiftThenTheAgents() {
        assertThat(next(Set.of(SCREENER, DEPUTY), List.of(NIGHT))).isEqualTo(SCREENER);
        assertThat(next(Set.of(DEPUTY), List.of(NIGHT))).isEqualTo(DEPUTY);
        assertThat(next(Set.of(), List.of(NIGHT))).isEqualTo(NIGHT);
        assertThat(AGENTS).contains(next(Set.of(), List.of()));
    }

    @Test
    void thoseWhoShareAChannelTakeTurns() {
        var roster = roster(Set.of(), List.of(), AGENTS);
        var taken = new HashSet<UUID>();
        taken.add(roster.next(Channel.WEB));
        taken.add(roster.next(Channel.WEB));
        assertThat(taken).containsExactlyInAnyOrderElementsOf(AGENTS);
    }

    @Test
    void whoIsLeftOutGetsItOnlyWhereThereIsNobodyElse() {
        var roster = roster(Set.of(SCREENER, DEPUTY), List.of(), AGENTS);
        assertThat(roster.next(Channel.EMAIL, person -> !person.equals(SCREENER)))
                .isEqualTo(DEPUTY);
        var alone = roster(Set.of(SCREENER), List.of(), List.of(SCREENER));
        assertThat(alone.next(Channel.EMAIL, person -> !person.equals(SCREENER)))
                .isEqualTo(SCREENER);
    }
}
