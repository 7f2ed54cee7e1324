package io.bihuan.teamwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bihuan.pack.Severity;
import io.bihuan.platform.Refused;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TeamTests {
    private static final UUID COMPLAINT = new UUID(0, 1);
    private static final Instant NOW = Instant.parse("2026-11-22T01:00:00Z");

    private final By owner = new By(new UUID(1, 1), null, true);
    private final Colleague lead = new Colleague(new UUID(1, 2), "technical-support");
    private final Colleague other = new Colleague(new UUID(1, 3), "parts");
    private final By stranger = new By(new UUID(1, 4), "parts", false);

    private static Team after(@Nullable Team team, List<TeamEvent> events) {
        Team next = team;
        for (TeamEvent event : events) {
            next = Team.after(next, COMPLAINT, event, NOW);
        }
        return Objects.requireNonNull(next);
    }

    private static Team after(Team team, TeamEvent event) {
        return after(team, List.of(event));
    }

    private Team called() {
        return after(null, Team.call(null, Set.of(TeamReason.MAJOR), owner, null, lead));
    }

    private Team started() {
        Team both = after(called(), called().join(owner, other));
        return after(both, both.start(owner, "分工"));
    }

    private static void refused(Runnable deed, String key) {
        assertThatThrownBy(deed::run)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.key()).isEqualTo("teamwork.refused." + key));
    }

    @Test
    void aTeamIsProposedForWhatIsMajorComplexOrOfTwoDepartments() {
        assertThat(TeamReason.of(Severity.GENERAL, OptionalInt.empty(), List.of("parts")))
                .isEmpty();
        assertThat(TeamReason.of(Severity.GENERAL, OptionalInt.of(2), List.of("parts", "parts")))
                .isEmpty();
        assertThat(TeamReason.of(Severity.GENERAL, OptionalInt.of(3), List.of()))
                .containsExactly(TeamReason.COMPLEX);
        assertThat(TeamReason.of(Severity.URGENT, OptionalInt.empty(), List.of("parts", "logistics")))
                .containsExactly(TeamReason.DEPARTMENTS);
        assertThat(TeamReason.of(Severity.MAJOR, OptionalInt.of(4), List.of("parts", "logistics")))
                .containsExactly(TeamReason.MAJOR, TeamReason.COMPLEX, TeamReason.DEPARTMENTS);
    }

    @Test
    void whoCallsItWithoutSuchAReasonSaysWhy() {
        refused(() -> Team.call(null, Set.of(), owner, " ", lead), "why");
        assertThat(after(null, Team.call(null, Set.of(), owner, "客户情绪激动", lead)).why())
                .containsExactly(TeamReason.OTHER);
        refused(() -> Team.call(called(), Set.of(TeamReason.MAJOR), owner, null, lead), "team-there");
    }

    @Test
    void nobodyIsATeamAlone() {
        refused(() -> called().start(owner, null), "alone");
        assertThat(started().startedAt()).isEqualTo(NOW);
        refused(() -> started().start(owner, null), "started");
    }

    @Test
    void aPlanHasStepsThatSomebodyOfTheTeamDoes() {
        refused(() -> called().set(owner, new UUID(2, 1), "拆检", lead.id(), NOW), "not-started");
        refused(() -> started().plan(owner, "先检后赔"), "no-steps");
        refused(() -> started().set(owner, new UUID(2, 1), "拆检", stranger.id(), NOW), "no-member");
        Team planned = after(started(), started().set(owner, new UUID(2, 1), "拆检", lead.id(), NOW));
        Team dropped = after(planned, planned.drop(owner, new UUID(2, 1), "不用了"));
        refused(() -> dropped.plan(owner, "先检后赔"), "no-steps");
        assertThat(after(planned, planned.plan(owner, "先检后赔")).plannedAt()).isEqualTo(NOW);
    }

    @Test
    void itAlwaysHasALeadAndWhoLeavesLeavesNothingOpen() {
        Team team = started();
        refused(() -> team.leave(owner, lead.id(), "休假"), "lead-stays");
        Team led = after(team, team.leadBy(owner, other.id()));
        assertThat(led.lead()).get().extracting(Team.Member::person).isEqualTo(other.id());
        Team busy = after(led, led.set(owner, new UUID(2, 1), "拆检", lead.id(), NOW));
        refused(() -> busy.leave(owner, lead.id(), "休假"), "has-steps");
        refused(() -> busy.end(owner, "结束"), "steps-open");
        Team free = after(busy, busy.done(owner, new UUID(2, 1)));
        assertThat(after(free, free.leave(owner, lead.id(), "休假")).present()).hasSize(1);
    }

    @Test
    void onlyItsMembersAndWhoDecidesActForIt() {
        refused(() -> started().decide(stranger, new UUID(3, 1), "换新机"), "not-member");
        Team ended = after(started(), started().end(owner, "已办结"));
        refused(() -> ended.decide(owner, new UUID(3, 1), "换新机"), "team-ended");
        assertThat(after(ended, Team.call(ended, Set.of(), owner, "又出现问题", other))
                        .present())
                .as("a new call begins anew")
                .extracting(Team.Member::person)
                .containsExactly(other.id());
    }

    @Test
    void aTeamThatNeverBeganCannotSlipAway() {
        refused(() -> called().end(owner, "不用了"), "not-started");
    }
}
