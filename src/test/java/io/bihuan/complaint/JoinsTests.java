package io.bihuan.complaint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.bihuan.BihuanTest;
import io.bihuan.MovableTime;
import io.bihuan.clock.Clock;
import io.bihuan.clock.ClockState;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;
import io.bihuan.privacy.Personal;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A duplicate goes on in another complaint, and its own way again: what is counted, what is found, what is refused meanwhile. */
@BihuanTest
class JoinsTests {
    private static final Actor AGENT = Actor.staff(SomeComplaint.OWNER);

    @Autowired
    Complaints complaints;

    @Autowired
    ComplaintSearch search;

    @Autowired
    Worklist worklist;

    @Autowired
    StoredHistory stored;

    @Autowired
    MovableTime time;

    @Autowired
    JdbcClient jdbc;

    @AfterEach
    void now() {
        time.reset();
    }

    private Complaint of(String phone, Severity severity, String content) {
        Registration usual = SomeComplaint.receivedAt(time.instant());
        return complaints.register(
                new Registration(
                        usual.businessLine(),
                        usual.channel(),
                        Kind.COMPLAINT,
                        null,
                        severity,
                        Priority.MEDIUM,
                        null,
                        1,
                        Personal.of("标题"),
                        Personal.of(content),
                        new Customer(Personal.of("客户"), Personal.of(phone), null),
                        Map.of(),
                        null,
                        null,
                        null,
                        null,
                        usual.receivedAt(),
                        true,
                        SomeComplaint.OWNER,
                        true,
                        List.of(),
                        null),
                Actor.CUSTOMER);
    }

    private Complaint some() {
        return of("+8613900000001", Severity.GENERAL, "空调漏水");
    }

    private Complaint perform(Complaint complaint, Command command) {
        return complaints.perform(complaint.number(), null, command, AGENT);
    }

    private Complaint join(Complaint duplicate, Complaint into) {
        return perform(duplicate, new Command.Join(into.number(), "同一台空调"));
    }

    private Complaint now(Complaint complaint) {
        return complaints.find(complaint.number()).orElseThrow();
    }

    private void theHistoryAddsUp() throws IOException {
        assertThat(HistoryCheck.of(stored).details()).isEmpty();
    }

    private List<Clock> clocks(Complaint complaint) {
        return complaints
                .dossier(complaint.number(), Integer.MAX_VALUE, 1)
                .orElseThrow()
                .clocks();
    }

    @Test
    void aDuplicateGoesOnInTheOtherComplaintAndNothingOfItIsMoved() throws IOException {
        Complaint living = some();
        Complaint duplicate = of("+8613900000002", Severity.URGENT, "邻居家的空调往我家漏水");

        Complaint joined = join(duplicate, living);

        assertThat(joined.joinedTo()).isEqualTo(living.number());
        assertThat(joined.runningClocks()).isEmpty();
        assertThat(joined.content()).isEqualTo(duplicate.content());
        Complaint now = now(living);
        assertThat(now.joined()).containsOnlyKeys(duplicate.number());
        assertThat(now.customersAffected()).isEqualTo(2);
        assertThat(now.severity()).isEqualTo(Severity.URGENT);
        assertThat(now.content()).isEqualTo(living.content());
        assertThat(complaints.living(duplicate.number())).isEqualTo(living.number());
        assertThat(complaints.joined(living.number(), 50))
                .singleElement()
                .satisfies(dossier ->
                        assertThat(Personal.text(dossier.complaint().content())).isEqualTo("邻居家的空调往我家漏水"));
        assertThat(complaints.history(duplicate.number(), 0, 100))
                .extracting(HistoryEvent::type)
                .endsWith("Joined");
        assertThat(complaints.history(living.number(), 0, 100))
                .extracting(HistoryEvent::type)
                .endsWith("JoinedBy", "SeverityRaised");
        theHistoryAddsUp();
    }

    @Test
    void theSameCustomerTwiceIsNotTwoCustomers() {
        Complaint living = some();
        join(some(), living);
        assertThat(now(living).customersAffected()).isEqualTo(1);
        assertThat(now(living).isSharedWithOthers()).isFalse();
    }

    @Test
    void whatWasJoinedStandsInNoWorklistAndIsFoundAsTheLivingOne() {
        Complaint living = of("+8613900000003", Severity.GENERAL, "门铃坏了");
        Complaint duplicate = of("+8613900000004", Severity.GENERAL, "罕见词魑魅门铃");
        join(duplicate, living);

        assertThat(worklist.page(Worklist.Filter.OPEN, null, 200).rows())
                .extracting(Worklist.Row::number)
                .doesNotContain(duplicate.number());
        assertThat(search.search(Worklist.Filter.OPEN, duplicate.number().readable(), null, 10)
                        .rows())
                .extracting(Worklist.Row::number)
                .containsExactly(living.number());
        assertThat(search.await(living.id(), now(living).version(), Duration.ofSeconds(20)))
                .isTrue();
        assertThat(search.search(Worklist.Filter.OPEN, "魑魅门铃", null, 10).rows())
                .extracting(Worklist.Row::number)
                .containsExactly(living.number());
    }

    @Test
    void onlyASeparationIsDoneToWhatWasJoinedAndTheRefusalNamesTheLivingOne() {
        Complaint living = some();
        Complaint middle = some();
        Complaint duplicate = some();
        join(duplicate, middle);
        join(middle, living);

        assertThat(complaints.living(duplicate.number())).isEqualTo(living.number());
        assertThatThrownBy(() -> perform(duplicate, new Command.Note("备注", List.of())))
                .isInstanceOfSatisfying(Refused.class, refused -> {
                    assertThat(refused.key()).isEqualTo("complaint.refused.joined");
                    assertThat(refused.arguments())
                            .containsExactly(living.number().readable());
                });
    }

    @Test
    void aReplyToAJoinedNumberReachesTheLivingOneAndSaysByWhichNumberItCame() {
        Complaint living = some();
        Complaint duplicate = some();
        join(duplicate, living);

        Complaint reached = complaints.performOnLiving(
                duplicate.number(),
                new Command.AddInformation("补充：编号贴在背面", List.of()),
                Actor.CUSTOMER,
                (complaint, writes) -> {});

        assertThat(reached.number()).isEqualTo(living.number());
        assertThat(complaints.history(living.number(), 0, 100).getLast().event())
                .isInstanceOfSatisfying(
                        ComplaintEvent.InformationAdded.class,
                        added -> assertThat(added.through()).isEqualTo(duplicate.number()));
    }

    @Test
    void afterASeparationTheDeadlinesAreThoseItWouldHaveHadWithoutTheJoin() throws IOException {
        Complaint living = some();
        Complaint duplicate = some();
        Complaint asked = perform(duplicate, new Command.AskCustomer("型号是什么？"));
        time.advance(Duration.ofHours(2));
        Complaint told = perform(asked, new Command.AddInformation("KFR-35", List.of()));
        assertThat(told.runningClocks().get("solve"))
                .isCloseTo(duplicate.receivedAt().plus(Duration.ofHours(26)), within(30, ChronoUnit.SECONDS));

        join(duplicate, living);
        assertThat(clocks(duplicate)).noneMatch(Clock::isOpen);
        time.advance(Duration.ofHours(30));
        complaints.performOnLiving(
                duplicate.number(),
                new Command.AddInformation("合并后的补充", List.of()),
                Actor.CUSTOMER,
                (complaint, writes) -> {});
        Complaint separated = perform(duplicate, new Command.Separate("另一台空调"));

        assertThat(separated.isJoined()).isFalse();
        assertThat(separated.runningClocks()).isEqualTo(told.runningClocks());
        Clock solve = clocks(separated).stream()
                .filter(clock -> clock.name().equals("solve"))
                .findFirst()
                .orElseThrow();
        assertThat(solve.isOverdue(time.instant())).isTrue();
        // It is late, but nobody is woken by what nobody could have heeded.
        assertThat(solve.nextWarning())
                .satisfiesAnyOf(
                        next -> assertThat(next).isNull(),
                        next -> assertThat(Objects.requireNonNull(next).at()).isAfter(time.instant()));
        assertThat(now(living).joined()).isEmpty();
        assertThat(complaints.history(living.number(), 0, 100))
                .as("what was said meanwhile stays where it was said")
                .extracting(HistoryEvent::type)
                .containsSubsequence("JoinedBy", "InformationAdded", "SeparatedFrom");
        theHistoryAddsUp();
    }

    @Test
    void aPauseThatTheJoinEndedGoesOnAfterTheSeparationAsLongAsItsReasonHolds() throws IOException {
        Complaint living = some();
        Complaint duplicate = some();
        Complaint asked = perform(duplicate, new Command.AskCustomer("型号是什么？"));
        time.advance(Duration.ofHours(1));
        join(asked, living);
        time.advance(Duration.ofHours(1));
        Complaint separated = perform(duplicate, new Command.Separate("另一台"));

        assertThat(clocks(separated))
                .filteredOn(clock -> clock.name().equals("solve"))
                .singleElement()
                .satisfies(clock -> assertThat(clock.state()).isEqualTo(ClockState.PAUSED));
        time.advance(Duration.ofHours(1));
        Complaint told = perform(separated, new Command.AddInformation("KFR-35", List.of()));
        assertThat(told.runningClocks().get("solve"))
                .isCloseTo(duplicate.receivedAt().plus(Duration.ofHours(27)), within(30, ChronoUnit.SECONDS));
        theHistoryAddsUp();
    }

    @Test
    void aSeparationTakesAlongWhatWasJoinedBeforeAndLeavesEverybodyAbove() throws IOException {
        Complaint top = of("+8613900000010", Severity.GENERAL, "停水");
        Complaint middle = of("+8613900000011", Severity.GENERAL, "没水");
        Complaint leaf = of("+8613900000012", Severity.GENERAL, "水停了");
        join(leaf, middle);
        join(middle, top);
        assertThat(now(top).customersAffected()).isEqualTo(3);

        perform(leaf, new Command.Separate("另一栋楼"));
        assertThat(now(top).customersAffected()).isEqualTo(2);
        assertThat(now(middle).customersAffected()).isEqualTo(1);
        assertThat(complaints.living(leaf.number())).isEqualTo(leaf.number());
        perform(middle, new Command.Separate("另一栋楼"));
        assertThat(now(top).customersAffected()).isEqualTo(1);
        theHistoryAddsUp();
    }

    @Test
    void aCircleIsRefusedAndSoIsJoiningIntoWhatIsArchived() {
        Complaint one = some();
        Complaint other = some();
        join(one, other);
        assertThatThrownBy(() -> join(other, one))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.key()).isEqualTo("complaint.refused.join-cycle"));
        assertThatThrownBy(() -> join(other, other)).isInstanceOf(Refused.class);

        Complaint archived = perform(some(), new Command.Withdraw("不投诉了"));
        perform(archived, new Command.Archive(null));
        assertThatThrownBy(() -> join(other, archived))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.key()).isEqualTo("complaint.refused.join-archived"));
    }

    @Test
    void oneCustomerCannotTakeBackWhatIsAlsoAnothersComplaint() {
        Complaint living = some();
        join(of("+8613900000020", Severity.GENERAL, "也漏水"), living);
        assertThatThrownBy(() -> perform(living, new Command.Withdraw("不投诉了")))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.key()).isEqualTo("complaint.refused.shared"));
    }

    @Test
    void ofTwoWhoJoinInBothDirectionsAtOnceOneWins() throws Exception {
        for (int round = 0; round < 10; round++) {
            Complaint one = some();
            Complaint other = some();
            try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
                var together = new CountDownLatch(1);
                Future<Boolean> first = people.submit(attempt(one, other, together));
                Future<Boolean> second = people.submit(attempt(other, one, together));
                together.countDown();
                assertThat(List.of(first.get(), second.get())).containsExactlyInAnyOrder(true, false);
            }
            assertThat(now(one).isJoined()).isNotEqualTo(now(other).isJoined());
            assertThat(complaints.living(one.number())).isEqualTo(complaints.living(other.number()));
        }
        theHistoryAddsUp();
    }

    private Callable<Boolean> attempt(Complaint duplicate, Complaint into, CountDownLatch together) {
        return () -> {
            together.await();
            try {
                join(duplicate, into);
                return true;
            } catch (Refused refused) {
                return false;
            }
        };
    }

    @Test
    void whoDecidedToJoinOnAnOldPageIsToldWhatChanged() {
        Complaint living = some();
        Complaint duplicate = some();
        perform(duplicate, new Command.TransferOwnership(SomeComplaint.COLLEAGUE, "休假"));
        assertThatThrownBy(() -> complaints.perform(
                        duplicate.number(), duplicate.version(), new Command.Join(living.number(), "同一件事"), AGENT))
                .isInstanceOf(Complaints.Changed.class);
        assertThatThrownBy(() -> perform(
                        duplicate,
                        new Command.Join(ComplaintNumber.read("26112299999990").orElse(unknown()), "同一件事")))
                .isInstanceOf(Complaints.Unknown.class);
    }

    private static ComplaintNumber unknown() {
        return ComplaintNumber.of(java.time.LocalDate.of(2001, 1, 1), 1);
    }

    @Test
    void eachOfTwoLinkedComplaintsKnowsOfTheOther() throws IOException {
        Complaint one = some();
        Complaint other = some();
        Complaint linked = perform(one, new Command.Link(other.number(), LinkKind.SAME_CAUSE));
        assertThat(linked.links()).containsExactly(Map.entry(other.number(), LinkKind.SAME_CAUSE));
        assertThat(now(other).links()).containsExactly(Map.entry(one.number(), LinkKind.SAME_CAUSE));
        assertThat(linked.runningClocks()).isEqualTo(one.runningClocks());

        perform(other, new Command.Unlink(one.number()));
        assertThat(now(one).links()).isEmpty();
        assertThat(now(other).links()).isEmpty();
        theHistoryAddsUp();
    }

    @Test
    void aRepeatIsMoreSeriousAndBothSayWhichCameFirst() throws IOException {
        Complaint earlier = perform(some(), new Command.Withdraw("好了"));
        perform(earlier, new Command.Archive(null));
        time.advance(Duration.ofDays(3));
        Complaint again = some();

        Complaint repeat = perform(again, new Command.Link(earlier.number(), LinkKind.REPEAT));

        assertThat(repeat.severity()).isEqualTo(Severity.URGENT);
        assertThat(repeat.repeatOf()).isEqualTo(earlier.number());
        assertThat(repeat.dueAt()).isEqualTo(again.receivedAt().plus(Duration.ofHours(8)));
        assertThat(now(earlier).links()).containsExactly(Map.entry(again.number(), LinkKind.REPEATED_BY));
        assertThat(jdbc.sql("select repeat_of from complaint.complaint where id = ?")
                        .param(again.id())
                        .query(String.class)
                        .single())
                .isEqualTo(earlier.number().digits());
        theHistoryAddsUp();
    }

    @Test
    void whatWasJoinedCanBeErasedAndIsFoundByNothingThen() throws IOException {
        Complaint living = some();
        Complaint duplicate = some();
        join(duplicate, living);
        perform(duplicate, new Command.Erase("客户要求"));
        assertThat(jdbc.sql("select count(*) from complaint.thing where complaint_id = ?")
                        .param(duplicate.id())
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThatThrownBy(() -> perform(duplicate, new Command.Separate("另一件事")))
                .isInstanceOf(Refused.class);
        theHistoryAddsUp();
    }

    @Test
    void aJoinIsAllOrNothing() {
        Complaint living = some();
        Complaint duplicate = some();
        assertThatThrownBy(() -> complaints.perform(
                        duplicate.number(),
                        null,
                        new Command.Join(living.number(), "同一件事"),
                        AGENT,
                        (complaint, writes) -> {
                            throw new IllegalStateException("stop");
                        }))
                .hasMessage("stop");
        assertThat(now(duplicate)).isEqualTo(duplicate);
        assertThat(now(living)).isEqualTo(living);
        assertThat(living.id()).isNotEqualTo(new UUID(0, 0));
    }
}
