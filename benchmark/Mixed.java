package benchmark;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.bihuan.wechat.FakeWeChat;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fifty messages a second over every channel that has a door of its own to the outside, one in five of them sent twice or three times;
 * then what the senders' logs say is compared with what is kept.
 */
final class Mixed {
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded";
    private static final String JSON = "Content-Type: application/json";
    /** The mail server is one for tests: for each command it walks along all mails of a box, and it holds up whoever reads a full one. */
    private static final int BOXES = 6;

    private static final String OUTLET = "box";
    /** Three who write, each at most three times at once, and one who repeats. */
    private static final int DESKS = 10;

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final Pattern TOKEN = Pattern.compile("name=\"form\" value=\"([^\"]+)\"");
    private static final Pattern NUMBER = Pattern.compile("\"number\":\"(\\d+)\"");
    private static final Pattern VERSION = Pattern.compile("\"version\":(\\d+)");

    /** Sends something; may be done again and then changes nothing. */
    private interface Act {
        void once() throws Exception;
    }

    /** Sends some messages and gives how many these were. */
    private interface Sender {
        int next() throws Exception;
    }

    private final int port;
    private final GreenMail server;
    private final List<GreenMailUser> mailboxes;
    private final Deque<benchmark.Connection> idle = new ConcurrentLinkedDeque<>();
    private final Queue<Act> again = new ConcurrentLinkedQueue<>();
    private final Queue<String> troubles = new ConcurrentLinkedQueue<>();
    private final Queue<Long> nanos = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger sends = new AtomicInteger();
    private final AtomicLong weChatIds = new AtomicLong(System.nanoTime());
    private long end;

    // The senders' logs.
    private final Map<String, Set<String>> registered = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> filed = new ConcurrentHashMap<>();
    private final AtomicInteger informed = new AtomicInteger();
    private final Set<String> callbacks = ConcurrentHashMap.newKeySet();
    private final AtomicInteger customers = new AtomicInteger();
    private final Set<String> mails = ConcurrentHashMap.newKeySet();
    private final AtomicInteger threads = new AtomicInteger();
    private final Set<String> callEvents = ConcurrentHashMap.newKeySet();
    private final AtomicInteger abandoned = new AtomicInteger();
    private final AtomicInteger chats = new AtomicInteger();
    private final Set<String> posts = ConcurrentHashMap.newKeySet();
    private final Set<String> slips = ConcurrentHashMap.newKeySet();
    private final Map<String, Set<String>> cases = new ConcurrentHashMap<>();

    /** Somebody of ours who is signed in. */
    private record Desk(benchmark.Connection connection, String csrf) {}

    private final Queue<Desk> desks = new ConcurrentLinkedQueue<>();

    private Mixed(int port, GreenMail server, List<GreenMailUser> mailboxes) {
        this.port = port;
        this.server = server;
        this.mailboxes = mailboxes;
    }

    static List<String> run(Duration time) throws Exception {
        Path folder = Application.DATA.resolve("intake").toAbsolutePath();
        Registrations.delete(folder);
        var server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP).dynamicPort());
        server.start();
        try {
            var mailboxes = new ArrayList<GreenMailUser>();
            var settings = new ArrayList<String>();
            FakeWeChat.settings().forEach((name, value) -> settings.add("--" + name + "=" + value));
            for (int i = 0; i < BOXES; i++) {
                String address = "service-" + i + "@example.cn";
                mailboxes.add(server.setUser(address, address, "secret"));
                String box = "--bihuan.mail.boxes[" + i + "].";
                settings.addAll(List.of(
                        box + "address=" + address,
                        box + "host=127.0.0.1",
                        box + "port=" + server.getImap().getPort(),
                        box + "protection=NONE",
                        box + "password=secret"));
            }
            try (Application application =
                            Application.start(folder, "/actuator/health", settings.toArray(String[]::new));
                    Connection database = application.database()) {
                return new Mixed(application.port(), server, mailboxes).measure(application, database, time);
            }
        } finally {
            server.stop();
        }
    }

    private List<String> measure(Application application, Connection database, Duration time) throws Exception {
        for (int i = 0; i < DESKS; i++) {
            benchmark.Connection connection = application.signedIn();
            desks.add(new Desk(
                    connection, first(CSRF, connection.get("/desk/outlets").text())));
        }
        desk("/desk/outlets", "code", OUTLET, "name", "一号门店", "channel", "ONSITE", "businessLine", "appliance");
        long start = System.nanoTime();
        end = start + time.toNanos();
        try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
            senders.submit(() -> keepSending(5, this::partner));
            senders.submit(() -> keepSending(5, this::partner));
            senders.submit(() -> keepSending(2, this::form));
            for (int i = 0; i < 4; i++) {
                senders.submit(() -> keepSending(3, this::weChat));
            }
            senders.submit(() -> keepSending(7, this::mail));
            senders.submit(() -> keepSending(5, this::call));
            senders.submit(() -> keepSending(5, this::call));
            senders.submit(() -> keepSending(3, this::chat));
            senders.submit(() -> keepSending(2, this::publicPost));
            senders.submit(() -> keepSending(2, this::slip));
            senders.submit(() -> keepSending(2, this::regulatorCase));
            senders.submit(this::keepRepeating);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        int sent = sends.get();
        long before = System.nanoTime();
        String drained = drain(database);
        System.out.printf(
                "Sent %d messages in %.0f s, %.1f a second; answers p50 %.1f ms, p99 %.1f ms; %sdrained %.1f s after the last.%n",
                sent, seconds, sent / seconds, answer(0.5), answer(0.99), drained, (System.nanoTime() - before) / 1e9);
        System.out.println("After it: " + application.memory() + ".\n");
        return compare(database, drained);
    }

    private double answer(double share) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return Spread.percentile(sorted, share) / 1e6;
    }

    // ---- sending

    private void keepSending(double aSecond, Sender sender) {
        long next = System.nanoTime();
        while (System.nanoTime() < end) {
            try {
                int messages = 1;
                try {
                    messages = sender.next();
                } catch (Exception e) {
                    trouble(e);
                }
                next += (long) (messages / aSecond * 1e9);
                Thread.sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void keepRepeating() {
        while (System.nanoTime() < end || !again.isEmpty()) {
            try {
                Act act = again.poll();
                if (act != null) {
                    act.once();
                }
                Thread.sleep(50);
            } catch (Exception e) {
                trouble(e);
            }
        }
    }

    /** A sender that is not answered as it should be does not know, and its log does not hold. */
    private void trouble(Exception e) {
        troubles.add(e.toString());
    }

    private void often(Act act) throws Exception {
        int chance = ThreadLocalRandom.current().nextInt(100);
        if (chance < 15) {
            int times = chance < 10 ? 2 : 3;
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
        } else {
            act.once();
            if (chance < 20) {
                again.add(act);
            }
        }
    }

    private String id(String sender) {
        return sender + "-" + count.incrementAndGet();
    }

    private static String phone() {
        return "139%08d".formatted(ThreadLocalRandom.current().nextInt(100_000_000));
    }

    private benchmark.Connection.Answer send(String path, String body, Integer status, String... headers)
            throws Exception {
        benchmark.Connection connection = idle.poll();
        if (connection == null) {
            connection = new benchmark.Connection(port);
        }
        benchmark.Connection.Answer answer = timed(connection, path, body, headers);
        idle.push(connection);
        if (status != null && answer.status() != status) {
            throw new IllegalStateException(path + ": " + answer.status() + " " + answer.text());
        }
        return answer;
    }

    private benchmark.Connection.Answer timed(
            benchmark.Connection connection, String path, String body, String... headers) throws Exception {
        sends.incrementAndGet();
        long before = System.nanoTime();
        benchmark.Connection.Answer answer = connection.post(path, body, headers);
        nanos.add(System.nanoTime() - before);
        return answer;
    }

    private static String first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        if (!found.find()) {
            throw new IllegalStateException("no " + pattern + " in " + text);
        }
        return found.group(1);
    }

    private int partner() throws Exception {
        String id = id("api");
        String body = """
                {"businessLine":"appliance","channel":"APP","content":"空调修了三次还是不制冷 %s",\
                "customer":{"name":"张三丰","phone":"%s"}}""".formatted(id, phone());
        Set<String> numbers = registered.computeIfAbsent(id, key -> ConcurrentHashMap.newKeySet());
        often(() -> {
            String text = send("/api/v1/complaints", body, 201, Application.BEARER, JSON, "Idempotency-Key: " + id)
                    .text();
            numbers.add(first(NUMBER, text));
        });
        if (count.get() % 3 != 0) {
            return 1;
        }
        // What says which version it means is taken once.
        String complaint = "/api/v1/complaints/" + numbers.iterator().next();
        String path = complaint + "/information";
        String more = "{\"text\":\"补充一句\",\"expectedVersion\":" + version(complaint) + "}";
        often(() -> {
            int status = send(path, more, null, Application.BEARER, JSON).status();
            if (status == 200) {
                informed.incrementAndGet();
            } else if (status != 409) {
                throw new IllegalStateException(path + ": " + status);
            }
        });
        return 2;
    }

    private String version(String complaint) throws Exception {
        try (var connection = new benchmark.Connection(port)) {
            return first(VERSION, connection.get(complaint, Application.BEARER).text());
        }
    }

    /** Everybody has an address of his own, else the allowance of one would be used up. */
    private benchmark.Connection visitor() throws Exception {
        int number = count.incrementAndGet();
        byte[] address = {127, (byte) (1 + number / 62_500), (byte) (number / 250 % 250), (byte) (1 + number % 250)};
        return new benchmark.Connection(port, InetAddress.getByAddress(address));
    }

    private static String form(String... fields) {
        var form = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            form.append(i == 0 ? "" : "&")
                    .append(fields[i])
                    .append('=')
                    .append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
        }
        return form.toString();
    }

    private int form() throws Exception {
        String id = id("form");
        Set<String> receipts = filed.computeIfAbsent(id, key -> ConcurrentHashMap.newKeySet());
        try (benchmark.Connection connection = visitor()) {
            String page = connection.get("/complain").text();
            String body = form(
                    "_csrf",
                    first(CSRF, page),
                    "form",
                    first(TOKEN, page),
                    "line",
                    "appliance",
                    "category",
                    "",
                    "content",
                    "空调修了三次还是不制冷",
                    "product.productType",
                    "air-conditioner",
                    "name",
                    "张三丰",
                    "phone",
                    phone());
            int times = ThreadLocalRandom.current().nextInt(5) == 0 ? 2 : 1;
            for (int i = 0; i < times; i++) {
                var answer = timed(connection, "/complain", body, FORM);
                if (answer.status() != 303) {
                    throw new IllegalStateException("/complain: " + answer.status());
                }
                receipts.add(answer.header("Location"));
            }
            return 1;
        }
    }

    private int weChat() throws Exception {
        String openId = "o" + id("customer");
        var texts = new ArrayList<>(List.of("空调修了三次还是不制冷", "要求退货"));
        texts.addAll(Collections.nCopies(4, "完成"));
        texts.addAll(List.of("提交", "今天还是没有人来"));
        for (String text : texts) {
            String id = Long.toString(weChatIds.incrementAndGet());
            String xml = ("<xml><ToUserName>gh</ToUserName><FromUserName>%s</FromUserName><CreateTime>%d</CreateTime>"
                            + "<MsgType>text</MsgType><Content>%s</Content><MsgId>%s</MsgId></xml>")
                    .formatted(openId, Instant.now().getEpochSecond(), text, id);
            often(() -> {
                String at = Long.toString(Instant.now().getEpochSecond());
                String[] signed = {FakeWeChat.TOKEN, at, "n1"};
                Arrays.sort(signed);
                String signature = HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-1")
                                .digest(String.join("", signed).getBytes(StandardCharsets.US_ASCII)));
                send(
                        "/wechat/" + FakeWeChat.PLAIN + "?nonce=n1&timestamp=" + at + "&signature=" + signature,
                        xml,
                        200,
                        "Content-Type: text/xml");
                callbacks.add(id);
            });
        }
        customers.incrementAndGet();
        return texts.size();
    }

    /** A mail and an answer to it. */
    private int mail() throws Exception {
        String first = id("mail");
        GreenMailUser mailbox = mailboxes.get(threads.getAndIncrement() % BOXES);
        for (String id : List.of(first, id("mail"))) {
            String raw = "From: 张三 <" + first + "@example.com>\r\nTo: " + mailbox.getEmail()
                    + "\r\nSubject: =?utf-8?B?56m66LCD?=\r\n"
                    + "Message-ID: <" + id + "@example.com>\r\n"
                    + (id.equals(first) ? "" : "In-Reply-To: <" + first + "@example.com>\r\n")
                    + "Date: Sun, 22 Nov 2026 10:00:00 +0800\r\nMIME-Version: 1.0\r\n"
                    + "Content-Type: text/plain; charset=utf-8\r\n\r\n空调修了三次还是不制冷 " + id + "\r\n";
            // An answer may not arrive before what it answers.
            Act act = () -> {
                sends.incrementAndGet();
                synchronized (mailbox) {
                    mailbox.deliver(
                            new MimeMessage(null, new ByteArrayInputStream(raw.getBytes(StandardCharsets.UTF_8))));
                }
                mails.add(id + "@example.com");
            };
            often(act);
        }
        return 2;
    }

    /** A call whose events are told in any order; one in four is given up. */
    private int call() throws Exception {
        String call = id("call");
        boolean isAnswered = count.get() % 4 != 0;
        Instant at = Instant.now().minusSeconds(60);
        var kinds = new ArrayList<>(
                isAnswered ? List.of("QUEUED", "RINGING", "ANSWERED", "ENDED") : List.of("QUEUED", "ABANDONED"));
        var events = new ArrayList<String[]>();
        String phone = phone();
        for (String kind : kinds) {
            events.add(new String[] {
                call + kind, """
                    {"source":"bench","events":[{"id":"%s","call":"%s","type":"%s","at":"%s","number":"%s"}]}
                    """.formatted(call + kind, call, kind, at.plusSeconds(5L * events.size()), phone)
            });
        }
        Collections.shuffle(events, ThreadLocalRandom.current());
        for (String[] event : events) {
            often(() -> {
                send("/api/v1/calls/events", event[1], 200, Application.BEARER, JSON);
                callEvents.add(event[0]);
            });
        }
        if (!isAnswered) {
            abandoned.incrementAndGet();
        }
        return events.size();
    }

    /** Nobody is there: the customer says one thing more and leaves a number. */
    private int chat() throws Exception {
        try (benchmark.Connection connection = visitor()) {
            String csrf = first(CSRF, connection.get("/chat").text());
            var opened = timed(
                    connection,
                    "/chat",
                    form("_csrf", csrf, "line", "appliance", "name", "王五", "phone", "", "text", "没有人吗"),
                    FORM);
            String path = opened.header("Location");
            if (opened.status() != 303) {
                throw new IllegalStateException("/chat: " + opened.status());
            }
            csrf = first(CSRF, connection.get(path).text());
            String line = form("_csrf", csrf, "token", UUID.randomUUID().toString(), "text", "还在吗");
            for (int i = 0; i <= ThreadLocalRandom.current().nextInt(5) / 4; i++) {
                timed(connection, path + "/lines", line, FORM);
            }
            String message = form("_csrf", csrf, "name", "王五", "phone", phone(), "text", "");
            int taken = timed(connection, path + "/message", message, FORM).status();
            if (taken != 303) {
                throw new IllegalStateException(path + "/message: " + taken);
            }
            chats.incrementAndGet();
            return 3;
        }
    }

    /** A form that somebody of ours fills in; where it leads to. */
    private String desk(String path, String... fields) throws Exception {
        Desk desk = desks.poll();
        if (desk == null) {
            throw new IllegalStateException("more at once than there are people");
        }
        var answer = timed(desk.connection(), path, form("_csrf", desk.csrf()) + "&" + form(fields), FORM);
        desks.add(desk);
        if (answer.status() != 303) {
            throw new IllegalStateException(path + ": " + answer.status() + " " + answer.text());
        }
        return answer.header("Location");
    }

    private int publicPost() throws Exception {
        String id = "weibo.example.com/" + id("post");
        often(() -> {
            desk(
                    "/desk/posts",
                    "url",
                    "https://www." + id + "?from=" + ThreadLocalRandom.current().nextInt(9),
                    "platform",
                    "weibo",
                    "author",
                    "路人甲",
                    "text",
                    "空调修了三次还是不制冷",
                    "businessLine",
                    "appliance");
            posts.add(id);
        });
        return 1;
    }

    private int slip() throws Exception {
        String id = id("slip");
        String phone = phone();
        often(() -> {
            desk("/desk/slips", "outlet", OUTLET, "number", id, "text", "空调修了三次还是不制冷", "name", "李四", "phone", phone);
            slips.add(id);
        });
        return 1;
    }

    private int regulatorCase() throws Exception {
        String id = id("case");
        String phone = phone();
        String sentAt = LocalDateTime.now(ZoneId.of("Asia/Shanghai"))
                .minusHours(1)
                .truncatedTo(ChronoUnit.MINUTES)
                .toString();
        Set<String> numbers = cases.computeIfAbsent(id, key -> ConcurrentHashMap.newKeySet());
        often(() -> numbers.add(desk(
                "/desk/regulator-cases",
                "authority",
                "OTHER",
                "externalNumber",
                id,
                "sentAt",
                sentAt,
                "businessLine",
                "appliance",
                "content",
                "空调修了三次还是不制冷",
                "name",
                "赵六",
                "phone",
                phone)));
        return 1;
    }

    // ---- afterwards

    /** Waits until nothing waits; "" or what still does. */
    private String drain(Connection database) throws Exception {
        long last = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < last) {
            if (number(database, "select count(*) from intake.message where source = 'mail:all'") >= mails.size()
                    && number(database, "select count(*) from intake.message where state = 'NEW'") == 0
                    && number(database, "select count(*) from wechat.outgoing where state = 'WAITING'") == 0
                    && number(database, "select count(*) from telephony.call where follow_at is not null") == 0) {
                return "";
            }
            Thread.sleep(100);
        }
        return "NOT ";
    }

    private static long number(Connection database, String sql) throws Exception {
        try (var statement = database.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static List<String> words(Connection database, String sql) throws Exception {
        var words = new ArrayList<String>();
        try (var statement = database.createStatement();
                var row = statement.executeQuery(sql)) {
            while (row.next()) {
                words.add(row.getString(1));
            }
        }
        return words;
    }

    private static List<String> numbers(Map<String, Set<String>> log) {
        return log.values().stream().flatMap(Collection::stream).toList();
    }

    private List<String> compare(Connection database, String drained) throws Exception {
        String complaints = "select count(*) from complaint.complaint where channel = '%s'";
        String additions = "select count(*) from complaint.event e join complaint.complaint c on c.id = e.complaint_id"
                + " where e.type = 'InformationAdded' and c.channel = '%s'";
        var beyond = new ArrayList<String>();
        System.out.println("| what | sent | kept | lost | doubled |");
        System.out.println("|---|--:|--:|--:|--:|");
        same(
                "complaints by the API",
                numbers(registered),
                words(database, "select number from complaint.complaint where channel = 'APP'"),
                beyond);
        same("additions by the API", informed.get(), number(database, additions.formatted("APP")), beyond);
        same("forms of the portal", filed.size(), number(database, complaints.formatted("WEB")), beyond);
        same("receipts of the portal", filed.size(), new HashSet<>(numbers(filed)).size(), beyond);
        same(
                "WeChat messages",
                callbacks,
                words(
                        database,
                        "select source_id from intake.message where source = 'wechat:" + FakeWeChat.PLAIN
                                + "' and state in ('OPENED', 'ADDED', 'ENDED')"),
                beyond);
        same("WeChat complaints", customers.get(), number(database, complaints.formatted("WECHAT")), beyond);
        same("WeChat additions", customers.get(), number(database, additions.formatted("WECHAT")), beyond);
        same(
                "mails",
                mails,
                words(
                        database,
                        "select split_part(source_id, '#', 1) from intake.message where source = 'mail:all'"
                                + " and state in ('OPENED', 'ADDED')"),
                beyond);
        same("mail complaints", threads.get(), number(database, complaints.formatted("EMAIL")), beyond);
        same("mail additions", mails.size() - threads.get(), number(database, additions.formatted("EMAIL")), beyond);
        same("call events", callEvents, words(database, "select event_id from telephony.call_event"), beyond);
        same("call-backs", abandoned.get(), number(database, "select count(*) from telephony.call_back"), beyond);
        same("chats", chats.get(), number(database, "select count(*) from chat.chat"), beyond);
        same(
                "lines of chats",
                2 * chats.get(),
                number(database, "select count(*) from chat.line where side = 'CUSTOMER'"),
                beyond);
        same(
                "messages left by chat",
                chats.get(),
                number(database, "select count(*) from intake.message where source = 'chat' and state = 'PARKED'"),
                beyond);
        same(
                "public posts",
                posts,
                words(database, "select source_id from intake.message where source = 'post:web' and state = 'OPENED'"),
                beyond);
        same("complaints of public posts", posts.size(), number(database, complaints.formatted("WEIBO")), beyond);
        same(
                "paper slips",
                slips,
                words(
                        database,
                        "select source_id from intake.message where source = 'paper:" + OUTLET
                                + "' and state = 'OPENED'"),
                beyond);
        same("complaints of paper slips", slips.size(), number(database, complaints.formatted("ONSITE")), beyond);
        same(
                "cases of regulators",
                cases.keySet(),
                words(database, "select external_number from regulator.regulator_case"),
                beyond);
        same(
                "complaints of regulators",
                numbers(cases).size(),
                number(database, complaints.formatted("REGULATOR")),
                beyond);
        if (!drained.isEmpty()) {
            beyond.add("queues that do not drain");
        }
        if (!troubles.isEmpty()) {
            beyond.add(troubles.size() + " unexpected answers, the first: " + troubles.peek());
        }
        return beyond;
    }

    private static void same(String what, Collection<String> sent, List<String> kept, List<String> beyond) {
        var lost = new HashSet<>(sent);
        kept.forEach(lost::remove);
        var expected = new ArrayList<>(sent);
        var doubled = new HashSet<String>();
        var seen = new HashSet<String>();
        for (String each : kept) {
            if (!seen.add(each)) {
                doubled.add(each);
            }
        }
        seen.removeAll(new HashSet<>(expected));
        row(what, sent.size(), kept.size(), lost.size(), doubled.size() + seen.size(), beyond);
    }

    private static void same(String what, long sent, long kept, List<String> beyond) {
        row(what, sent, kept, Math.max(0, sent - kept), Math.max(0, kept - sent), beyond);
    }

    private static void row(String what, long sent, long kept, long lost, long doubled, List<String> beyond) {
        System.out.printf("| %s | %d | %d | %d | %d |%n", what, sent, kept, lost, doubled);
        if (lost + doubled > 0) {
            beyond.add(what + ": " + lost + " lost, " + doubled + " doubled");
        }
    }
}
