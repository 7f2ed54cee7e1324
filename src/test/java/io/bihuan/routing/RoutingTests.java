package io.bihuan.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bihuan.BihuanTest;
import io.bihuan.MovableTime;
import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Contact;
import io.bihuan.complaint.Customer;
import io.bihuan.complaint.Factors;
import io.bihuan.complaint.Finding;
import io.bihuan.complaint.Outcome;
import io.bihuan.complaint.Registration;
import io.bihuan.complaint.Stage;
import io.bihuan.complaint.web.DeskPeople;
import io.bihuan.identity.Absences;
import io.bihuan.identity.Profile;
import io.bihuan.identity.Profiles;
import io.bihuan.identity.Reach;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;
import io.bihuan.privacy.Personal;
import io.bihuan.routing.Ranking.Excluded;
import io.bihuan.routing.Ranking.Scored;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Who gets a complaint, and who must not. */
@BihuanTest
class RoutingTests {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Autowired
    Complaints complaints;

    @Autowired
    Routing routing;

    @Autowired
    Recusals recusals;

    @Autowired
    Assignments assignments;

    @Autowired
    HandOvers handOvers;

    @Autowired
    Unconfirmed unconfirmed;

    @Autowired
    Profiles profiles;

    @Autowired
    Absences absences;

    @Autowired
    Staff staff;

    @Autowired
    MovableTime time;

    private SignedIn agent;
    private SignedIn colleague;
    private SignedIn handler;
    private SignedIn other;

    @BeforeEach
    void people() {
        agent = DeskPeople.person(staff, "周敏", null, Role.AGENT);
        colleague = DeskPeople.person(staff, "吴倩", null, Role.AGENT);
        handler = DeskPeople.person(staff, "陈工", "logistics", Role.HANDLER);
        other = DeskPeople.person(staff, "郑工", "logistics", Role.HANDLER);
    }

    @AfterEach
    void now() {
        time.reset();
    }

    private Complaint registered(String category, Priority priority) {
        return complaints.register(
                new Registration(
                        "appliance",
                        Channel.WEB,
                        Kind.COMPLAINT,
                        category,
                        Severity.GENERAL,
                        priority,
                        "logistics",
                        1,
                        Personal.of("送货把门撞坏了"),
                        Personal.of("上海浦东新区，送来的冰箱有凹陷，门也撞坏了。"),
                        new Customer(Personal.of("欧阳小明"), null, null),
                        Map.of("productType", Personal.of("refrigerator")),
                        null,
                        null,
                        null,
                        null,
                        time.instant(),
                        true,
                        agent.id(),
                        false,
                        List.of(),
                        null),
                Actor.CUSTOMER);
    }

    private Complaint registered() {
        return registered("damaged-in-transit", Priority.MEDIUM);
    }

    private Complaint perform(Complaint complaint, SignedIn who, Command command) {
        return complaints.perform(complaint.number(), null, command, who.actor());
    }

    private Command assessed(@Nullable UUID to) {
        return new Command.Assess(
                Kind.COMPLAINT,
                "damaged-in-transit",
                Severity.GENERAL,
                Priority.MEDIUM,
                "logistics",
                to,
                null,
                new Factors(2, 1, 2, 1, 1));
    }

    private Complaint handled(@Nullable UUID by) {
        Complaint complaint = perform(registered(), agent, new Command.ConfirmOwnership(agent.id()));
        return perform(complaint, agent, assessed(by));
    }

    private Complaint decided(SignedIn by) {
        Complaint complaint = handled(by.id());
        perform(complaint, by, new Command.Verify(Finding.SUBSTANTIATED, "确有凹陷"));
        return perform(complaint, by, new Command.Solve(Outcome.ACCEPTED, "更换新机", null));
    }

    private Complaint current(Complaint complaint) {
        return complaints.find(complaint.number()).orElseThrow();
    }

    private static void refused(String key, ThrowingCallable what) {
        assertThatThrownBy(what)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.key()).isEqualTo(key));
    }

    private void name(Complaint complaint, About about, @Nullable UUID person, @Nullable String code) {
        recusals.name(complaint.number(), null, about, person, code, "客户投诉的就是此人", agent.actor());
    }

    @Test
    void theFiveFactorsAreKeptWithTheAssessmentAndStayWhenALaterOneIsSilent() {
        Complaint complaint = handled(handler.id());
        assertThat(complaint.factors()).isEqualTo(new Factors(2, 1, 2, 1, 1));

        perform(complaint, agent, Recusals.assigned(complaint, other.id(), "休假"));

        assertThat(current(complaint).factors()).isEqualTo(new Factors(2, 1, 2, 1, 1));
        assertThat(AssessmentTrail.of(complaints.history(complaint.number(), 0, 500)))
                .hasSize(3)
                .last()
                .satisfies(step -> assertThat(step.changes())
                        .containsExactly(new AssessmentTrail.Change(
                                AssessmentTrail.Field.HANDLER,
                                handler.id().toString(),
                                other.id().toString())));
    }

    @Test
    void safetyComesFirstWhateverElseWasWeighed() {
        Complaint complaint = perform(registered(), agent, new Command.ConfirmOwnership(agent.id()));
        refused(
                "complaint.refused.safety-priority",
                () -> perform(
                        complaint, agent, weighed(Severity.MAJOR, Priority.MEDIUM, new Factors(1, 3, 1, 1, 1), null)));
        refused(
                "complaint.refused.safety-severity",
                () -> perform(
                        complaint, agent, weighed(Severity.URGENT, Priority.HIGH, new Factors(1, 4, 1, 1, 1), null)));
        perform(complaint, agent, weighed(Severity.MAJOR, Priority.HIGH, new Factors(1, 4, 1, 1, 1), null));
    }

    @Test
    void whoSeesNoDangerWhereTheRulesDoSaysWhy() {
        Complaint complaint =
                perform(registered("electric-shock", Priority.HIGH), agent, new Command.ConfirmOwnership(agent.id()));
        var harmless = new Factors(2, 1, 1, 1, 1);
        refused(
                "triage.refused.safety",
                () -> perform(complaint, agent, weighed(Severity.MAJOR, Priority.HIGH, harmless, " ")));
        Complaint after = perform(complaint, agent, weighed(Severity.MAJOR, Priority.HIGH, harmless, "已核实为误选类别"));
        assertThat(after.factors()).isEqualTo(harmless);
    }

    private static Command weighed(Severity severity, Priority priority, Factors factors, @Nullable String note) {
        return new Command.Assess(Kind.COMPLAINT, "electric-shock", severity, priority, "quality", null, note, factors);
    }

    @Test
    void thePersonComplainedAboutGetsNoSeatAndTheOwnerWhoIsItGivesItAwayAtOnce() {
        Complaint complaint = handled(handler.id());

        name(complaint, About.PERSON, agent.id(), null);

        Complaint after = current(complaint);
        assertThat(after.owner()).isNotEqualTo(agent.id());
        assertThat(complaints.history(complaint.number(), 0, 500))
                .extracting(event -> event.event().getClass().getSimpleName())
                .containsSubsequence("ComplainedAbout", "OwnershipTransferred");
        refused(
                "routing.refused.PERSON_COMPLAINED_ABOUT",
                () -> perform(complaint, colleague, new Command.TransferOwnership(agent.id(), "退回")));
        refused(
                "routing.refused.PERSON_COMPLAINED_ABOUT",
                () -> perform(complaint, agent, new Command.ConfirmOwnership(agent.id())));
    }

    @Test
    void aHandlerComplainedAboutIsReplacedByTheBestOfTheOthers() {
        Complaint complaint = handled(handler.id());

        name(complaint, About.PERSON, handler.id(), null);

        UUID next = current(complaint).handler();
        assertThat(next).isNotEqualTo(handler.id());
        assertThat(next).isIn(people(routing.rank(current(complaint), Seat.HANDLER)));
        refused("routing.refused.PERSON_COMPLAINED_ABOUT", () -> perform(complaint, agent, assessed(handler.id())));
    }

    private static List<UUID> people(Ranking ranking) {
        return ranking.proposed().stream()
                .map(Scored::candidate)
                .map(Candidate::id)
                .toList();
    }

    @Test
    void peopleOfTheOutletComplainedAboutKeepOut() {
        profiles.save(handler.id(), new Profile(Set.of(), Set.of(), Set.of(), "SH-0317", null, Map.of()));
        Complaint complaint = handled(null);
        name(complaint, About.OUTLET, null, "SH-0317");

        refused("routing.refused.OUTLET_COMPLAINED_ABOUT", () -> perform(complaint, agent, assessed(handler.id())));
        assertThat(excluded(complaint)).containsEntry(handler.id(), Exclusion.OUTLET_COMPLAINED_ABOUT);

        UUID named = recusals.of(complaint.id()).getFirst().id();
        recusals.lift(complaint.number(), null, named, "不是该网点", agent.actor());
        assertThat(perform(complaint, agent, assessed(handler.id())).handler()).isEqualTo(handler.id());
    }

    private Map<UUID, Exclusion> excluded(Complaint complaint) {
        return routing.rank(current(complaint), Seat.HANDLER).excluded().stream()
                .collect(java.util.stream.Collectors.toMap(
                        each -> each.candidate().id(), Excluded::why));
    }

    @Test
    void aDepartmentComplainedAboutNeitherGetsItNorDecidesIt() {
        Complaint complaint = handled(null);
        name(complaint, About.DEPARTMENT, null, "logistics");

        refused("routing.refused.department", () -> perform(complaint, agent, assessed(null)));
        refused(
                "routing.refused.department-still",
                () -> perform(complaint, agent, new Command.Verify(Finding.SUBSTANTIATED, "属实")));
        perform(
                complaint,
                agent,
                new Command.Assess(
                        Kind.COMPLAINT,
                        "damaged-in-transit",
                        Severity.GENERAL,
                        Priority.MEDIUM,
                        "quality",
                        null,
                        null));
        assertThat(perform(complaint, agent, new Command.Verify(Finding.SUBSTANTIATED, "属实"))
                        .stage())
                .isEqualTo(Stage.HANDLE);
    }

    @Test
    void whoDecidedDoesNotHandleTheReview() {
        Complaint complaint = decided(handler);
        perform(complaint, agent, new Command.TellResult(Contact.PHONE, "更换新机，三天内送到"));
        complaints.perform(complaint.number(), null, new Command.RefuseResult("要退款"), Actor.CUSTOMER);

        assertThat(excluded(complaint)).containsEntry(handler.id(), Exclusion.DECIDED_BEFORE);
        refused("routing.refused.DECIDED_BEFORE", () -> perform(complaint, agent, assessed(handler.id())));
        assertThat(perform(complaint, agent, assessed(other.id())).handler()).isEqualTo(other.id());
    }

    @Test
    void whoDecidedDoesNotDecideAgainWhatWasRefusedOrOpenedAgain() {
        Complaint refused = decided(handler);
        perform(refused, agent, new Command.TellResult(Contact.PHONE, "更换新机，三天内送到"));
        complaints.perform(refused.number(), null, new Command.RefuseResult("要退款"), Actor.CUSTOMER);
        var again = new Command.Solve(Outcome.ACCEPTED, "全额退款", null);
        refused("routing.refused.DECIDED_BEFORE", () -> perform(refused, handler, again));
        perform(refused, agent, assessed(other.id()));
        refused("routing.refused.DECIDED_BEFORE", () -> perform(refused, handler, again));
        assertThat(perform(refused, other, again).stage()).isEqualTo(Stage.FEEDBACK);

        perform(refused, agent, new Command.TellResult(Contact.PHONE, "全额退款，三天内到账"));
        complaints.perform(refused.number(), null, new Command.RefuseResult("没有到账"), Actor.CUSTOMER);
        refused("routing.refused.DECIDED_BEFORE", () -> perform(refused, handler, again));
        refused("routing.refused.DECIDED_BEFORE", () -> perform(refused, other, again));
        assertThat(perform(refused, agent, again).stage()).isEqualTo(Stage.FEEDBACK);
    }

    @Test
    void onlyWhoHoldsTheCertificateIsProposedForIt() {
        // Not at midnight, so that today is the last day of the certificate until the end.
        LocalDate today = LocalDate.ofInstant(time.instant(), ZONE).plusDays(1);
        time.set(today.atTime(10, 0).atZone(ZONE).toInstant());
        Complaint complaint =
                perform(registered("gas-leak", Priority.HIGH), agent, new Command.ConfirmOwnership(agent.id()));
        profiles.save(other.id(), new Profile(Set.of(), Set.of(), Set.of(), null, null, Map.of("gas-work", today)));

        Ranking ranking = routing.rank(complaint, Seat.HANDLER);
        assertThat(people(ranking)).contains(other.id()).doesNotContain(handler.id());

        time.advance(Duration.ofDays(1));
        assertThat(people(routing.rank(complaint, Seat.HANDLER))).doesNotContain(other.id());
    }

    @Test
    void whatSpeaksForSomebodyIsCountedFromRealWork() {
        profiles.save(other.id(), new Profile(Set.of("refrigerator"), Set.of("浦东"), Set.of(), null, null, Map.of()));
        handled(handler.id());
        Complaint complaint = handled(null);

        Ranking ranking = routing.rank(complaint, Seat.HANDLER);

        assertThat(scored(ranking, handler.id()).candidate().open()).isEqualTo(1);
        assertThat(scored(ranking, handler.id()).candidate().recent()).isEqualTo(1);
        assertThat(scored(ranking, other.id()).total())
                .isGreaterThan(scored(ranking, handler.id()).total());
        assertThat(scored(ranking, other.id()).points(Criterion.REGION)).isEqualTo(10);
    }

    private static Scored scored(Ranking ranking, UUID person) {
        return ranking.proposed().stream()
                .filter(each -> each.candidate().id().equals(person))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whoIsAwayIsNotProposedAndCannotBeAssigned() {
        Complaint complaint = handled(null);
        absences.add(handler.id(), time.instant(), time.instant().plus(Duration.ofDays(2)), Absences.Reason.LEAVE);

        assertThat(excluded(complaint)).containsEntry(handler.id(), Exclusion.AWAY);
        refused(
                "routing.refused.not-proposed",
                () -> assignments.assign(complaint.number(), null, handler.id(), null, agent.actor()));
        assertThat(assignments
                        .assign(complaint.number(), null, other.id(), "熟悉冰箱", agent.actor())
                        .handler())
                .isEqualTo(other.id());
    }

    @Test
    void theQueueGivesHighPriorityFirstThenWhatIsDueNext() {
        Complaint medium = registered("damaged-in-transit", Priority.MEDIUM);
        time.advance(Duration.ofMinutes(1));
        Complaint low = registered("damaged-in-transit", Priority.LOW);
        Complaint firstHigh = registered("damaged-in-transit", Priority.HIGH);
        time.advance(Duration.ofMinutes(1));
        Complaint secondHigh = registered("damaged-in-transit", Priority.HIGH);
        Complaint confirmed = perform(
                registered("damaged-in-transit", Priority.HIGH), agent, new Command.ConfirmOwnership(agent.id()));
        Set<UUID> mine = Set.of(medium.id(), low.id(), firstHigh.id(), secondHigh.id(), confirmed.id());

        assertThat(queue().stream().filter(mine::contains))
                .containsExactly(firstHigh.id(), secondHigh.id(), medium.id(), low.id());
    }

    private List<UUID> queue() {
        var all = new ArrayList<UUID>();
        Unconfirmed.Place place = null;
        while (true) {
            List<Unconfirmed.Waiting> page = unconfirmed.after(Reach.ALL, place);
            List<Unconfirmed.Waiting> shown = page.subList(0, Math.min(page.size(), Unconfirmed.PAGE));
            shown.forEach(each -> all.add(each.row().id()));
            if (page.size() <= Unconfirmed.PAGE) {
                return all;
            }
            place = shown.getLast().place();
        }
    }

    @Test
    void aPlannedAbsenceHandsEveryCaseOverWithItsNote() {
        Complaint complaint = handled(handler.id());
        Instant from = time.instant().plus(Duration.ofDays(3));
        UUID absence = absences.add(handler.id(), from, from.plus(Duration.ofDays(5)), Absences.Reason.LEAVE)
                .id();
        absences.add(
                other.id(), from.plus(Duration.ofDays(1)), from.plus(Duration.ofDays(2)), Absences.Reason.TRAINING);
        SignedIn third = DeskPeople.person(staff, "孙工", "logistics", Role.HANDLER);
        HandOvers.Planned planned = handOvers.find(absence, handler).orElseThrow();

        HandOvers.Item item = handOvers.items(planned).getFirst();
        assertThat(item.row().id()).isEqualTo(complaint.id());
        assertThat(item.owners()).isNull();
        assertThat(people(Objects.requireNonNull(item.handlers())))
                .contains(third.id())
                .doesNotContain(handler.id(), other.id());
        refused(
                "routing.refused.AWAY",
                () -> handOvers.handOver(planned, complaint.number(), null, other.id(), "请跟进", handler.actor()));
        refused(
                "complaint.refused.reason",
                () -> handOvers.handOver(planned, complaint.number(), null, third.id(), " ", handler.actor()));

        handOvers.handOver(planned, complaint.number(), null, third.id(), "已约周三上门，客户要求先电话联系", handler.actor());

        assertThat(current(complaint).handler()).isEqualTo(third.id());
        assertThat(complaints.history(complaint.number(), 0, 500).getLast().event())
                .isInstanceOfSatisfying(
                        ComplaintEvent.Assessed.class,
                        event -> assertThat(Personal.text(event.note())).contains("已约周三上门"));
        assertThat(handOvers.find(absence, handler).orElseThrow().isDone()).isTrue();
    }

    @Test
    void onlyThePersonTheLeadAndManagersPrepareAnAbsence() {
        Instant from = time.instant().plus(Duration.ofDays(3));
        UUID absence = absences.add(agent.id(), from, from.plus(Duration.ofDays(5)), Absences.Reason.LEAVE)
                .id();
        SignedIn manager = DeskPeople.person(staff, "吴经理", null, Role.MANAGER);

        assertThat(handOvers.find(absence, agent)).isPresent();
        assertThat(handOvers.find(absence, manager)).isPresent();
        assertThat(handOvers.find(absence, colleague)).isEmpty();
    }

    @Test
    void anOwnerWhoWillBeAwayGivesItToAnotherWhoHasYetToConfirm() {
        Complaint complaint = handled(handler.id());
        Instant from = time.instant().plus(Duration.ofDays(3));
        UUID absence = absences.add(agent.id(), from, from.plus(Duration.ofDays(5)), Absences.Reason.LEAVE)
                .id();

        handOvers.handOver(
                handOvers.find(absence, agent).orElseThrow(),
                complaint.number(),
                colleague.id(),
                null,
                "客户等回电",
                agent.actor());

        assertThat(current(complaint).owner()).isEqualTo(colleague.id());
        assertThat(current(complaint).ownerConfirmedAt()).isNull();
    }

    @Test
    void noSequenceOfActionsEndsWithoutAnOwnerOrWithOneWhoMustKeepOut() {
        List<SignedIn> people = List.of(agent, colleague, handler, other);
        profiles.save(other.id(), new Profile(Set.of(), Set.of(), Set.of(), "SH-9", null, Map.of()));
        int done = 0;
        for (long seed = 0; seed < 12; seed++) {
            var random = new Random(seed);
            Complaint complaint = registered();
            for (int step = 0; step < 25; step++) {
                SignedIn who = people.get(random.nextInt(people.size()));
                SignedIn whom = people.get(random.nextInt(people.size()));
                try {
                    act(random.nextInt(12), complaint, who, whom);
                    done++;
                } catch (Refused refused) {
                    // The rules say no: then nothing has changed.
                }
                Complaint after = current(complaint);
                assertThat(staff.find(after.owner()))
                        .as("seed %d step %d", seed, step)
                        .isPresent();
                assertThat(recusals.isRecused(after, after.owner(), Seat.OWNER))
                        .as("seed %d step %d", seed, step)
                        .isFalse();
            }
        }
        assertThat(done).as("most of it is allowed").isGreaterThan(60);
    }

    private void act(int which, Complaint complaint, SignedIn who, SignedIn whom) {
        switch (which) {
            case 0, 1 -> perform(complaint, who, new Command.ConfirmOwnership(who.id()));
            case 2 -> perform(complaint, who, new Command.TransferOwnership(whom.id(), "交接"));
            case 3, 4 -> perform(complaint, who, assessed(whom.id()));
            case 5 -> perform(complaint, who, new Command.Verify(Finding.SUBSTANTIATED, "属实"));
            case 6 -> perform(complaint, who, new Command.Solve(Outcome.ACCEPTED, "换机", null));
            case 7 -> perform(complaint, who, new Command.TellResult(Contact.PHONE, "换机"));
            case 8 -> complaints.perform(complaint.number(), null, new Command.RefuseResult("不满意"), Actor.CUSTOMER);
            case 9 -> name(complaint, About.PERSON, whom.id(), null);
            case 10 -> name(complaint, About.OUTLET, null, "SH-9");
            default ->
                Stream.ofNullable(recusals.of(complaint.id()))
                        .flatMap(List::stream)
                        .findFirst()
                        .ifPresent(named -> recusals.lift(complaint.number(), null, named.id(), "查明不是", who.actor()));
        }
    }
}
