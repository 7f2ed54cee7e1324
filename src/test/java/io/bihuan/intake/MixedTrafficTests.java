package io.bihuan.intake;

import static io.bihuan.FormToken.csrf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.bihuan.ApiClient;
import io.bihuan.ApiClient.Answer;
import io.bihuan.BihuanTest;
import io.bihuan.MovableTime;
import io.bihuan.capture.Captures;
import io.bihuan.capture.Outlet;
import io.bihuan.capture.Outlets;
import io.bihuan.capture.PaperSlip;
import io.bihuan.capture.PublicPost;
import io.bihuan.chat.Chat;
import io.bihuan.chat.ChatCallBacks;
import io.bihuan.chat.Chats;
import io.bihuan.complaint.Channel;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.identity.Scope;
import io.bihuan.identity.Tokens;
import io.bihuan.mail.MailDelivery;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;
import io.bihuan.privacy.Personal;
import io.bihuan.regulator.Authority;
import io.bihuan.regulator.RegulatorCases;
import io.bihuan.wechat.FakeWeChat;
import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/**
 * About fifty messages a second over all channels at once, one in five of them sent twice or three times, some of these at the same
 * moment. Each sender keeps a log of its own; every text has a mark, and what is kept afterwards must have each mark once. The long form:
 * {@code -Dbihuan.traffic.seconds=300}.
 */
@BihuanTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class MixedTrafficTests {
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("bihuan.traffic.seconds", 12));
    private static final Duration PATIENCE = Duration.ofMinutes(8);
    private static final String COMPLAINTS = "/api/v1/complaints";
    private static final String LINE = "appliance";
    private static final int MOST_EVENTS = 500;

    @LocalServerPort
    int port;

    @Autowired
    MockMvc http;

    @Autowired
    Tokens tokens;

    @Autowired
    Inbox inbox;

    @Autowired
    MailDelivery mails;

    @Autowired
    Captures captures;

    @Autowired
    Outlets outlets;

    @Autowired
    Chats chats;

    @Autowired
    ChatCallBacks callBacks;

    @Autowired
    RegulatorCases regulatorCases;

    @Autowired
    Complaints complaints;

    @Autowired
    MovableTime time;

    @Autowired
    JdbcClient jdbc;

    private final String run = "t" + Long.toString(System.nanoTime(), 36);
    private final Pattern marks = Pattern.compile("\\[(" + run + "-[a-z]+-\\d+)]");
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong weChatIds = new AtomicLong(System.nanoTime());
    private final Queue<Throwable> troubles = new ConcurrentLinkedQueue<>();
    /** What is to be sent once more, later. */
    private final Queue<Act> again = new ConcurrentLinkedQueue<>();

    // The senders' logs.
    private final Set<String> written = ConcurrentHashMap.newKeySet();
    private final Map<String, Set<String>> messages = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> numbers = new ConcurrentHashMap<>();
    private final Map<String, Integer> callEvents = new ConcurrentHashMap<>();
    private final Set<String> abandoned = ConcurrentHashMap.newKeySet();
    private final Map<UUID, Set<String>> chatLines = new ConcurrentHashMap<>();
    private final AtomicInteger informed = new AtomicInteger();

    private volatile long end;
    private ApiClient api = new ApiClient(0, "");
    private ApiClient platform = api;

    /** Sends something; may be done again and then changes nothing. */
    private interface Act {
        void once() throws Exception;
    }

    /** Sends some messages and gives how many these were. */
    private interface Sender {
        int next() throws Exception;
    }

    // ---- sending

    private void often(Act act) throws Exception {
        int chance = ThreadLocalRandom.current().nextInt(100);
        if (chance < 10) {
            atOnce(act, 2);
        } else if (chance < 15) {
            atOnce(act, 3);
        } else {
            act.once();
            if (chance < 20) {
                again.add(act);
            }
        }
    }

    private static void atOnce(Act act, int times) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<?>>();
            for (int i = 0; i < times; i++) {
                all.add(threads.submit(() -> {
                    act.once();
                    return null;
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
    }

    private void keepSending(double aSecond, Sender sender) {
        long next = System.nanoTime();
        while (System.nanoTime() < end && troubles.size() < 20) {
            try {
                next += (long) (sender.next() / aSecond * 1e9);
                Thread.sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
            } catch (Throwable e) {
                troubles.add(e);
            }
        }
    }

    /** What was sent a while ago comes once more: a sender that did not hear the answer. */
    private void keepRepeating() {
        while (System.nanoTime() < end || !again.isEmpty()) {
            try {
                Act act = again.poll();
                if (act != null) {
                    act.once();
                }
                Thread.sleep(100);
            } catch (Throwable e) {
                troubles.add(e);
            }
        }
    }

    private String id(String sender) {
        return run + "-" + sender + "-" + count.incrementAndGet();
    }

    /** The text of a message that is kept, with its mark. */
    private String says(String id) {
        written.add(id);
        return "空调修了三次还是不制冷，要求处理 [" + id + "]";
    }

    private void sent(String source, String sourceId) {
        messages.computeIfAbsent(source, key -> ConcurrentHashMap.newKeySet()).add(sourceId);
    }

    private void numbered(String id, String number) {
        assertThat(number).isNotEmpty();
        numbers.computeIfAbsent(id, key -> ConcurrentHashMap.newKeySet()).add(number);
    }

    private String phone() {
        return "139%08d".formatted(ThreadLocalRandom.current().nextInt(100_000_000));
    }

    private int partner() throws Exception {
        String id = id("api");
        var body = new LinkedHashMap<String, Object>();
        body.put("businessLine", LINE);
        body.put("channel", "APP");
        body.put("content", says(id));
        body.put("customer", Map.of("name", "张三丰", "phone", phone()));
        often(() -> {
            Answer answer = api.post(COMPLAINTS, body, "Idempotency-Key", id);
            assertThat(answer.status()).as(answer.text()).isEqualTo(201);
            numbered(id, answer.text("/number"));
        });
        if (count.get() % 3 != 0) {
            return 1;
        }
        String number = numbers.getOrDefault(id, Set.of()).iterator().next();
        int version = api.get(COMPLAINTS + "/" + number).json().path("version").asInt();
        String more = id("information");
        var information = Map.of("text", "补充 [" + more + "]", "expectedVersion", version);
        var taken = new AtomicInteger();
        often(() -> {
            Answer answer = api.post(COMPLAINTS + "/" + number + "/information", information);
            assertThat(answer.status()).as(answer.text()).isIn(200, 409);
            if (answer.status() == 200) {
                taken.incrementAndGet();
                written.add(more);
                informed.incrementAndGet();
            }
        });
        assertThat(taken.get()).isLessThanOrEqualTo(1);
        return 2;
    }

    private int form() throws Exception {
        String id = id("form");
        String address = "2001:db8:" + Integer.toHexString(count.get() & 0xffff) + "::1";
        String form = UUID.randomUUID().toString();
        String text = says(id);
        String phone = phone();
        often(() -> {
            var answer = http.perform(post("/complain")
                            .param("form", form)
                            .param("line", LINE)
                            .param("category", "")
                            .param("content", text)
                            .param("product.productType", "air-conditioner")
                            .param("name", "张三丰")
                            .param("phone", phone)
                            .with(csrf())
                            .with(asked -> {
                                asked.setRemoteAddr(address);
                                return asked;
                            }))
                    .andReturn()
                    .getResponse();
            assertThat(answer.getStatus()).isEqualTo(303);
            numbered(id, String.valueOf(answer.getHeader("Location")));
        });
        return 1;
    }

    /** A conversation from the first word to an addition; what is asked is skipped. */
    private int weChat() throws Exception {
        String openId = "o" + id("openid");
        var texts = new ArrayList<>(List.of(says(id("wechat")), says(id("wechat"))));
        texts.addAll(Collections.nCopies(4, "完成"));
        texts.add("提交");
        texts.add(says(id("wechat")));
        for (String text : texts) {
            String id = Long.toString(weChatIds.incrementAndGet());
            sent("wechat:" + FakeWeChat.PLAIN, id);
            String xml = ("<xml><ToUserName>gh</ToUserName><FromUserName>%s</FromUserName><CreateTime>%d</CreateTime>"
                            + "<MsgType>text</MsgType><Content><![CDATA[%s]]></Content><MsgId>%s</MsgId></xml>")
                    .formatted(openId, time.instant().getEpochSecond(), text, id);
            often(() -> callBack(xml));
        }
        return texts.size();
    }

    private void callBack(String xml) throws Exception {
        String at = Long.toString(time.instant().getEpochSecond());
        String[] signed = {FakeWeChat.TOKEN, at, "n1"};
        Arrays.sort(signed);
        String signature = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-1")
                        .digest(String.join("", signed).getBytes(StandardCharsets.US_ASCII)));
        Answer answer = platform.send(platform.request("/wechat/" + FakeWeChat.PLAIN + "?nonce=n1&timestamp=" + at
                        + "&signature=" + URLEncoder.encode(signature, StandardCharsets.US_ASCII))
                .header("Content-Type", "text/xml")
                .POST(HttpRequest.BodyPublishers.ofString(xml)));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("success");
    }

    /** A mail and two answers to it. */
    private int mail() throws Exception {
        String first = id("mail");
        String from = first + "@example.com";
        var ids = new ArrayList<>(List.of(first));
        if (count.get() % 2 == 0) {
            ids.add(id("mail"));
            ids.add(id("mail"));
        }
        for (String id : ids) {
            String raw = "From: 张三 <" + from + ">\r\nTo: service@example.cn\r\nSubject: 空调不制冷\r\nMessage-ID: <" + id
                    + "@example.com>\r\n"
                    + (id.equals(first)
                            ? ""
                            : "In-Reply-To: <" + first + "@example.com>\r\nReferences: <" + first + "@example.com>\r\n")
                    + "Date: Sun, 22 Nov 2026 10:00:00 +0800\r\nMIME-Version: 1.0\r\n"
                    + "Content-Type: text/plain; charset=utf-8\r\n\r\n" + says(id) + "\r\n";
            sent("mail", id + "@example.com");
            // Each copy came another way.
            often(() -> mails.keep(
                    new ByteArrayInputStream(
                            ("Received: by mx" + ThreadLocalRandom.current().nextInt(9) + "\r\n" + raw)
                                    .getBytes(StandardCharsets.UTF_8)),
                    null,
                    time.instant()));
        }
        return ids.size();
    }

    private int publicPost() throws Exception {
        String id = id("post");
        String text = says(id);
        sent("post:web", "weibo.example.com/" + id);
        often(() -> captures.post(new PublicPost(
                "https://www.weibo.example.com/" + id + "?from="
                        + ThreadLocalRandom.current().nextInt(9),
                "weibo",
                "路人甲",
                12L,
                null,
                text,
                LINE,
                List.of(),
                null)));
        return 1;
    }

    private int slip() throws Exception {
        String id = id("slip");
        String text = says(id);
        String phone = phone();
        sent("paper:" + run, id);
        often(() -> captures.slip(
                new PaperSlip(run, id, null, text, "李四", phone, null, List.of(), List.of(), UUID.randomUUID())));
        return 1;
    }

    /** A call whose events are told one by one in any order; one in four is given up. */
    private int call() throws Exception {
        String call = id("call");
        boolean isAnswered = count.get() % 4 != 0;
        Instant at = time.instant().minusSeconds(60);
        List<String> kinds = isAnswered
                ? List.of("QUEUED", "RINGING", "ANSWERED", "ENDED")
                : List.of("QUEUED", "RINGING", "ABANDONED");
        String phone = phone();
        var events = new ArrayList<Map<String, Object>>();
        for (String kind : kinds) {
            events.add(Map.of(
                    "id", call + kind,
                    "call", call,
                    "type", kind,
                    "at", at.plusSeconds(events.size() * 5L).toString(),
                    "number", phone));
        }
        Collections.shuffle(events, ThreadLocalRandom.current());
        callEvents.put(call, events.size());
        if (!isAnswered) {
            abandoned.add(call);
        }
        for (Map<String, Object> event : events) {
            often(() -> {
                Answer answer = api.post("/api/v1/calls/events", Map.of("source", run, "events", List.of(event)));
                assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            });
        }
        return events.size();
    }

    /** Nobody is there: the customer says two things and leaves a number. */
    private int chat() throws Exception {
        String opening = "没有人吗 [" + id("chat") + "]";
        String token = chats.open(LINE, "王五", "", opening, id("address"));
        UUID chat = chats.byToken(token).orElseThrow().id();
        String line = "还在吗 [" + id("chat") + "]";
        UUID said = UUID.randomUUID();
        chatLines.put(chat, Set.of(opening, line));
        often(() -> {
            try {
                chats.customerSays(chat, said, line);
            } catch (Refused late) {
                // Once more after the chat was left: it had been said before.
                assertThat(late.key()).startsWith("chat.refused");
            }
        });
        sent("chat", chat.toString());
        String phone = phone();
        var isLeft = new AtomicInteger();
        often(() -> {
            try {
                callBacks.leaveMessage(chat, "王五", phone, "");
                isLeft.incrementAndGet();
            } catch (Refused again) {
                assertThat(again.key()).isEqualTo("chat.refused.came");
            }
        });
        assertThat(isLeft.get()).isEqualTo(1);
        return 3;
    }

    private int regulatorCase() throws Exception {
        String id = id("case");
        String text = says(id);
        String phone = phone();
        Instant sentAt = time.instant();
        often(() -> numbered(
                id,
                regulatorCases
                        .register(
                                new RegulatorCases.Sent(
                                        Authority.OTHER,
                                        id,
                                        sentAt,
                                        null,
                                        Submission.through(Submission.Door.MESSAGE, LINE, Channel.REGULATOR)
                                                .content(text)
                                                .customer("赵六", phone, null)),
                                Actor.SYSTEM)
                        .number()
                        .digits()));
        return 1;
    }

    private int plain() throws Exception {
        String id = id("plain");
        byte[] content = ("open " + says(id)).getBytes(StandardCharsets.UTF_8);
        sent("plain:" + run, id);
        Instant at = time.instant();
        often(() -> inbox.receive(Received.of(Channel.APP, "plain:" + run, id, at, "text/plain", content)
                .withBusinessLine(LINE)));
        return 1;
    }

    // ---- afterwards

    private static void until(String what, BooleanSupplier isSo) throws InterruptedException {
        long last = System.nanoTime() + PATIENCE.toNanos();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() > last) {
                throw new AssertionError("not within " + PATIENCE + ": " + what);
            }
            Thread.sleep(200);
        }
    }

    private long number(String sql, Object parameter) {
        return jdbc.sql(sql).param(parameter).query(Long.class).single();
    }

    private record Kept(String sourceId, String state, String reason) {}

    private List<Kept> kept(String source, Instant since) {
        return jdbc.sql("""
                        select source_id, state, coalesce(reason, '') as reason from intake.message
                        where (source = :source or source like :source || ':%') and stored_at >= :since
                        """)
                .param("source", source)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .query((row, number) -> new Kept(
                        // Of a mail the rest tells mails apart that have the same id.
                        row.getString("source_id").replaceFirst("#.*", ""),
                        row.getString("state"),
                        row.getString("reason")))
                .list(); // bounded: of this test
    }

    /** How often each mark stands in what customers said, whatever complaint it is in. */
    private Map<String, Integer> found(Instant since) {
        var found = new TreeMap<String, Integer>();
        List<String> registered = jdbc.sql("select number from complaint.api_complaint where registered_at >= ?")
                .param(since.atOffset(ZoneOffset.UTC))
                .query(String.class)
                .list(); // bounded: of this test
        for (String number : registered) {
            complaints.history(new ComplaintNumber(number), 0, MOST_EVENTS).forEach(entry -> {
                String text =
                        switch (entry.event()) {
                            case ComplaintEvent.Registered event -> Personal.text(event.content());
                            case ComplaintEvent.InformationAdded event -> Personal.text(event.text());
                            default -> ""; // nobody outside wrote it
                        };
                var mark = marks.matcher(text);
                while (mark.find()) {
                    found.merge(mark.group(1), 1, Integer::sum);
                }
            });
        }
        return found;
    }

    @AfterEach
    void now() {
        time.reset();
    }

    @Test
    void nothingIsLostAndNothingIsDoubledOverAllChannels() throws Exception {
        time.reset();
        api = new ApiClient(
                port, tokens.create("混合流量", Set.of(Scope.values()), null).secret());
        platform = new ApiClient(port, "");
        outlets.put(new Outlet(run, "一号门店", null, Channel.ONSITE, LINE, true));
        jdbc.sql("update chat.agent set available = false").update();
        Instant since = time.instant();
        end = System.nanoTime() + TIME.toNanos();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.execute(() -> keepSending(8, this::partner));
            threads.execute(() -> keepSending(2, this::form));
            for (int i = 0; i < 3; i++) {
                threads.execute(() -> keepSending(3, this::weChat));
            }
            threads.execute(() -> keepSending(7, this::mail));
            threads.execute(() -> keepSending(3, this::publicPost));
            threads.execute(() -> keepSending(3, this::slip));
            threads.execute(() -> keepSending(6, this::call));
            threads.execute(() -> keepSending(3, this::chat));
            threads.execute(() -> keepSending(2, this::regulatorCase));
            threads.execute(() -> keepSending(4, this::plain));
            threads.execute(this::keepRepeating);
        }
        assertThat(troubles).isEmpty();

        until(
                "the inbox is empty",
                () -> number(
                                "select count(*) from intake.message where state = 'NEW' and stored_at >= ?",
                                since.atOffset(ZoneOffset.UTC))
                        == 0);
        until(
                "the account has answered",
                () -> number(
                                "select count(*) from wechat.outgoing o join wechat.conversation c on c.id = o.conversation_id"
                                        + " where o.state = 'WAITING' and c.open_id like ? || '%'",
                                "o" + run)
                        == 0);
        // A call of which something was told while it was looked at has its turn again after a pause.
        time.advance(Duration.ofSeconds(31));
        until(
                "all calls are followed",
                () -> number("select count(*) from telephony.call where source = ? and follow_at is not null", run)
                        == 0);

        messages.forEach((source, ids) -> {
            List<Kept> kept = kept(source, since);
            assertThat(kept).as(source).extracting(Kept::sourceId).containsExactlyInAnyOrderElementsOf(ids);
            assertThat(kept)
                    .as(source)
                    .filteredOn(each -> source.equals("chat")
                            ? !each.reason().equals("CALL_BACK")
                            : !Set.of("OPENED", "ADDED", "ENDED").contains(each.state()))
                    .isEmpty();
        });
        assertThat(messages).hasSize(6);
        var once = new TreeMap<String, Integer>();
        written.forEach(mark -> once.put(mark, 1));
        Map<String, Integer> found = found(since);
        var lost = new TreeSet<>(once.keySet());
        lost.removeAll(found.keySet());
        assertThat(lost).as("lost").isEmpty();
        assertThat(found).isEqualTo(once);
        assertThat(numbers).allSatisfy((id, all) -> assertThat(all).as(id).hasSize(1));
        assertThat(informed).hasPositiveValue();
        theCallsAreKept();
        chatLines.forEach((chat, lines) -> assertThat(chats.lines(chat, true).stream()
                        .filter(line -> line.side() == Chat.Side.CUSTOMER)
                        .map(Chat.Line::text))
                .containsExactlyInAnyOrderElementsOf(lines));
    }

    private void theCallsAreKept() {
        var kept = new TreeMap<String, Integer>();
        jdbc.sql("""
                        select c.call_id, count(e.event_id) as events from telephony.call c
                        join telephony.call_event e on e.call_id = c.id where c.source = :source group by c.id, c.call_id
                        """).param("source", run).query(row -> {
            kept.merge(row.getString("call_id"), row.getInt("events"), Integer::sum);
        });
        assertThat(kept).isEqualTo(callEvents);
        List<String> calledBack =
                jdbc.sql("""
                        select c.call_id from telephony.call c join telephony.call_back b on b.number_index = c.number_index
                        join intake.message m on m.id = b.message
                        where c.source = :source and c.state = 'ABANDONED' and m.reason = 'CALL_BACK'
                        """).param("source", run).query(String.class).list(); // bounded: of this test
        assertThat(calledBack).containsExactlyInAnyOrderElementsOf(abandoned);
    }
}
