package io.bihuan.teamwork;

import io.bihuan.platform.Refused;
import io.bihuan.privacy.Personal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * People of several departments who work on one complaint: what its events add up to, and the rules by which they come.
 *
 * @param plannedAt when its plan stood for the first time
 * @param endedAt when it was sent home
 * @param note why it was called, {@code plan} what it will do
 */
public record Team(
        UUID complaintId,
        Set<TeamReason> why,
        Instant calledAt,
        UUID calledBy,
        String note,
        @Nullable Instant startedAt,
        @Nullable Instant plannedAt,
        String plan,
        @Nullable Instant endedAt,
        List<Member> members,
        List<Step> steps,
        List<Decision> decisions) {
    /** Without somebody else it is no team. */
    static final int FEWEST = 2;

    static final int MOST_MEMBERS = 50;
    static final int MOST_STEPS = 100;

    /** Who belongs to it, for as long as {@code leftAt} is null. */
    public record Member(
            UUID person,
            @Nullable String department,
            boolean leads,
            Instant joinedAt,
            @Nullable Instant leftAt) {}

    /** A milestone of the plan. */
    public record Step(
            UUID id,
            String text,
            UUID owner,
            Instant dueAt,
            @Nullable Instant doneAt,
            @Nullable UUID doneBy,
            @Nullable Instant droppedAt) {
        public boolean isOpen() {
            return doneAt == null && droppedAt == null;
        }
    }

    /** What it decided. */
    public record Decision(UUID id, String text, Instant at, UUID by) {}

    public Team {
        why = Set.copyOf(why);
        members = List.copyOf(members);
        steps = List.copyOf(steps);
        decisions = List.copyOf(decisions);
    }

    public boolean isAtWork() {
        return endedAt == null;
    }

    /** Those who belong to it now. */
    public List<Member> present() {
        return members.stream().filter(member -> member.leftAt() == null).toList();
    }

    public Optional<Member> lead() {
        return present().stream().filter(Member::leads).findFirst();
    }

    public boolean has(UUID person) {
        return present().stream().anyMatch(member -> member.person().equals(person));
    }

    /** Whether this person may act for it: its members, who called it, and who decides. */
    public boolean mayBeLedOnBy(By by) {
        return isAtWork() && mayBeLedBy(by);
    }

    private boolean mayBeLedBy(By by) {
        return by.decides() || has(by.id()) || by.id().equals(calledBy);
    }

    private void mayAct(By by) {
        Task.require(isAtWork(), "teamwork.refused.team-ended");
        Task.require(mayBeLedBy(by), "teamwork.refused.not-member");
    }

    /**
     * Calls a team together.
     *
     * @param before the one of this complaint, if there was one
     */
    static List<TeamEvent> call(
            @Nullable Team before, Set<TeamReason> reasons, By by, @Nullable String note, Colleague lead) {
        Task.require(before == null || !before.isAtWork(), "teamwork.refused.team-there");
        boolean isNoteMissing = note == null || note.isBlank();
        Task.require(!reasons.isEmpty() || !isNoteMissing, "teamwork.refused.why");
        return List.of(
                new TeamEvent.TeamCalled(
                        reasons.isEmpty()
                                ? List.of(TeamReason.OTHER)
                                : reasons.stream().sorted().toList(),
                        by.id(),
                        Personal.ofNullable(note)),
                new TeamEvent.TeamMemberJoined(lead.id(), lead.department(), true));
    }

    TeamEvent join(By by, Colleague colleague) {
        mayAct(by);
        Task.require(!has(colleague.id()), "teamwork.refused.member-already");
        Task.require(members.size() < MOST_MEMBERS, "teamwork.refused.many");
        return new TeamEvent.TeamMemberJoined(colleague.id(), colleague.department(), false);
    }

    /** The lead hands on the lead first. */
    TeamEvent leave(By by, UUID person, String reason) {
        mayAct(by);
        Task.require(has(person), "teamwork.refused.no-member");
        Task.require(lead().map(lead -> !lead.person().equals(person)).orElse(true), "teamwork.refused.lead-stays");
        Task.require(
                steps.stream().noneMatch(step -> step.isOpen() && step.owner().equals(person)),
                "teamwork.refused.has-steps");
        return new TeamEvent.TeamMemberLeft(person, Task.needed(reason, "teamwork.refused.reason"));
    }

    TeamEvent leadBy(By by, UUID person) {
        mayAct(by);
        Task.require(has(person), "teamwork.refused.no-member");
        UUID from = lead().orElseThrow(() -> new Refused("teamwork.refused.no-member"))
                .person();
        Task.require(!from.equals(person), "teamwork.refused.leads-already");
        return new TeamEvent.TeamLeadChanged(from, person);
    }

    TeamEvent start(By by, @Nullable String note) {
        mayAct(by);
        Task.require(startedAt == null, "teamwork.refused.started");
        Task.require(present().size() >= FEWEST, "teamwork.refused.alone");
        return new TeamEvent.TeamStarted(Personal.ofNullable(note));
    }

    TeamEvent set(By by, UUID step, String text, UUID owner, Instant dueAt) {
        mayAct(by);
        Task.require(startedAt != null, "teamwork.refused.not-started");
        Task.require(has(owner), "teamwork.refused.no-member");
        Task.require(steps.size() < MOST_STEPS, "teamwork.refused.many");
        return new TeamEvent.TeamStepSet(step, Task.needed(text, "teamwork.refused.text"), owner, dueAt);
    }

    TeamEvent done(By by, UUID step) {
        mayAct(by);
        open(step);
        return new TeamEvent.TeamStepDone(step, by.id());
    }

    TeamEvent drop(By by, UUID step, String reason) {
        mayAct(by);
        open(step);
        return new TeamEvent.TeamStepDropped(step, Task.needed(reason, "teamwork.refused.reason"));
    }

    private void open(UUID step) {
        Task.require(
                steps.stream().anyMatch(each -> each.id().equals(step) && each.isOpen()), "teamwork.refused.no-step");
    }

    /** A plan without a step that somebody does by a day is none. */
    TeamEvent plan(By by, String text) {
        mayAct(by);
        Task.require(startedAt != null, "teamwork.refused.not-started");
        Task.require(steps.stream().anyMatch(step -> step.droppedAt() == null), "teamwork.refused.no-steps");
        return new TeamEvent.TeamPlanned(Task.needed(text, "teamwork.refused.text"));
    }

    TeamEvent decide(By by, UUID decision, String text) {
        mayAct(by);
        return new TeamEvent.TeamDecided(decision, by.id(), Task.needed(text, "teamwork.refused.text"));
    }

    /** Not before it began: else its clocks would never be answered for. */
    TeamEvent end(By by, String reason) {
        mayAct(by);
        Task.require(startedAt != null, "teamwork.refused.not-started");
        Task.require(steps.stream().noneMatch(Step::isOpen), "teamwork.refused.steps-open");
        return new TeamEvent.TeamEnded(Task.needed(reason, "teamwork.refused.reason"));
    }

    /** The team after one more event; {@code before} is null for the first call. */
    static Team after(@Nullable Team before, UUID complaintId, TeamEvent event, Instant at) {
        if (event instanceof TeamEvent.TeamCalled e) {
            return new Team(
                    complaintId,
                    new LinkedHashSet<>(e.why()),
                    at,
                    e.by(),
                    Personal.text(e.note()),
                    null,
                    null,
                    "",
                    null,
                    before == null ? List.of() : before.left(at).members(),
                    before == null ? List.of() : before.steps(),
                    before == null ? List.of() : before.decisions());
        }
        Team team = Objects.requireNonNull(before, "no team was called");
        return switch (event) {
            case TeamEvent.TeamCalled e -> throw new IllegalStateException("called: " + e);
            case TeamEvent.TeamMemberJoined e -> team.joined(e, at);
            case TeamEvent.TeamMemberLeft e -> team.member(e.person(), member -> left(member, at));
            case TeamEvent.TeamLeadChanged e ->
                team.member(e.from(), member -> leads(member, false)).member(e.to(), member -> leads(member, true));
            case TeamEvent.TeamStarted e -> team.at(at, team.plannedAt(), team.plan(), null);
            case TeamEvent.TeamStepSet e -> {
                var steps = new ArrayList<>(team.steps());
                steps.add(new Step(e.step(), Personal.text(e.text()), e.owner(), e.dueAt(), null, null, null));
                yield team.with(team.members(), steps, team.decisions());
            }
            case TeamEvent.TeamStepDone e ->
                team.step(
                        e.step(),
                        step -> new Step(step.id(), step.text(), step.owner(), step.dueAt(), at, e.by(), null));
            case TeamEvent.TeamStepDropped e ->
                team.step(
                        e.step(), step -> new Step(step.id(), step.text(), step.owner(), step.dueAt(), null, null, at));
            case TeamEvent.TeamPlanned e ->
                team.at(
                        team.startedAt(),
                        team.plannedAt() == null ? at : team.plannedAt(),
                        Personal.text(e.plan()),
                        null);
            case TeamEvent.TeamDecided e -> {
                var decisions = new ArrayList<>(team.decisions());
                decisions.add(new Decision(e.decision(), Personal.text(e.text()), at, e.by()));
                yield team.with(team.members(), team.steps(), decisions);
            }
            case TeamEvent.TeamEnded e -> team.at(team.startedAt(), team.plannedAt(), team.plan(), at);
        };
    }

    private Team joined(TeamEvent.TeamMemberJoined e, Instant at) {
        var joined = new Member(e.person(), e.department(), e.leads(), at, null);
        var next = new ArrayList<Member>();
        members.stream().filter(member -> !member.person().equals(e.person())).forEach(next::add);
        next.add(joined);
        return with(next, steps, decisions);
    }

    private Team left(Instant at) {
        return with(
                members.stream()
                        .map(member -> member.leftAt() == null ? left(member, at) : member)
                        .toList(),
                steps,
                decisions);
    }

    private static Member left(Member member, Instant at) {
        return new Member(member.person(), member.department(), member.leads(), member.joinedAt(), at);
    }

    private static Member leads(Member member, boolean leads) {
        return new Member(member.person(), member.department(), leads, member.joinedAt(), member.leftAt());
    }

    private Team member(UUID person, UnaryOperator<Member> change) {
        return with(
                members.stream()
                        .map(member -> member.person().equals(person) ? change.apply(member) : member)
                        .toList(),
                steps,
                decisions);
    }

    private Team step(UUID step, UnaryOperator<Step> change) {
        return with(
                members,
                steps.stream()
                        .map(each -> each.id().equals(step) ? change.apply(each) : each)
                        .toList(),
                decisions);
    }

    private Team with(List<Member> nextMembers, List<Step> nextSteps, List<Decision> nextDecisions) {
        return new Team(
                complaintId,
                why,
                calledAt,
                calledBy,
                note,
                startedAt,
                plannedAt,
                plan,
                endedAt,
                nextMembers,
                nextSteps,
                nextDecisions);
    }

    private Team at(@Nullable Instant started, @Nullable Instant planned, String nextPlan, @Nullable Instant ended) {
        return new Team(
                complaintId,
                why,
                calledAt,
                calledBy,
                note,
                started,
                planned,
                nextPlan,
                ended,
                members,
                steps,
                decisions);
    }
}
