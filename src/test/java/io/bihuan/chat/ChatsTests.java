package io.bihuan.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bihuan.BihuanTest;
import io.bihuan.MovableTime;
import io.bihuan.chat.Chat.Side;
import io.bihuan.chat.Chat.State;
import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.complaint.Complaints;
import io.bihuan.identity.Role;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffDetails;
import io.bihuan.intake.Inbox;
import io.bihuan.intake.InboxMessage;
import io.bihuan.intake.InboxWork;
import io.bihuan.intake.ParkReason;
import io.bihuan.pack.Kind;
import io.bihuan.platform.Refused;
import io.bihuan.platform.Writes;
import io.bihuan.privacy.Personal;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A customer who writes is answered by one person who knows what was said, or is called back. */
@BihuanTest(properties = {"bihuan.imports.enabled=false", "bihuan.alarms.enabled=false"})
class ChatsTests {
    @Autowired
    Chats chats;

    @Autowired
    ChatDuty duty;

    @Autowired
    ChatCallBacks callBacks;

    @Autowired
    ChatFigures figures;

    @Autowired
    VisitorChats visitors;

    @Autowired
    DataSource database;

    @Autowired
    Complaints complaints;

    @Autowired
    Inbox inbox;

    @Autowired
    InboxWork work;

    @Autowired
    Staff staff;

    @Autowired
    MovableTime time;

    @Autowired
    JdbcClient jdbc;

    private UUID first;
    private UUID second;

    @BeforeEach
    void nobodyIsThere() {
        jdbc.sql("update chat.agent set available = false").update();
        jdbc.sql("update chat.chat set state = 'ENDED', ended_at = opened_at where state in ('WAITING', 'TALKING')")
                .update();
        first = agent("周敏");
        second = agent("林小雨");
    }

    @AfterEach
    void resetTime() {
        time.reset();
    }

    private UUID agent(String name) {
        return staff.create(
                "chat-" + UUID.randomUUID(), "a long pass phrase 1", false, StaffDetails.of(name, null, Role.AGENT));
    }

    private Chat open(String text) {
        String token = chats.open(
                "appliance", "张三丰", "138 1234 5678", text, UUID.randomUUID().toString());
        return chats.byToken(token).orElseThrow();
    }

    private Chat now(Chat chat) {
        return chats.find(chat.id()).orElseThrow();
    }

    @Test
    void whoWaitsLongestGoesToTheAgentWithTheFewestChats() {
        Chat one = open("空调不制冷");
        Chat two = open("冰箱异响");
        assertThat(now(two).state()).isEqualTo(State.WAITING);
        assertThat(duty.before(now(two))).isEqualTo(1);

        duty.ready(first, new ChatDuty.Readiness(true, 1));
        assertThat(now(one).agent()).isEqualTo(first);
        assertThat(now(two).state()).isEqualTo(State.WAITING);
        duty.ready(second, new ChatDuty.Readiness(true, 3));
        assertThat(now(two).agent()).isEqualTo(second);
        Chat three = open("热水器漏水");
        assertThat(now(three).agent()).isEqualTo(second);
        chats.end(one.id(), first);
        Chat four = open("洗衣机不脱水");
        assertThat(now(four).agent()).isEqualTo(first);
    }

    @Test
    void ofTwoAgentsOneTakesAChat() throws Exception {
        Chat chat = open("空调不制冷");
        var taken = new ArrayList<Boolean>();
        try (var threads = Executors.newFixedThreadPool(2)) {
            var both = new ArrayList<Callable<Boolean>>();
            for (UUID agent : new UUID[] {first, second}) {
                both.add(() -> {
                    try {
                        duty.take(chat.id(), agent);
                        return true;
                    } catch (Refused e) {
                        return false;
                    }
                });
            }
            for (var each : threads.invokeAll(both)) {
                taken.add(each.get());
            }
        }
        assertThat(taken).containsExactlyInAnyOrder(true, false);
    }

    @Test
    void theSameLineSentTenTimesIsSaidOnce() throws Exception {
        Chat chat = open("空调不制冷");
        UUID token = UUID.randomUUID();
        try (var threads = Executors.newFixedThreadPool(10)) {
            var all = new ArrayList<Callable<Void>>();
            for (int i = 0; i < 10; i++) {
                all.add(() -> {
                    chats.customerSays(chat.id(), token, "在吗");
                    return null;
                });
            }
            for (var each : threads.invokeAll(all)) {
                each.get();
            }
        }
        assertThat(chats.lines(chat.id(), true)).extracting(Chat.Line::text).containsExactly("空调不制冷", "在吗");
    }

    @Test
    void whoIsHandedOnNeedNotSayItAgainAndNeverSeesTheNote() {
        duty.ready(first, new ChatDuty.Readiness(true, 4));
        Chat chat = open("空调不制冷");
        chats.agentSays(chat.id(), first, UUID.randomUUID(), "请问型号？", false);
        chats.transfer(chat.id(), first, second, "客户要求换货，语气急");
        assertThat(now(chat).agent()).isEqualTo(second);
        assertThat(chats.lines(chat.id(), true)).extracting(Chat.Line::text).contains("空调不制冷", "请问型号？", "客户要求换货，语气急");
        assertThat(chats.lines(chat.id(), false))
                .noneMatch(line -> line.side() == Side.NOTE)
                .extracting(Chat.Line::text)
                .doesNotContain("客户要求换货，语气急");
        assertThatThrownBy(() -> chats.agentSays(chat.id(), first, UUID.randomUUID(), "还在吗", false))
                .isInstanceOf(Refused.class);
        assertThat(duty.of(second)).extracting(Chat::id).contains(chat.id());
    }

    @Test
    void theTranscriptBecomesTheCaseAndWhatIsSaidLaterGoesThere() {
        duty.ready(first, new ChatDuty.Readiness(true, 4));
        Chat chat = open("空调不制冷，昨天刚修过");
        chats.agentSays(chat.id(), first, UUID.randomUUID(), "我帮您登记", false);
        chats.agentSays(chat.id(), first, UUID.randomUUID(), "内部：这是第三次", true);
        Complaint complaint = chats.register(chat.id(), first, Kind.INQUIRY);
        assertThat(complaint.channel()).isEqualTo(Channel.CHAT);
        assertThat(complaint.kind()).isEqualTo(Kind.INQUIRY);
        assertThat(complaint.owner()).isEqualTo(first);
        assertThat(complaint.ownerConfirmedAt()).isNotNull();
        assertThat(complaint.customer().phone()).isEqualTo(Personal.of("+8613812345678"));
        assertThat(Personal.text(complaint.content()))
                .contains("昨天刚修过", "我帮您登记")
                .doesNotContain("内部");
        assertThatThrownBy(() -> chats.register(chat.id(), first, Kind.COMPLAINT))
                .isInstanceOf(Refused.class);

        chats.customerSays(chat.id(), UUID.randomUUID(), "型号是 KFR-35GW");
        chats.end(chat.id(), first);
        assertThat(complaints.history(complaint.number(), 0, 50))
                .anyMatch(event -> event.event() instanceof ComplaintEvent.InformationAdded added
                        && Personal.text(added.text()).contains("KFR-35GW")
                        && !Personal.text(added.text()).contains("昨天刚修过"));
        assertThatThrownBy(() -> chats.customerSays(chat.id(), UUID.randomUUID(), "还有"))
                .isInstanceOf(Refused.class);
    }

    private InboxMessage callBack(Chat chat) throws InterruptedException {
        for (int tries = 0; tries < 600; tries++) {
            var message = inbox.find("chat", chat.id().toString());
            if (message.isPresent() && message.get().state() == InboxMessage.State.PARKED) {
                return message.get();
            }
            work.readOne();
            Thread.sleep(20);
        }
        throw new AssertionError("nobody is to call back");
    }

    @Test
    void whoFindsNobodyLeavesANumberAndIsCalledBackOnce() throws Exception {
        Chat chat = open("空调不制冷");
        assertThat(duty.isAnybodyThere()).isFalse();
        assertThatThrownBy(() -> callBacks.leaveMessage(chat.id(), "张三丰", "没有", ""))
                .isInstanceOf(Refused.class);
        callBacks.leaveMessage(chat.id(), "张三丰", "13912345678", "请下午打");
        assertThat(now(chat).state()).isEqualTo(State.MESSAGE);
        InboxMessage task = callBack(chat);
        assertThat(task.reason()).isEqualTo(ParkReason.CALL_BACK);
        assertThat(Objects.requireNonNull(task.draft()).content()).contains("空调不制冷", "请下午打");
        assertThat(Objects.requireNonNull(task.draft()).customerPhone()).isEqualTo("+8613912345678");
        callBacks.endAbandoned();
        assertThat(inbox.find("chat", chat.id().toString()).orElseThrow().id()).isEqualTo(task.id());
    }

    @Test
    void whoGoesAwayWhileWaitingIsCalledBackToo() throws Exception {
        Chat chat = open("空调不制冷");
        time.advance(ChatCallBacks.CUSTOMER_AWAY.plusSeconds(1));
        callBacks.endAbandoned();
        assertThat(now(chat).state()).isEqualTo(State.LEFT);
        assertThat(Objects.requireNonNull(callBack(chat).draft()).content()).contains("空调不制冷");
    }

    @Test
    void anAgentWhosePageIsClosedGetsNothing() {
        duty.ready(first, new ChatDuty.Readiness(true, 4));
        time.advance(ChatDuty.AGENT_AWAY.plusSeconds(1));
        assertThat(now(open("空调不制冷")).state()).isEqualTo(State.WAITING);
    }

    @Test
    void theFirstAnswerOfAPersonIsMeasured() {
        ChatFigures.Figures before = figures.since(time.instant().minus(Duration.ofDays(1)));
        duty.ready(first, new ChatDuty.Readiness(true, 4));
        Chat chat = open("空调不制冷");
        time.advance(Duration.ofSeconds(30));
        chats.agentSays(chat.id(), first, UUID.randomUUID(), "先看看", true);
        assertThat(now(chat).answeredAt()).isNull();
        chats.agentSays(chat.id(), first, UUID.randomUUID(), "您好", false);
        ChatFigures.Figures after = figures.since(time.instant().minus(Duration.ofDays(1)));
        assertThat(after.opened()).isEqualTo(before.opened() + 1);
        assertThat(after.answered()).isEqualTo(before.answered() + 1);
        assertThat(after.answeredInMinute()).isEqualTo(before.answeredInMinute() + 1);
    }

    @Test
    void oneAddressDoesNotOpenChatsWithoutEnd() {
        String address = UUID.randomUUID().toString();
        for (int i = 0; i < 10; i++) {
            chats.open("appliance", "", "", "空调", address);
        }
        assertThatThrownBy(() -> chats.open("appliance", "", "", "空调", address)).isInstanceOf(Chats.TooMany.class);
    }

    private UUID visit(String visitor) {
        UUID id = UUID.randomUUID();
        var says = new Writes();
        visitors.visit(new VisitorChats.Visit(id, visitor, "appliance", null, List.of("空调不制冷"), List.of()), says);
        says.send(database);
        return id;
    }

    @Test
    void whatFailsForOneVisitorUndoesNothingOfAnother() {
        duty.ready(first, new ChatDuty.Readiness(true, 1));
        UUID one = visit("elsewhere:" + UUID.randomUUID());
        time.advance(Duration.ofSeconds(1));
        UUID other = visit("elsewhere:" + UUID.randomUUID());
        assertThat(chats.find(one).orElseThrow().state()).isEqualTo(State.WAITING);
        byte[] key = jdbc.sql("select data_key from chat.chat where id = ?")
                .param(other)
                .query(byte[].class)
                .single();
        jdbc.sql("update chat.chat set data_key = '\\x00' where id = ?")
                .param(other)
                .update();
        time.advance(VisitorChats.PATIENCE.plusMinutes(1));
        assertThatThrownBy(visitors::lookAfter).isInstanceOf(RuntimeException.class);
        jdbc.sql("update chat.chat set data_key = ? where id = ?")
                .param(key)
                .param(other)
                .update();
        assertThat(chats.find(one).orElseThrow().state()).isEqualTo(State.MESSAGE);
        assertThat(chats.find(other).orElseThrow().state()).isEqualTo(State.WAITING);

        visitors.lookAfter();
        assertThat(chats.find(other).orElseThrow().state()).isEqualTo(State.MESSAGE);
        assertThat(chats.lines(one, false)).hasSize(chats.lines(other, false).size());
    }

    @Test
    void twoNodesEndASilentChatOnce() throws Exception {
        duty.ready(first, new ChatDuty.Readiness(true, 9));
        var silent = new ArrayList<UUID>();
        for (int i = 0; i < 8; i++) {
            silent.add(visit("elsewhere:" + UUID.randomUUID()));
        }
        duty.giveOut();
        silent.forEach(id -> chats.agentRead(id, first));
        time.advance(VisitorChats.SILENT.plusMinutes(1));
        jdbc.sql("update chat.agent set seen_at = :now where staff = :staff")
                .param("now", time.instant().atOffset(ZoneOffset.UTC))
                .param("staff", first)
                .update();
        try (var threads = Executors.newFixedThreadPool(2)) {
            Callable<Boolean> node = () -> {
                visitors.lookAfter();
                return true;
            };
            for (var each : threads.invokeAll(List.of(node, node))) {
                assertThat(each.get()).isTrue();
            }
        }
        assertThat(silent).allSatisfy(id -> {
            assertThat(chats.find(id).orElseThrow().state()).isEqualTo(State.ENDED);
            assertThat(chats.lines(id, false))
                    .filteredOn(line -> line.text().contains("已结束"))
                    .hasSize(1);
        });
    }
}
