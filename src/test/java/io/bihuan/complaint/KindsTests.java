package io.bihuan.complaint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bihuan.BihuanTest;
import io.bihuan.MovableTime;
import io.bihuan.clock.ClockPolicies;
import io.bihuan.clock.ClockPolicy;
import io.bihuan.identity.Reach;
import io.bihuan.pack.CaseFacts;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;
import io.bihuan.privacy.Personal;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A complaint, an inquiry, a suggestion, a repair request, a praise: each by its own clocks, and what becomes of a mistake. */
@BihuanTest
class KindsTests {
    private static final Actor AGENT = Actor.staff(SomeComplaint.OWNER);
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Autowired
    Complaints complaints;

    @Autowired
    ClockStatistics statistics;

    @Autowired
    StoredHistory stored;

    @Autowired
    MovableTime time;

    @Autowired
    Packs packs;

    @AfterEach
    void now() {
        time.reset();
    }

    private Complaint of(Kind kind) {
        return of(kind, null);
    }

    private Complaint of(Kind kind, @Nullable String department) {
        Registration usual = SomeComplaint.receivedAt(time.instant());
        return complaints.register(
                new Registration(
                        usual.businessLine(),
                        usual.channel(),
                        kind,
                        null,
                        Severity.GENERAL,
                        Priority.MEDIUM,
                        department,
                        1,
                        null,
                        Personal.of("师傅很专业"),
                        usual.customer(),
                        Map.of(),
                        null,
                        null,
                        null,
                        null,
                        usual.receivedAt(),
                        true,
                        SomeComplaint.OWNER,
                        false,
                        List.of(),
                        null),
                Actor.CUSTOMER);
    }

    private Complaint perform(Complaint complaint, Command command) {
        return complaints.perform(complaint.number(), null, command, AGENT);
    }

    @Test
    void eachKindHasItsOwnClocks() {
        assertThat(of(Kind.COMPLAINT).runningClocks()).containsOnlyKeys("respond", "solve", "duty-refusal");
        assertThat(of(Kind.INQUIRY).runningClocks()).containsOnlyKeys("inquiry-respond", "inquiry-answer");
        assertThat(of(Kind.SUGGESTION).runningClocks()).containsOnlyKeys("suggestion-respond", "suggestion-answer");
        assertThat(of(Kind.REPAIR_REQUEST).runningClocks())
                .containsOnlyKeys("repair-respond", "repair-solve", "duty-refusal");
        assertThat(of(Kind.PRAISE).runningClocks()).containsOnlyKeys("praise-respond", "praise-thank");
    }

    @Test
    void noPackPromisesAnythingOfAComplaintToWhoPraisesOrSuggests() {
        for (Pack pack : packs.all()) {
            for (Kind kind : List.of(Kind.PRAISE, Kind.SUGGESTION, Kind.INQUIRY)) {
                Set<String> names = new TreeSet<>();
                for (ClockPolicy policy :
                        pack.part(ClockPolicies.class, ClockPolicies.NONE).clocks()) {
                    boolean holds = policy.when() == null
                            || policy.when()
                                    .holds(new CaseFacts(pack, kind, "WEB", null, Severity.GENERAL, 1, Map.of()));
                    if (holds) {
                        names.add(policy.name());
                    }
                }
                String own = kind.name().toLowerCase(java.util.Locale.ROOT);
                assertThat(names)
                        .as("%s in %s", kind, pack.id())
                        .isNotEmpty()
                        .allSatisfy(name -> assertThat(name).startsWith(own));
            }
        }
    }

    @Test
    void aMistakenKindIsCorrectedWithItsReasonAndTheClocksAreThoseOfTheOtherKindFromTheReceipt() throws IOException {
        Complaint complaint = of(Kind.COMPLAINT);
        time.advance(Duration.ofMinutes(10));

        Complaint inquiry = perform(complaint, new Command.ConvertKind(Kind.INQUIRY, "客户只是问保修期"));

        assertThat(inquiry.kind()).isEqualTo(Kind.INQUIRY);
        assertThat(inquiry.runningClocks())
                .containsOnlyKeys("inquiry-respond", "inquiry-answer")
                .containsEntry("inquiry-answer", complaint.receivedAt().plus(Duration.ofDays(1)));
        assertThat(complaints.history(complaint.number(), 0, 100).getLast().event())
                .isEqualTo(new ComplaintEvent.KindConverted(Kind.COMPLAINT, Kind.INQUIRY, Personal.of("客户只是问保修期")));

        Complaint again = perform(inquiry, new Command.ConvertKind(Kind.COMPLAINT, "客户说明确实要投诉"));
        assertThat(again.runningClocks()).isEqualTo(complaint.runningClocks());
        assertThat(HistoryCheck.of(stored).details()).isEmpty();
    }

    @Test
    void anotherKindNeedsAReasonAtTheAssessmentToo() {
        Complaint owned = perform(of(Kind.COMPLAINT), new Command.ConfirmOwnership(SomeComplaint.OWNER));
        assertThatThrownBy(() -> perform(owned, assessed(Kind.REPAIR_REQUEST, null)))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.key()).isEqualTo("complaint.refused.kind-reason"));
        Complaint repair = perform(owned, assessed(Kind.REPAIR_REQUEST, "客户只要求维修"));
        assertThat(repair.runningClocks()).containsOnlyKeys("repair-solve", "duty-refusal");
        Complaint later = perform(repair, new Command.ConvertKind(Kind.COMPLAINT, "修了三次，改为投诉"));
        assertThat(later.runningClocks()).containsKey("solve").doesNotContainKey("repair-solve");
        assertThatThrownBy(() -> perform(later, new Command.ConvertKind(Kind.COMPLAINT, "再次")))
                .isInstanceOf(Refused.class);
        assertThatThrownBy(() -> perform(later, new Command.ConvertKind(Kind.PRAISE, " ")))
                .isInstanceOf(Refused.class);
    }

    private static Command assessed(Kind kind, @Nullable String note) {
        return new Command.Assess(
                kind, "repeated-repair", Severity.GENERAL, Priority.MEDIUM, "technical-support", null, note);
    }

    @Test
    void figuresCountComplaintsOnly() {
        // Of this test alone, and also when the day ends meanwhile.
        String here = "here-" + UUID.randomUUID();
        of(Kind.COMPLAINT, here);
        of(Kind.PRAISE, here);
        LocalDate today = LocalDate.ofInstant(time.instant(), ZONE);
        LocalDate next = today.plusDays(1);
        var complaintsOnly = new ClockStatistics.Question(today, next, ClockStatistics.Division.NONE, here);
        var praises = new ClockStatistics.Question(today, next, ClockStatistics.Division.NONE, here, Kind.PRAISE);
        var all = new ClockStatistics.Question(today, next, ClockStatistics.Division.NONE, here, null);
        ClockStatistics.Repeats before = statistics.repeats(complaintsOnly, Reach.ALL);
        ClockStatistics.Repeats praised = statistics.repeats(praises, Reach.ALL);
        assertThat(statistics.repeats(all, Reach.ALL).received())
                .isGreaterThanOrEqualTo(before.received() + praised.received());

        Complaint earlier = of(Kind.COMPLAINT, here);
        Complaint repeat = of(Kind.COMPLAINT, here);
        Complaint joined = of(Kind.COMPLAINT, here);
        perform(joined, new Command.Join(earlier.number(), "同一件事"));
        perform(repeat, new Command.Link(earlier.number(), LinkKind.REPEAT));
        of(Kind.PRAISE, here);
        ClockStatistics.Repeats after = statistics.repeats(complaintsOnly, Reach.ALL);
        assertThat(after.received()).isEqualTo(before.received() + 2);
        assertThat(after.repeated()).isEqualTo(before.repeated() + 1);
        assertThat(statistics.figures(complaintsOnly, Reach.ALL))
                .extracting(ClockFigures::name)
                .noneMatch(name -> name.startsWith("praise"));
    }
}
