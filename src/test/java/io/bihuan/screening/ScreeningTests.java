package io.bihuan.screening;

import static io.bihuan.complaint.web.DeskPeople.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bihuan.BihuanTest;
import io.bihuan.MovableTime;
import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.complaint.Complaints;
import io.bihuan.identity.Absences;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffDetails;
import io.bihuan.intake.ChannelDuties;
import io.bihuan.intake.ChannelDuties.ChannelDuty;
import io.bihuan.intake.Decisions;
import io.bihuan.intake.InboxMessage.State;
import io.bihuan.intake.MessageHeld;
import io.bihuan.intake.MessageStep;
import io.bihuan.intake.MessageStep.Deed;
import io.bihuan.intake.ParkReason;
import io.bihuan.intake.Waiting;
import io.bihuan.intake.WaitingMessages;
import io.bihuan.intake.WaitingMessages.Figures;
import io.bihuan.message.Bundles;
import io.bihuan.message.Notices;
import io.bihuan.privacy.Personal;
import io.bihuan.web.WaitingCounts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A message that waits has a named person and a time, climbs when nobody claims it, and ends with one decision. */
@BihuanTest(properties = {"bihuan.imports.enabled=false", "bihuan.alarms.enabled=false"})
class ScreeningTests {
    /** No other test of this application uses it, so that its screeners are those of this class. */
    private static final Channel CHANNEL = Channel.WEIBO;

    private static final int MINUTES = 30;

    @Autowired
    WaitingCounts counts;

    @Autowired
    Messages messages;

    @Autowired
    Decisions decisions;

    @Autowired
    ChannelDuties duties;

    @Autowired
    Climbing climbing;

    @Autowired
    WaitingMessages waiting;

    @Autowired
    Complaints complaints;

    @Autowired
    Staff staff;

    @Autowired
    Absences absences;

    @Autowired
    Bundles bundles;

    @Autowired
    Notices notices;

    @Autowired
    MovableTime time;

    @Autowired
    JdbcClient jdbc;

    private SignedIn lead;
    private SignedIn screener;
    private SignedIn deputy;

    @BeforeEach
    void people() {
        lead = person(staff, "主管甲", null, Role.MANAGER);
        screener = person(staff, "筛查甲", null, Role.AGENT);
        deputy = person(staff, "代理乙", null, Role.AGENT);
        StaffDetails plain = StaffDetails.of("筛查甲", null, Role.AGENT);
        staff.update(
                screener.id(),
                new StaffDetails(
                        plain.name(),
                        plain.roles(),
                        plain.department(),
                        plain.language(),
                        plain.active(),
                        lead.id(),
                        Set.of(),
                        null));
        duties.set(new ChannelDuty(CHANNEL, screener.id(), deputy.id(), null, false, MINUTES));
    }

    @AfterEach
    void reset() {
        duties.set(new ChannelDuty(CHANNEL, null, null, null, false, MINUTES));
        time.reset();
    }

    private Waiting parked(String text) {
        Waiting found = messages.read(CHANNEL, text);
        assertThat(found.message().state()).isEqualTo(State.PARKED);
        return found;
    }

    private Waiting now(Waiting before) {
        return decisions.find(before.message().id()).orElseThrow();
    }

    private List<Deed> deeds(Waiting of) {
        return decisions.steps(of.message().id()).stream()
                .map(MessageStep::what)
                .toList();
    }

    /** Another thread may be telling at the same moment, and one who got more than one thing is told of all together. */
    private void assertTold(SignedIn who, String key) {
        for (int tries = 0; tries < 500; tries++) {
            bundles.tell();
            if (notices.of(who.id(), null).stream()
                    .anyMatch(told -> told.notice().key().endsWith(key))) {
                return;
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        assertThat(notices.of(who.id(), null))
                .extracting(told -> told.notice().key())
                .anyMatch(told -> told.endsWith(key));
    }

    @Test
    void whatWaitsBelongsToTheScreenerOfItsChannelAndIsDue() {
        Waiting found = parked("UNCLEAR 有事相求");
        assertThat(found.message().screener()).isEqualTo(screener.id());
        assertThat(Duration.between(found.message().receivedAt(), found.dueAt()))
                .isBetween(Duration.ofMinutes(MINUTES), Duration.ofMinutes(MINUTES + 1));
        assertThat(counts.of(List.of(WaitingMessages.FOR_VIEWER), screener.id(), null)
                        .getFirst())
                .isEqualTo(1);

        time.advance(Duration.ofMinutes(1));
        assertTold(screener, ".WAITING");
    }

    @Test
    void whatOpensByItselfBelongsToTheScreenerOfItsChannel() {
        Waiting opened = messages.read(CHANNEL, "OPEN 空调不制冷");
        assertThat(opened.message().state()).isEqualTo(State.OPENED);
        Complaint complaint = complaints
                .find(Objects.requireNonNull(opened.message().complaint()))
                .orElseThrow();
        assertThat(complaint.owner()).isEqualTo(screener.id());
        assertThat(opened.dueAt()).isNull();
    }

    @Test
    void whatNobodyNeedsToAnswerIsNeverDue() {
        Waiting found = parked("BOUNCE 没有送达");
        assertThat(found.dueAt()).isNull();
        time.advance(Duration.ofDays(2));
        climbing.climb();
        assertThat(now(found).climbs()).isZero();
        assertThat(counts.of(List.of(WaitingMessages.FOR_VIEWER), screener.id(), null)
                        .getFirst())
                .isZero();
    }

    @Test
    void ofTwoWhoClaimAtOnceOneGetsItAndTheOtherReadsWho() throws Exception {
        Waiting found = parked("UNCLEAR 有事相求");
        UUID id = found.message().id();
        int won = 0;
        String refused = "";
        try (var threads = Executors.newFixedThreadPool(2)) {
            var both = List.<Callable<UUID>>of(
                    () -> {
                        decisions.claim(id, screener.id());
                        return screener.id();
                    },
                    () -> {
                        decisions.claim(id, deputy.id());
                        return deputy.id();
                    });
            for (var each : threads.invokeAll(both)) {
                try {
                    assertThat(each.get()).isEqualTo(now(found).message().screener());
                    won++;
                } catch (ExecutionException e) {
                    assertThat(e.getCause()).isInstanceOf(MessageHeld.class);
                    refused = Objects.requireNonNull(e.getCause()).getMessage();
                }
            }
        }
        assertThat(won).isEqualTo(1);
        assertThat(refused).containsAnyOf("筛查甲", "代理乙");
        assertThat(deeds(found)).containsExactly(Deed.CLAIMED);

        UUID holder = Objects.requireNonNull(now(found).message().screener());
        UUID other = holder.equals(screener.id()) ? deputy.id() : screener.id();
        assertThatThrownBy(() -> decisions.reject(id, other, "不受理", null)).isInstanceOf(MessageHeld.class);
        decisions.takeOver(id, other, holder);
        assertThat(now(found).message().screener()).isEqualTo(other);
        assertThatThrownBy(() -> decisions.takeOver(id, lead.id(), holder)).isInstanceOf(MessageHeld.class);
    }

    @Test
    void aMessageThatIsJoinedAddsToItsComplaintOnce() {
        Complaint complaint = complaints
                .find(Objects.requireNonNull(
                        messages.read(CHANNEL, "OPEN 冰箱异响").message().complaint()))
                .orElseThrow();
        Waiting found = parked("UNKNOWN_CASE 还是响");
        UUID id = found.message().id();
        decisions.join(id, screener.id(), complaint.number(), "还是响", List.of());
        Waiting joined = now(found);
        assertThat(joined.message().state()).isEqualTo(State.ADDED);
        assertThat(joined.message().complaint()).isEqualTo(complaint.number());
        assertThat(joined.message().decidedBy()).isEqualTo(screener.id());
        assertThat(deeds(found)).containsExactly(Deed.ADDED);
        assertThatThrownBy(() -> decisions.join(id, screener.id(), complaint.number(), "还是响", List.of()))
                .isInstanceOf(MessageHeld.class)
                .hasMessageContaining(complaint.number().readable());
        assertThat(complaints.history(complaint.number(), 0, 100))
                .filteredOn(event -> event.event() instanceof ComplaintEvent.InformationAdded added
                        && Personal.text(added.text()).equals("还是响"))
                .hasSize(1);
    }

    @Test
    void whatIsForwardedWaitsForTheColleagueWithTheReasonEncrypted() {
        Waiting found = parked("UNCLEAR 有事相求");
        decisions.forward(found.message().id(), screener.id(), deputy.id(), "请法务看看张三丰");
        Waiting forwarded = now(found);
        assertThat(forwarded.message().screener()).isEqualTo(deputy.id());
        assertThat(forwarded.message().claimedAt()).isNull();
        assertThat(decisions.steps(found.message().id())).singleElement().satisfies(step -> {
            assertThat(step.what()).isEqualTo(Deed.FORWARDED);
            assertThat(step.person()).isEqualTo(deputy.id());
            assertThat(step.note()).isEqualTo("请法务看看张三丰");
        });
        byte[] stored = jdbc.sql("select note from intake.message_step where message_id = :id")
                .param("id", found.message().id())
                .query((row, number) -> row.getBytes(1))
                .single();
        assertThat(new String(stored, StandardCharsets.UTF_8)).doesNotContain("张三丰");
    }

    @Test
    void whoIsRejectedIsToldWhenTheScreenerWantsIt() {
        Waiting told = parked("SUSPICIOUS 点击领奖");
        decisions.reject(told.message().id(), screener.id(), "不属于受理范围", "您好，未予受理。");
        assertThat(now(told).message().state()).isEqualTo(State.REJECTED);
        assertThat(now(told).message().note()).isEqualTo("不属于受理范围");
        assertThat(ScreenedReader.REPLIES).containsEntry(told.message().id(), "您好，未予受理。");
        assertThat(deeds(told)).containsExactly(Deed.REPLIED, Deed.REJECTED);

        Waiting untold = parked("SUSPICIOUS 点击领奖");
        decisions.reject(untold.message().id(), screener.id(), "广告", null);
        assertThat(ScreenedReader.REPLIES).doesNotContainKey(untold.message().id());
    }

    @Test
    void aCallBackThatReachesNobodyIsDueAgainAndItsFirstAttemptCounts() {
        Waiting found = parked("CALL_BACK 未接来电");
        UUID id = found.message().id();
        time.advance(Duration.ofMinutes(10));
        decisions.calledInVain(id, screener.id(), "无人接听");
        Waiting again = now(found);
        assertThat(again.message().state()).isEqualTo(State.PARKED);
        assertThat(again.dueAt()).isAfter(found.dueAt());
        assertThat(again.calls()).isEqualTo(1);
        assertThat(again.answeredAt()).isNotNull();
        assertThat(again.isLate()).isFalse();

        time.advance(Duration.ofHours(2));
        decisions.called(id, screener.id(), "客户已自行解决");
        assertThat(now(found).message().state()).isEqualTo(State.ENDED);
        assertThat(now(found).isLate()).isFalse();
        assertThat(deeds(found)).containsExactly(Deed.CALLED_IN_VAIN, Deed.CALLED);

        Waiting mail = parked("UNCLEAR 不是电话");
        assertThatThrownBy(() -> decisions.called(mail.message().id(), screener.id(), "x"))
                .isInstanceOf(MessageHeld.class);
    }

    @Test
    void automaticMessagesAreClosedTogetherAndNothingElseWithThem() {
        Waiting one = parked("AUTOMATIC_REPLY 外出中");
        Waiting two = parked("LOOP 自动回复");
        Waiting real = parked("UNCLEAR 有事相求");
        assertThat(decisions.close(
                        List.of(
                                one.message().id(),
                                two.message().id(),
                                real.message().id()),
                        screener.id()))
                .isEqualTo(2);
        assertThat(now(one).message().state()).isEqualTo(State.ENDED);
        assertThat(now(two).message().state()).isEqualTo(State.ENDED);
        assertThat(now(real).message().state()).isEqualTo(State.PARKED);
    }

    @Test
    void whatIsReadAgainGoesOnWaitingSinceTheFirstTime() {
        Waiting found = parked("UNREADABLE 乱码");
        time.advance(Duration.ofMinutes(5));
        decisions.readAgain(found.message().id(), screener.id());
        Waiting again = messages.read(found.message().id());
        assertThat(again.message().state()).isEqualTo(State.PARKED);
        assertThat(again.dueAt()).isEqualTo(found.dueAt());
        assertThat(deeds(found)).containsExactly(Deed.READ_AGAIN);
    }

    @Test
    void whatNobodyClaimsGoesToTheDeputyThenToTheLeadThenToTheManagers() {
        Waiting found = parked("UNCLEAR 有事相求");
        climbing.climb();
        assertThat(now(found).climbs()).isZero();

        time.advance(Duration.ofMinutes(MINUTES / 2 + 1));
        climbing.climb();
        assertThat(now(found).climbs()).isEqualTo(1);
        assertThat(now(found).message().screener()).isEqualTo(deputy.id());

        time.advance(Duration.ofMinutes(MINUTES / 2));
        // The deputy has no lead of his own: the managers stand in, and the one who leads the screener is among them.
        climbing.climb();
        assertThat(now(found).climbs()).isEqualTo(2);
        UUID third = Objects.requireNonNull(now(found).message().screener());
        assertThat(third).isNotIn(screener.id(), deputy.id());
        assertThat(staff.find(third).orElseThrow().roles()).contains(Role.MANAGER);

        time.advance(Duration.ofMinutes(MINUTES));
        climbing.climb();
        assertThat(now(found).climbs()).isEqualTo(3);
        assertThat(deeds(found)).containsExactly(Deed.CLIMBED, Deed.CLIMBED, Deed.CLIMBED);

        UUID holder = Objects.requireNonNull(now(found).message().screener());
        time.advance(Duration.ofHours(1));
        climbing.climb();
        assertThat(now(found).climbs()).isEqualTo(4);
        assertThat(now(found).message().screener()).isEqualTo(holder);
        assertTold(deputy, ".CLIMBED");

        decisions.claim(found.message().id(), holder);
        decisions.reject(found.message().id(), holder, "广告", null);
        assertThat(now(found).isLate()).isTrue();
    }

    @Test
    void theLeadOfTheScreenerGetsItWhereThereIsNoDeputy() {
        duties.set(new ChannelDuty(CHANNEL, screener.id(), null, null, false, MINUTES));
        Waiting found = parked("UNCLEAR 有事相求");
        jdbc.sql("update intake.message set climbs = 1 where id = :id")
                .param("id", found.message().id())
                .update();
        time.advance(Duration.ofMinutes(MINUTES));
        climbing.climb();
        assertThat(now(found).message().screener()).isEqualTo(lead.id());
    }

    @Test
    void whatIsClaimedStaysWithItsHolderAndThoseAboveAreToldThatItIsLate() {
        Waiting found = parked("UNCLEAR 有事相求");
        decisions.claim(found.message().id(), screener.id());
        time.advance(Duration.ofMinutes(MINUTES / 2 + 1));
        climbing.climb();
        time.advance(Duration.ofMinutes(MINUTES / 2));
        climbing.climb();
        assertThat(now(found).message().screener()).isEqualTo(screener.id());
        time.advance(Duration.ofMinutes(1));
        assertTold(lead, ".CLIMBED");
    }

    @Test
    void manyNodesLetAMessageClimbOnce() throws Exception {
        Waiting found = parked("UNCLEAR 有事相求");
        time.advance(Duration.ofMinutes(MINUTES / 2 + 1));
        try (var threads = Executors.newFixedThreadPool(4)) {
            var nodes = new ArrayList<Callable<Integer>>();
            for (int i = 0; i < 4; i++) {
                nodes.add(climbing::climb);
            }
            for (var node : threads.invokeAll(nodes)) {
                node.get();
            }
        }
        climbing.climb();
        assertThat(now(found).climbs()).isEqualTo(1);
        assertThat(deeds(found)).containsExactly(Deed.CLIMBED);
    }

    @Test
    void whoGoesOnLeaveHandsOverWhatWaitsAndGetsNothingNew() {
        Waiting open = parked("UNCLEAR 有事相求");
        Waiting claimed = parked("UNCLEAR 另一件事");
        decisions.claim(claimed.message().id(), screener.id());
        Instant from = time.instant().plus(Duration.ofHours(1));
        absences.add(screener.id(), from, from.plus(Duration.ofDays(5)), Absences.Reason.LEAVE);
        climbing.handOver();
        assertThat(now(open).message().screener()).isEqualTo(screener.id());

        time.advance(Duration.ofHours(1).plusSeconds(10));
        climbing.handOver();
        assertThat(now(open).message().screener()).isEqualTo(deputy.id());
        assertThat(now(claimed).message().screener()).isEqualTo(deputy.id());
        assertThat(now(claimed).message().claimedAt()).isNull();
        assertThat(deeds(claimed)).containsExactly(Deed.CLAIMED, Deed.HANDED_OVER);
        assertThat(parked("UNCLEAR 新的").message().screener()).isEqualTo(deputy.id());

        time.advance(Duration.ofDays(5));
        assertThat(parked("UNCLEAR 回来后").message().screener()).isEqualTo(screener.id());
    }

    @Test
    void howFastAChannelIsIsCounted() {
        time.advance(Duration.ofDays(40));
        Waiting inTime = parked("UNCLEAR 一");
        Waiting late = parked("UNCLEAR 二");
        Waiting open = parked("UNCLEAR 三");
        messages.read(CHANNEL, "OPEN 四");
        parked("BOUNCE 五");
        time.advance(Duration.ofMinutes(10));
        decisions.reject(inTime.message().id(), screener.id(), "广告", null);
        time.advance(Duration.ofMinutes(50));
        decisions.reject(late.message().id(), screener.id(), "广告", null);
        Figures whole = waiting.wholeFigures(Duration.ofDays(1)).stream()
                .filter(each -> each.channel() == CHANNEL)
                .findFirst()
                .orElseThrow();
        assertThat(whole.received()).isEqualTo(5);
        assertThat(whole.opened()).isEqualTo(1);
        assertThat(whole.parked()).isEqualTo(3);
        assertThat(whole.decided()).isEqualTo(2);
        assertThat(whole.inTime()).isEqualTo(1);
        assertThat(whole.late()).isEqualTo(2);
        assertThat(whole.medianMinutes()).isBetween(34.0, 37.0);
        assertThat(now(open).message().state()).isEqualTo(State.PARKED);
        assertThat(waiting.figures(Duration.ofDays(1), ZoneId.of("Asia/Shanghai")).stream()
                        .filter(each -> each.channel() == CHANNEL)
                        .mapToLong(Figures::received)
                        .sum())
                .isEqualTo(5);
    }

    @Test
    void theReasonsThatNeedNoAnswerAreTheAutomaticOnes() {
        assertThat(ParkReason.values())
                .filteredOn(reason -> !reason.needsAnswer())
                .containsExactly(ParkReason.AUTOMATIC_REPLY, ParkReason.BOUNCE, ParkReason.LOOP);
    }
}
