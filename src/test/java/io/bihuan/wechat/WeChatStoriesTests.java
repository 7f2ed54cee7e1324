package io.bihuan.wechat;

import static io.bihuan.FormToken.csrf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import io.bihuan.BihuanTest;
import io.bihuan.MovableTime;
import io.bihuan.chat.Chat;
import io.bihuan.chat.ChatDuty;
import io.bihuan.chat.Chats;
import io.bihuan.chat.VisitorChats;
import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.Channel;
import io.bihuan.complaint.ClockChange;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.complaint.ComplaintFiles;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Contact;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.complaint.web.DeskPeople;
import io.bihuan.identity.Role;
import io.bihuan.identity.Staff;
import io.bihuan.intake.ChannelDuties;
import io.bihuan.intake.Decisions;
import io.bihuan.intake.Inbox;
import io.bihuan.intake.InboxMessage;
import io.bihuan.intake.Intake;
import io.bihuan.intake.ParkReason;
import io.bihuan.intake.Replies;
import io.bihuan.intake.SourceStates;
import io.bihuan.message.Category;
import io.bihuan.message.Content;
import io.bihuan.message.MessageWork;
import io.bihuan.message.Messages;
import io.bihuan.message.Outbox;
import io.bihuan.message.OutgoingMessage;
import io.bihuan.message.Recipient;
import io.bihuan.message.State;
import io.bihuan.message.Way;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Writes;
import io.bihuan.privacy.Personal;
import io.bihuan.wechat.WeChatSettings.Account;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.transaction.support.TransactionTemplate;

/** What a customer lives through with the account: on a real database, against a platform that answers as the story wants. */
@BihuanTest
class WeChatStoriesTests {
    private static final FakeWeChat PLATFORM = FakeWeChat.shared();
    private static final String SOURCE = "wechat:" + FakeWeChat.SAFE;

    @Autowired
    MockMvc http;

    @Autowired
    Inbox inbox;

    @Autowired
    Complaints complaints;

    @Autowired
    ComplaintFiles files;

    @Autowired
    WeChatWork work;

    @Autowired
    Outgoing outgoing;

    @Autowired
    AccessTokens tokens;

    @Autowired
    WeChatBindings bindings;

    @Autowired
    BindingLinks links;

    @Autowired
    Outbox outbox;

    @Autowired
    Messages messages;

    @Autowired
    MessageWork sending;

    @Autowired
    ChannelDuties duties;

    @Autowired
    SourceStates sources;

    @Autowired
    Staff staff;

    @Autowired
    Intake intake;

    @Autowired
    Decisions decisions;

    @Autowired
    Chats chats;

    @Autowired
    ChatDuty duty;

    @Autowired
    VisitorChats visitorChats;

    @Autowired
    List<Replies> replies;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    DataSource database;

    @Autowired
    MovableTime time;

    @Autowired
    JdbcClient jdbc;

    private Caller caller;
    private String openId;

    @BeforeEach
    void begin() {
        caller = new Caller(http, time);
        openId = Caller.openId();
    }

    @AfterEach
    void resetTime() {
        time.reset();
        duties.set(new ChannelDuties.ChannelDuty(Channel.WECHAT, null, null, null, false));
    }

    private static <T> T until(Supplier<T> found) {
        for (int tries = 0; tries < 1_500; tries++) {
            T it = found.get();
            if (it != null) {
                return it;
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new AssertionError("nothing came");
    }

    /** Sends a message and waits until it is read. */
    private InboxMessage send(String xml) {
        String id = xml.replaceAll("(?s).*<MsgId>(.*)</MsgId>.*", "$1");
        MockHttpServletResponse answer = caller.sendSealed(FakeWeChat.SAFE, xml);
        assertThat(answer.getStatus()).isEqualTo(200);
        return read(id);
    }

    private InboxMessage read(String id) {
        return until(() -> inbox.find(SOURCE, id)
                .filter(message -> message.state() != InboxMessage.State.NEW)
                .orElse(null));
    }

    /** Says something and waits for what the account says to it. */
    private String say(String text) {
        // What was said to the message before is on its way, and is no answer to this one.
        until(() -> jdbc.sql("""
                                select count(*) from wechat.outgoing o join wechat.conversation c on c.id = o.conversation_id
                                where c.open_id = :openId and o.state = 'WAITING'
                                """).param("openId", openId).query(Integer.class).single() == 0 ? true : null);
        int before = PLATFORM.texts(openId).size();
        send(caller.text(openId, Caller.nextId(), text));
        return next(before);
    }

    private String next(int before) {
        return until(() -> {
            List<String> texts = PLATFORM.texts(openId);
            return texts.size() > before ? texts.getLast() : null;
        });
    }

    private InboxMessage sendMedia(String type, String mediaId, String more) {
        return send(
                caller.message(openId, type, Caller.nextId(), "<MediaId><![CDATA[" + mediaId + "]]></MediaId>" + more));
    }

    /** Answers whatever is asked until everything is to be confirmed. */
    private String confirms(String reply) {
        String said = reply;
        for (int i = 0; i < 6 && !said.contains("请核对"); i++) {
            said = say(said.contains("联系电话") ? "13812345678" : said.contains("哪一项") ? "1" : "完成");
        }
        assertThat(said).contains("请核对");
        return said;
    }

    private Complaint complaint(String number) {
        var matcher = Pattern.compile("编号 ([0-9 -]+)").matcher(number);
        assertThat(matcher.find()).isTrue();
        return complaints
                .find(io.bihuan.complaint.ComplaintNumber.read(matcher.group(1).strip())
                        .orElseThrow())
                .orElseThrow();
    }

    private Complaint opens(String text) {
        confirms(say(text));
        return complaint(say("提交"));
    }

    private static byte[] picture(int colour) throws IOException {
        var image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        image.setRGB(1, 1, colour);
        var out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    @Test
    void aConversationBecomesAComplaintAndGoesOnInIt() throws IOException {
        assertThat(say("你好")).contains("要投诉，请回复“投诉”");
        assertThat(say("投诉")).contains("请告诉我们发生了什么事");
        assertThat(say("空调修了三次还是不制冷，要求退货。")).contains("已记下（共 1 条）");
        String picture = Caller.nextId();
        PLATFORM.files.put(picture, new FakeWeChat.Kept("image/png", picture(0xFF0000 + openId.hashCode() % 9999)));
        sendMedia("image", picture, "<PicUrl>http://127.0.0.1:1/p</PicUrl>");
        String voice = Caller.nextId();
        PLATFORM.files.put(
                voice, new FakeWeChat.Kept("audio/amr", ("#!AMR\n" + voice).getBytes(StandardCharsets.US_ASCII)));
        sendMedia("voice", voice, "<Format>amr</Format><Recognition>已经等了半个月</Recognition>");
        send(caller.message(
                openId,
                "location",
                Caller.nextId(),
                "<Location_X>31.23</Location_X><Location_Y>121.47</Location_Y><Label>人民广场</Label>"));
        confirms(say("完成"));
        String opened = say("提交");
        Complaint complaint = complaint(opened);
        assertThat(complaint.channel()).isEqualTo(Channel.WECHAT);
        assertThat(Personal.text(complaint.content())).contains("要求退货", "已经等了半个月", "人民广场");
        assertThat(Personal.text(complaint.customer().phone())).isEqualTo("+8613812345678");
        assertThat(complaint.product()).containsKey("productType");
        assertThat(files.of(complaint.id())).hasSize(2);
        assertThat(opened)
                .contains(FakeWeChat.PUBLIC_URL + "/t/" + complaint.number().digits());

        assertThat(say("师傅说明天来")).contains("已补充到投诉");
        assertThat(complaints.history(complaint.number(), 0, 50))
                .anyMatch(event -> event.event() instanceof ComplaintEvent.InformationAdded information
                        && Personal.text(information.text()).equals("师傅说明天来"));
        assertThat(say("我的投诉")).contains(complaint.number().readable(), FakeWeChat.PUBLIC_URL + "/t/");
        complaints.perform(complaint.number(), null, new Command.Withdraw("解决了"), Actor.CUSTOMER);
        complaints.perform(complaint.number(), null, new Command.Archive("安装工艺"), Actor.SYSTEM);
        assertThat(say("我的投诉")).contains("没有正在处理的投诉");
        assertThat(say("冰箱也坏了")).contains("已记下（共 1 条）");
    }

    @Test
    void theAcknowledgementIsDoneWhenTheNumberHasGoneOut() {
        Complaint complaint = opens("油烟机漏油");
        HistoryEvent acknowledged = until(() -> complaints.history(complaint.number(), 0, 50).stream()
                .filter(event -> event.event() instanceof ComplaintEvent.Acknowledged)
                .findFirst()
                .orElse(null));
        assertThat(acknowledged.event()).isEqualTo(new ComplaintEvent.Acknowledged(Contact.WECHAT));
        assertThat(acknowledged.actor()).isEqualTo(Actor.SYSTEM);
        assertThat(acknowledged.clocks()).extracting(ClockChange::name).containsExactly("acknowledge");

        assertThat(say("师傅还没来")).contains("已补充到投诉");
        assertThat(complaints.history(complaint.number(), 0, 50))
                .filteredOn(event -> event.event() instanceof ComplaintEvent.Acknowledged)
                .hasSize(1);
    }

    @Test
    void whatTheOwnerAsksReachesTheConversation() {
        Complaint complaint = opens("燃气灶点不着");
        int before = PLATFORM.texts(openId).size();
        complaints.perform(complaint.number(), null, new Command.AskCustomer("请问购买日期是哪天？"), Actor.SYSTEM);
        assertThat(next(before)).contains("请问购买日期是哪天？", complaint.number().readable());
        assertThat(say("去年双十一")).contains("已补充到投诉");
        assertThat(complaints.find(complaint.number()).orElseThrow().isWaiting())
                .isFalse();
    }

    @Test
    void aMessageReachesTheConversationThatTheComplaintCameOutOf() {
        Complaint complaint = opens("热水器漏水");
        int before = PLATFORM.texts(openId).size();
        var id = io.bihuan.platform.Ids.next();
        transaction.executeWithoutResult(status -> {
            var writes = new io.bihuan.platform.Writes();
            messages.send(
                    writes,
                    new OutgoingMessage(
                            id,
                            "complaint",
                            complaint.id(),
                            new Recipient(null, null, null, "zh-CN"),
                            Category.SERVICE,
                            "progress",
                            List.of(Way.WECHAT),
                            Map.of(Way.WECHAT, Content.of("师傅明天上午上门")),
                            null));
            writes.send(database);
        });
        assertThat(next(before)).isEqualTo("师傅明天上午上门");
        until(() -> {
            time.advance(Duration.ofSeconds(5));
            sending.work();
            return messages.find(id).orElseThrow().state() == State.DELIVERED ? true : null;
        });
        assertThat(PLATFORM.texts(openId)).hasSize(before + 1);
    }

    @Test
    void theSameCallbackTenTimesAtOnceIsSaidOnce() throws Exception {
        String id = Caller.nextId();
        String xml = caller.text(openId, id, "洗衣机漏水");
        try (var threads = Executors.newFixedThreadPool(10)) {
            var calls = new ArrayList<Callable<Integer>>();
            for (int i = 0; i < 10; i++) {
                calls.add(() -> caller.sendSealed(FakeWeChat.SAFE, xml).getStatus());
            }
            for (Future<Integer> status : threads.invokeAll(calls)) {
                assertThat(status.get()).isEqualTo(200);
            }
        }
        read(id);
        assertThat(next(0)).contains("共 1 条");
        confirms(say("完成"));
        Complaint complaint = complaint(say("提交"));
        assertThat(Personal.text(complaint.content())).isEqualTo("洗衣机漏水");
        assertThat(PLATFORM.texts(openId)).doesNotHaveDuplicates();
    }

    @Test
    void whatNobodyGoesOnWithIsTakenInAsItIs() {
        say("热水器打不着火");
        time.advance(Duration.ofMinutes(29));
        work.takeInTheSilent();
        assertThat(PLATFORM.texts(openId)).hasSize(1);
        time.advance(Duration.ofMinutes(2));
        work.takeInTheSilent();
        work.takeInTheSilent();
        Complaint complaint = complaint(next(1));
        assertThat(Personal.text(complaint.content())).isEqualTo("热水器打不着火");
        assertThat(complaint.receivedAt()).isBefore(time.instant().minus(Duration.ofMinutes(29)));
        assertThat(jdbc.sql("select count(*) from intake.message where conversation = :openId and state = 'OPENED'")
                        .param("openId", openId)
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void oneOfTwoComplaintsIsAskedFor() {
        Complaint first = opens("空调漏水");
        assertThat(say("新投诉")).contains("请告诉我们发生了什么事");
        Complaint second = opens("电视黑屏");
        String which = say("今天还是没人来");
        assertThat(which).contains(first.number().readable(), second.number().readable());
        assertThat(say("2")).contains(first.number().readable());
        assertThat(complaints.history(first.number(), 0, 50))
                .anyMatch(event -> event.event() instanceof ComplaintEvent.InformationAdded information
                        && Personal.text(information.text()).equals("今天还是没人来"));
    }

    @Test
    void whatIsScreenedFirstWaitsAndTheCustomerHearsSo() {
        duties.set(new ChannelDuties.ChannelDuty(Channel.WECHAT, null, null, null, true));
        confirms(say("油烟机噪音大"));
        String id = Caller.nextId();
        int before = PLATFORM.texts(openId).size();
        InboxMessage parked = send(caller.text(openId, id, "提交"));
        assertThat(parked.reason()).isEqualTo(ParkReason.SCREEN_FIRST);
        assertThat(Objects.requireNonNull(parked.draft()).content()).isEqualTo("油烟机噪音大");
        assertThat(next(before)).contains("工作人员核对后");
        assertThat(say("你好")).contains("要投诉，请回复“投诉”");

        UUID screener = DeskPeople.person(staff, "周敏", null, Role.AGENT).id();
        Complaint accepted = intake.register(
                Objects.requireNonNull(parked.draft()),
                Actor.staff(screener),
                (complaint, writes) -> decisions.opening(parked.id(), screener).accept(complaint, writes));
        hears("编号 " + accepted.number().readable());
        assertThat(say("我的投诉")).contains(accepted.number().readable());
    }

    private String visitor() {
        return SOURCE + ":" + openId;
    }

    /** The only agent who is there. */
    private UUID agent() {
        jdbc.sql("update chat.agent set available = false").update();
        UUID agent = DeskPeople.person(staff, "周敏", null, Role.AGENT).id();
        duty.ready(agent, new ChatDuty.Readiness(true, 20));
        return agent;
    }

    private void hears(String text) {
        until(() -> PLATFORM.texts(openId).stream().anyMatch(each -> each.contains(text)) ? true : null);
    }

    private static void tenTimesAtOnce(Callable<Integer> what) throws Exception {
        try (var threads = Executors.newFixedThreadPool(10)) {
            for (Future<Integer> each : threads.invokeAll(Collections.nCopies(10, what))) {
                each.get();
            }
        }
    }

    @Test
    void whoAsksForAPersonTalksWithOneUntilItEnds() throws Exception {
        UUID agent = agent();
        say("空调漏水，地板泡坏了");
        assertThat(say("转人工")).contains("正在为您转接人工客服");
        duty.agentSeen(agent);
        hears("客服已接入");
        Chat chat = visitorChats.of(visitor()).orElseThrow();
        assertThat(chat.agent()).isEqualTo(agent);

        UUID token = UUID.randomUUID();
        tenTimesAtOnce(() -> {
            chats.agentSays(chat.id(), agent, token, "请问是什么型号？", false);
            return 0;
        });
        chats.agentSays(chat.id(), agent, UUID.randomUUID(), "内部：第三次来", true);
        hears("请问是什么型号？");
        String id = Caller.nextId();
        String model = caller.text(openId, id, "KFR-35GW");
        tenTimesAtOnce(() -> caller.sendSealed(FakeWeChat.SAFE, model).getStatus());
        assertThat(read(id).state()).isEqualTo(InboxMessage.State.ENDED);
        String picture = Caller.nextId();
        PLATFORM.files.put(picture, new FakeWeChat.Kept("image/png", picture(0x0000FF + openId.hashCode() % 9999)));
        sendMedia("image", picture, "<PicUrl>http://127.0.0.1:1/p</PicUrl>");
        assertThat(chats.lines(chat.id(), true).stream()
                        .filter(line -> line.side() != Chat.Side.SYSTEM && line.file() == null)
                        .map(Chat.Line::text))
                .containsExactly("空调漏水，地板泡坏了", "请问是什么型号？", "内部：第三次来", "KFR-35GW");
        Attachment sent =
                Objects.requireNonNull(chats.lines(chat.id(), true).getLast().file());
        assertThat(http.perform(get("/desk/chats/" + chat.id() + "/files/" + sent.sha256())
                                .with(DeskPeople.as(DeskPeople.person(staff, "林小雨", null, Role.AGENT))))
                        .andReturn()
                        .getResponse()
                        .getContentType())
                .isEqualTo("image/png");

        Complaint complaint = chats.register(chat.id(), agent, io.bihuan.pack.Kind.COMPLAINT);
        hears(complaint.number().readable());
        assertThat(Personal.text(complaint.content()))
                .contains("空调漏水，地板泡坏了", "KFR-35GW")
                .doesNotContain("第三次来");
        assertThat(files.of(complaint.id())).hasSize(1);
        send(caller.text(openId, Caller.nextId(), "谢谢"));
        chats.end(chat.id(), agent);
        hears("本次人工咨询已结束");
        assertThat(complaints.history(complaint.number(), 0, 50))
                .anyMatch(event -> event.event() instanceof ComplaintEvent.InformationAdded information
                        && Personal.text(information.text()).contains("谢谢"));

        assertThat(PLATFORM.texts(openId))
                .doesNotHaveDuplicates()
                .noneMatch(text -> text.contains("第三次来"))
                .filteredOn(text -> text.contains("已记下（共"))
                .hasSize(1);
        assertThat(say("我的投诉")).contains(complaint.number().readable());
        assertThat(say("师傅还没来")).contains("已补充到投诉");
    }

    @Test
    void whoFindsNobodyIsAnsweredLater() {
        jdbc.sql("update chat.agent set available = false").update();
        String id = Caller.nextId();
        InboxMessage asked = send(caller.text(openId, id, "人工"));
        assertThat(next(0)).contains("现在没有人工客服在线", "在这里回复您");
        visitorChats.lookAfter();
        visitorChats.lookAfter();
        InboxMessage message = until(() -> inbox.find("chat", asked.id().toString())
                .filter(each -> each.state() == InboxMessage.State.PARKED)
                .orElse(null));
        assertThat(message.reason()).isEqualTo(ParkReason.CALL_BACK);
        Replies chat = replies.stream()
                .filter(each -> each.source().equals("chat"))
                .findFirst()
                .orElseThrow();
        assertThat(chat.canReply(message)).isTrue();
        transaction.executeWithoutResult(status -> {
            var writes = new Writes();
            chat.reply(message, "您好，请问有什么可以帮您？", writes);
            writes.send(database);
        });
        hears("请问有什么可以帮您");
        assertThat(say("空调坏了")).contains("已记下（共 1 条）");
    }

    @Test
    void whoWaitsTooLongIsAnsweredLaterAndWhoseAgentLeftWaitsAgain() {
        UUID agent = agent();
        say("人工");
        duty.agentSeen(agent);
        hears("客服已接入");
        Chat chat = visitorChats.of(visitor()).orElseThrow();
        send(caller.text(openId, Caller.nextId(), "在吗？空调漏水"));
        time.advance(Duration.ofMinutes(4));
        visitorChats.lookAfter();
        assertThat(chats.find(chat.id()).orElseThrow().state()).isEqualTo(Chat.State.TALKING);
        time.advance(Duration.ofMinutes(2));
        visitorChats.lookAfter();
        assertThat(chats.find(chat.id()).orElseThrow().state()).isEqualTo(Chat.State.WAITING);
        hears("暂时离开");
        time.advance(Duration.ofMinutes(6));
        visitorChats.lookAfter();
        hears("现在没有人工客服在线");
        InboxMessage message = until(() -> inbox.find("chat", chat.id().toString())
                .filter(each -> each.state() == InboxMessage.State.PARKED)
                .orElse(null));
        assertThat(Objects.requireNonNull(message.draft()).content()).contains("空调漏水");
    }

    @Test
    void aFileThatDoesNotComeAtOnceComesLater() throws IOException {
        String picture = Caller.nextId();
        PLATFORM.files.put(picture, new FakeWeChat.Kept("image/png", picture(0x00FF00 + openId.hashCode() % 9999)));
        PLATFORM.refuse(picture, "HTTP 500", "cut", "-1");
        String id = Caller.nextId();
        caller.sendSealed(FakeWeChat.SAFE, caller.message(openId, "image", id, "<MediaId>" + picture + "</MediaId>"));
        InboxMessage read = until(() -> {
            time.advance(Duration.ofSeconds(3));
            return inbox.find(SOURCE, id)
                    .filter(message -> message.state() != InboxMessage.State.NEW)
                    .orElse(null);
        });
        assertThat(read.state()).isEqualTo(InboxMessage.State.ENDED);
        assertThat(PLATFORM.asked(picture)).isGreaterThanOrEqualTo(4);
        assertThat(next(0)).contains("共 1 条");
    }

    @Test
    void aFileThatIsGoneAndOneThatMayNotBeKeptAreSaidInTheText() {
        sendMedia("image", "gone-" + Caller.nextId(), "");
        String program = Caller.nextId();
        byte[] executable = new byte[512];
        executable[0] = 'M';
        executable[1] = 'Z';
        PLATFORM.files.put(program, new FakeWeChat.Kept("application/octet-stream", executable));
        sendMedia("voice", program, "<Format>amr</Format>");
        String video = Caller.nextId();
        PLATFORM.files.put(
                video,
                new FakeWeChat.Kept(
                        "text/plain",
                        ("{\"video_url\":\"" + PLATFORM.url() + "/video?x=1\"}").getBytes(StandardCharsets.US_ASCII)));
        PLATFORM.files.put(
                "video-bytes",
                new FakeWeChat.Kept(
                        "video/mp4", ("\0\0\0\u0018ftypmp42" + video).getBytes(StandardCharsets.ISO_8859_1)));
        sendMedia("video", video, "");
        confirms(say("完成"));
        Complaint complaint = complaint(say("提交"));
        assertThat(Personal.text(complaint.content())).contains("图片已失效", "语音无法保存");
        assertThat(files.of(complaint.id())).hasSize(1);
    }

    @Test
    void eventsAreAnsweredOrKept() {
        int before = PLATFORM.texts(openId).size();
        caller.sendSealed(FakeWeChat.SAFE, caller.message(openId, "event", "", "<Event>subscribe</Event>"));
        assertThat(next(before)).contains("我的投诉");
        caller.sendSealed(
                FakeWeChat.SAFE,
                caller.message(openId, "event", "", "<Event>CLICK</Event><EventKey>COMPLAIN</EventKey>"));
        assertThat(next(1)).contains("请告诉我们发生了什么事");
        caller.sendSealed(FakeWeChat.SAFE, caller.message(openId, "event", "", "<Event>LOCATION</Event>"));
        caller.sendSealed(
                FakeWeChat.SAFE, caller.message(openId, "event", "", "<Event>SCAN</Event><EventKey>7</EventKey>"));
        caller.sendSealed(FakeWeChat.SAFE, caller.message(openId, "event", "", "<Event>unsubscribe</Event>"));
        until(() -> jdbc.sql("select count(*) from intake.message where conversation = :openId and state = 'ENDED'")
                                .param("openId", openId)
                                .query(Integer.class)
                                .single()
                        == 5
                ? true
                : null);
        assertThat(PLATFORM.texts(openId)).hasSize(2);
    }

    private Outgoing.@Nullable Line unsent() {
        return outgoing.unsent().stream()
                .filter(line -> jdbc.sql("select c.open_id from wechat.outgoing o join wechat.conversation c on c.id ="
                                + " o.conversation_id where o.id = :id")
                        .param("id", line.id())
                        .query(String.class)
                        .single()
                        .equals(openId))
                .findFirst()
                .orElse(null);
    }

    @Test
    void aRefusalOfThePlatformIsFinalAndVisible() throws Exception {
        PLATFORM.refuse(openId, "45015");
        send(caller.text(openId, Caller.nextId(), "帮助"));
        Outgoing.Line line = until(() -> {
            Outgoing.Line found = unsent();
            return found != null && found.state() != Outgoing.State.WAITING ? found : null;
        });
        assertThat(line.state()).isEqualTo(Outgoing.State.REFUSED);
        assertThat(line.error()).contains("45015");
        assertThat(PLATFORM.asked(openId)).isEqualTo(1);
        String page = http.perform(get("/desk/wechat")
                        .with(DeskPeople.as(DeskPeople.person(staff, "管理员", null, Role.ADMINISTRATOR))))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
        assertThat(page).contains("平台不允许发送", "45015").doesNotContain(openId);
        // What comes next is said all the same.
        assertThat(say("我的投诉")).contains("没有正在处理的投诉");
    }

    @Test
    void whatFailsIsSentAgainInOrder() {
        PLATFORM.refuse(openId, "HTTP 503", "-1", "cut");
        send(caller.text(openId, Caller.nextId(), "帮助"));
        send(caller.text(openId, Caller.nextId(), "我的投诉"));
        until(() -> {
            time.advance(Duration.ofSeconds(2));
            return PLATFORM.texts(openId).size() == 2 ? true : null;
        });
        assertThat(PLATFORM.texts(openId).getFirst()).contains("要投诉，请回复“投诉”");
        assertThat(PLATFORM.texts(openId).getLast()).contains("没有正在处理的投诉");
        assertThat(PLATFORM.asked(openId)).isGreaterThanOrEqualTo(5);
        until(() -> unsent() == null ? true : null);
    }

    @Test
    void aTokenThatThePlatformForgotIsRenewed() {
        say("帮助");
        time.advance(Duration.ofSeconds(40));
        PLATFORM.forgetToken();
        send(caller.text(openId, Caller.nextId(), "我的投诉"));
        until(() -> {
            time.advance(Duration.ofSeconds(2));
            return PLATFORM.texts(openId).size() == 2 ? true : null;
        });
    }

    @Test
    void afterTwoDaysOfSilenceNothingIsEvenTried() {
        say("帮助");
        PLATFORM.refuse(openId, "HTTP 500");
        send(caller.text(openId, Caller.nextId(), "帮助"));
        until(() -> PLATFORM.asked(openId) == 2 ? true : null);
        time.advance(Outgoing.WINDOW.plusSeconds(10));
        Outgoing.Line line = until(() -> {
            Outgoing.Line found = unsent();
            return found != null && found.state() != Outgoing.State.WAITING ? found : null;
        });
        assertThat(line.state()).isEqualTo(Outgoing.State.REFUSED);
        assertThat(PLATFORM.asked(openId)).isEqualTo(2);
    }

    @Test
    void oneNodeFetchesTheTokenAndAllUseIt() throws Exception {
        var platform = new FakeWeChat();
        try {
            Account account = platform.account("own-" + Caller.nextId());
            var values = new ArrayList<String>();
            try (var threads = Executors.newFixedThreadPool(8)) {
                var calls = new ArrayList<Callable<String>>();
                for (int i = 0; i < 8; i++) {
                    calls.add(() -> until(() -> {
                        try {
                            return tokens.of(account);
                        } catch (AccessTokens.Underway e) {
                            return null;
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                    }));
                }
                for (Future<String> value : threads.invokeAll(calls)) {
                    values.add(value.get());
                }
            }
            assertThat(values).hasSize(8).containsOnly("token-1");
            assertThat(jdbc.sql("select token from wechat.access_token where account = :account")
                            .param("account", account.name())
                            .query((row, number) -> new String(row.getBytes(1), StandardCharsets.ISO_8859_1))
                            .single())
                    .doesNotContain("token-1");
            time.advance(Duration.ofHours(2).minus(AccessTokens.MARGIN).plusSeconds(1));
            assertThat(tokens.of(account)).isEqualTo("token-2");
            time.advance(AccessTokens.FORCED.plusSeconds(1));
            tokens.reject(account, "token-2");
            assertThat(tokens.of(account)).isEqualTo("token-3");
            assertThat(platform.forced).containsExactly(false, false, true);
        } finally {
            platform.stop();
        }
    }

    private MockHttpServletResponse open(MockHttpServletRequestBuilder request) {
        try {
            return http.perform(request.with(csrf())).andReturn().getResponse();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String html(MockHttpServletResponse answer) {
        return new String(answer.getContentAsByteArray(), StandardCharsets.UTF_8);
    }

    private MockHttpServletResponse post(String path, Map<String, String> fields) {
        MockHttpServletRequestBuilder request =
                org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post(path);
        fields.forEach(request::param);
        String address = "10.9." + Math.floorMod(openId.hashCode(), 250) + ".1";
        return open(request.with(asked -> {
            asked.setRemoteAddr(address);
            return asked;
        }));
    }

    private String code() {
        return until(() -> outbox.newest().stream()
                .map(Outbox.Kept::text)
                .findFirst()
                .map(text -> text.replaceAll("(?s).*?(\\d{6}).*", "$1"))
                .orElse(null));
    }

    private String phone() {
        return "139" + String.format("%08d", Math.floorMod(openId.hashCode(), 100_000_000));
    }

    @Test
    void aCodeTiesThePhoneToTheOpenIdAndTheConversationGoesOn() {
        String path = "/wechat/" + FakeWeChat.SAFE + "/binding";
        say("空调异响");
        String asks = say("完成");
        for (int i = 0; i < 4 && !asks.contains("联系电话"); i++) {
            asks = say("1");
        }
        String key = asks.replaceAll("(?s).*binding\\?key=(\\S+).*", "$1");
        assertThat(html(open(get(path).param("key", key)))).contains("获取验证码");
        assertThat(post(path + "/code", Map.of("key", key, "phone", "12")).getStatus())
                .isEqualTo(422);
        assertThat(html(post(path + "/code", Map.of("key", key, "phone", phone()))))
                .contains("6 位数字");
        String code = code();
        String wrong = code.equals("000000") ? "000001" : "000000";
        assertThat(post(path, Map.of("key", key, "phone", phone(), "code", wrong))
                        .getStatus())
                .isEqualTo(422);
        int before = PLATFORM.texts(openId).size();
        assertThat(post(path, Map.of("key", key, "phone", phone(), "code", code))
                        .getStatus())
                .isEqualTo(303);
        assertThat(bindings.phoneOf(FakeWeChat.SAFE, openId)).contains("+86" + phone());
        assertThat(bindings.openIdsOf(FakeWeChat.SAFE, "+86" + phone())).contains(openId);
        assertThat(next(before)).contains("已绑定", "请核对");
        Complaint complaint = complaint(say("提交"));
        assertThat(Personal.text(complaint.customer().phone())).isEqualTo("+86" + phone());
        assertThat(html(open(get(path).param("key", key))))
                .contains("已绑定 139****")
                .doesNotContain(phone());
        assertThat(post(path + "/removal", Map.of("key", key)).getStatus()).isEqualTo(303);
        assertThat(bindings.phoneOf(FakeWeChat.SAFE, openId)).isEmpty();
        // The code was used up.
        assertThat(post(path, Map.of("key", key, "phone", phone(), "code", code))
                        .getStatus())
                .isEqualTo(422);
    }

    @Test
    void fiveWrongCodesSpendItAndSoDoFiveMinutes() {
        String path = "/wechat/" + FakeWeChat.SAFE + "/binding";
        String key = links.token(FakeWeChat.SAFE, openId);
        post(path + "/code", Map.of("key", key, "phone", phone()));
        String code = code();
        for (int i = 0; i < WeChatBindings.MOST_TRIES; i++) {
            assertThat(post(path, Map.of("key", key, "code", code.equals("111111") ? "222222" : "111111"))
                            .getStatus())
                    .isEqualTo(422);
        }
        assertThat(post(path, Map.of("key", key, "code", code)).getStatus()).isEqualTo(422);
        post(path + "/code", Map.of("key", key, "phone", phone()));
        code = code();
        time.advance(WeChatBindings.CODE_LIFE.plusSeconds(1));
        assertThat(html(post(path, Map.of("key", key, "code", code)))).contains("已失效");
        assertThat(bindings.phoneOf(FakeWeChat.SAFE, openId)).isEmpty();
        time.reset();
        post(path + "/code", Map.of("key", key, "phone", phone()));
        assertThat(post(path + "/code", Map.of("key", key, "phone", phone())).getStatus())
                .isEqualTo(429);
    }

    @Test
    void onlyTheFreshLinkOfTheConversationOpensThePage() {
        String path = "/wechat/" + FakeWeChat.SAFE + "/binding";
        String key = links.token(FakeWeChat.SAFE, openId);
        assertThat(open(get(path).param("key", key)).getStatus()).isEqualTo(200);
        assertThat(open(get(path)).getStatus()).isEqualTo(404);
        assertThat(open(get(path).param("key", "x" + key)).getStatus()).isEqualTo(404);
        assertThat(open(get("/wechat/" + FakeWeChat.PLAIN + "/binding").param("key", key))
                        .getStatus())
                .isEqualTo(404);
        time.advance(BindingLinks.LIFE.plusSeconds(1));
        assertThat(open(get(path).param("key", key)).getStatus()).isEqualTo(404);
        assertThat(post(path + "/code", Map.of("key", key, "phone", phone())).getStatus())
                .isEqualTo(404);
    }

    @Test
    void anAccountThatWorksSaysSo() {
        say("帮助");
        assertThat(sources.all())
                .filteredOn(state -> state.source().equals(SOURCE))
                .singleElement()
                .satisfies(state -> assertThat(state.workedAt()).isNotNull());
    }
}
