package io.bihuan.message.sms;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.bihuan.message.sms.SmsSettings.Account;
import io.bihuan.message.sms.SmsSettings.Cloud;
import io.bihuan.message.sms.SmsSettings.Template;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A provider that does what a test says, and checks signatures by an implementation of its own, written from the providers'
 * descriptions.
 */
public final class FakeSms implements AutoCloseable {
    public static final String SECRET = "secret-of-the-tests";
    public static final String KEY_ID = "key-of-the-tests";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final ZoneId HOME = ZoneId.of("Asia/Shanghai");

    /** What it does with the next text to a number. */
    public enum Mood {
        TAKES,
        /** Says that it is too much for now. */
        THROTTLES,
        REFUSES,
        /** 500, and nothing was taken. */
        BREAKS,
        /** 500, although it was taken. */
        TAKES_AND_BREAKS,
        /** Hangs up without an answer, although it was taken. */
        TAKES_AND_HANGS_UP,
        HANGS_UP,
        /** Answers what is no answer, although it was taken. */
        TAKES_AND_LIES,
        /** Never answers. */
        HANGS
    }

    /** A text that it took. */
    public record Took(
            String serial, String phone, String sign, String template, String parameters, String id, Instant at) {}

    private final Cloud provider;
    private final InstantSource time;
    private final HttpServer server;
    private final Map<String, Deque<Mood>> moods = new ConcurrentHashMap<>();
    private final Map<String, Boolean> fates = new ConcurrentHashMap<>();
    public final List<Took> taken = new CopyOnWriteArrayList<>();
    public final List<String> badlySigned = new CopyOnWriteArrayList<>();
    public final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile Duration listedAfter = Duration.ZERO;

    public FakeSms(Cloud provider, InstantSource time) {
        this.provider = provider;
        this.time = time;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** An account of it with templates for the purpose {@code result}. */
    public Account account(String sign) {
        return new Account(
                provider,
                KEY_ID,
                SECRET,
                sign,
                "1400000001",
                "ap-guangzhou",
                address(),
                Map.of(
                        "result",
                        Map.of(
                                "zh-CN", new Template("SMS_1", List.of("number", "text")),
                                "en", new Template("SMS_2", List.of())),
                        "code",
                        Map.of("zh-CN", new Template("SMS_CODE", List.of()))));
    }

    public void moods(String phone, Mood... next) {
        moods.computeIfAbsent(phone, each -> new ConcurrentLinkedDeque<>()).addAll(Arrays.asList(next));
    }

    /** Its list of what it took is behind by so much. */
    public void listsAfter(Duration delay) {
        listedAfter = delay;
    }

    /** What it will say of a text: whether it arrived. */
    public void report(String id, boolean hasArrived) {
        fates.put(id, hasArrived);
    }

    public List<Took> takenFor(String phone) {
        return taken.stream().filter(each -> each.phone().equals(phone)).toList();
    }

    /** As if somebody had handed it over and died. */
    public void take(String phone, String id) {
        taken.add(new Took("serial-" + taken.size(), phone, "", "", "", id, time.instant()));
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (!isSigned(exchange, body)) {
            badlySigned.add(exchange.getRequestURI().toString());
            send(exchange, 400, "{\"Code\":\"SignatureDoesNotMatch\",\"Message\":\"bad\"}");
            return;
        }
        Map<String, Object> said = provider == Cloud.ALIYUN ? aliyun(exchange) : tencent(exchange, body);
        Object mood = said.remove("mood");
        if (mood == Mood.HANGS_UP || mood == Mood.TAKES_AND_HANGS_UP) {
            exchange.close();
        } else if (mood == Mood.HANGS) {
            // until the server is stopped
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException e) {
                exchange.close();
            }
        } else if (mood == Mood.BREAKS || mood == Mood.TAKES_AND_BREAKS) {
            send(exchange, 500, "oops");
        } else if (mood == Mood.TAKES_AND_LIES) {
            send(exchange, 200, "<html>welcome</html>");
        } else {
            send(exchange, 200, JSON.writeValueAsString(said));
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Mood next(String phone) {
        Deque<Mood> waiting = moods.get(phone);
        Mood mood = waiting == null ? null : waiting.poll();
        return mood == null ? Mood.TAKES : mood;
    }

    private @Nullable Took takes(Mood mood, String phone, String sign, String template, String parameters, String id) {
        return switch (mood) {
            case TAKES, TAKES_AND_BREAKS, TAKES_AND_HANGS_UP, TAKES_AND_LIES -> {
                var took = new Took(
                        "serial-" + provider + "-" + id + "-" + taken.size(),
                        phone,
                        sign,
                        template,
                        parameters,
                        id,
                        time.instant());
                taken.add(took);
                yield took;
            }
            case THROTTLES, REFUSES, BREAKS, HANGS_UP, HANGS -> null;
        };
    }

    private Map<String, Object> aliyun(HttpExchange exchange) {
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        var said = new LinkedHashMap<String, Object>();
        String action = exchange.getRequestHeaders().getFirst("x-acs-action");
        if ("SendSms".equals(action)) {
            String phone = "+86" + query.get("PhoneNumbers");
            Mood mood = next(phone);
            said.put("mood", mood);
            Took took = takes(
                    mood,
                    phone,
                    query.getOrDefault("SignName", ""),
                    query.getOrDefault("TemplateCode", ""),
                    query.getOrDefault("TemplateParam", ""),
                    query.getOrDefault("OutId", ""));
            said.put(
                    "Code",
                    mood == Mood.THROTTLES
                            ? "isv.BUSINESS_LIMIT_CONTROL"
                            : mood == Mood.REFUSES ? "isv.MOBILE_NUMBER_ILLEGAL" : "OK");
            said.put("Message", mood == Mood.THROTTLES ? "触发分钟级流控Permits:1" : phone + "号码不合法");
            said.put("BizId", took == null ? null : took.serial());
        } else if ("QuerySendDetails".equals(action)) {
            String phone = "+86" + query.get("PhoneNumber");
            asked.add(phone);
            LocalDate day = LocalDate.parse(query.get("SendDate"), DateTimeFormatter.BASIC_ISO_DATE);
            List<Map<String, Object>> details = new ArrayList<>();
            for (Took took : takenFor(phone)) {
                if (took.at().atZone(HOME).toLocalDate().equals(day)
                        && !time.instant().isBefore(took.at().plus(listedAfter))) {
                    Boolean fate = fates.get(took.id());
                    details.add(Map.of(
                            "OutId", took.id(), "SendStatus", fate == null ? 1 : fate ? 3 : 2, "ErrCode", "DELIVERED"));
                }
            }
            said.put("Code", "OK");
            said.put("SmsSendDetailDTOs", Map.of("SmsSendDetailDTO", details));
        }
        return said;
    }

    private Map<String, Object> tencent(HttpExchange exchange, byte[] body) {
        JsonNode asking = JSON.readTree(body);
        var said = new LinkedHashMap<String, Object>();
        String action = exchange.getRequestHeaders().getFirst("X-TC-Action");
        if ("SendSms".equals(action)) {
            String phone = asking.path("PhoneNumberSet").path(0).asString();
            String id = asking.path("SessionContext").asString();
            Mood mood = next(phone);
            said.put("mood", mood);
            Took took = takes(
                    mood,
                    phone,
                    asking.path("SignName").asString(),
                    asking.path("TemplateId").asString(),
                    asking.path("TemplateParamSet").toString(),
                    id);
            String code = mood == Mood.THROTTLES
                    ? "LimitExceeded.PhoneNumberThirtySecondLimit"
                    : mood == Mood.REFUSES ? "FailedOperation.PhoneNumberInBlacklist" : "Ok";
            said.put(
                    "Response",
                    Map.of(
                            "SendStatusSet",
                            List.of(Map.of(
                                    "SerialNo",
                                    took == null ? "" : took.serial(),
                                    "Code",
                                    code,
                                    "Message",
                                    "said",
                                    "SessionContext",
                                    id))));
        } else {
            String phone = asking.path("PhoneNumber").asString();
            asked.add(phone);
            // It lists what already has a report, nothing else.
            said.put(
                    "Response",
                    Map.of(
                            "PullSmsSendStatusSet",
                            takenFor(phone).stream()
                                    .filter(took -> fates.containsKey(took.id()))
                                    .map(took -> Map.of(
                                            "SerialNo", took.serial(),
                                            "SessionContext", took.id(),
                                            "ReportStatus",
                                                    Boolean.TRUE.equals(fates.get(took.id())) ? "SUCCESS" : "FAIL",
                                            "Description", "DELIVRD",
                                            "UserReceiveTime", time.instant().getEpochSecond()))
                                    .toList()));
        }
        return said;
    }

    private static Map<String, String> query(@Nullable String raw) {
        return Arrays.stream((raw == null ? "" : raw).split("&", -1))
                .filter(pair -> pair.contains("="))
                .collect(Collectors.toMap(
                        pair -> URLDecoder.decode(pair.substring(0, pair.indexOf('=')), StandardCharsets.UTF_8),
                        pair -> URLDecoder.decode(pair.substring(pair.indexOf('=') + 1), StandardCharsets.UTF_8)));
    }

    private boolean isSigned(HttpExchange exchange, byte[] body) {
        String given = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        String names = given.replaceFirst("(?s).*SignedHeaders=([^,]+),.*", "$1");
        boolean isTencent = provider == Cloud.TENCENT;
        var canonical = new StringBuilder("POST\n/\n");
        // Sorted by code points of what is sent, percent-encoded: what the client sent must already be so.
        String raw = exchange.getRequestURI().getRawQuery();
        canonical
                .append(
                        raw == null
                                ? ""
                                : Arrays.stream(raw.split("&", -1)).sorted().collect(Collectors.joining("&")))
                .append('\n');
        for (String name : names.split(";", -1)) {
            String value =
                    String.valueOf(exchange.getRequestHeaders().getFirst(name)).trim();
            canonical
                    .append(name)
                    .append(':')
                    .append(isTencent ? value.toLowerCase(java.util.Locale.ROOT) : value)
                    .append('\n');
        }
        canonical.append('\n').append(names).append('\n').append(hex(digest(body)));
        String hash = hex(digest(canonical.toString().getBytes(StandardCharsets.UTF_8)));
        String expected;
        if (isTencent) {
            Instant at = Instant.ofEpochSecond(
                    Long.parseLong(exchange.getRequestHeaders().getFirst("X-TC-Timestamp")));
            String day = at.atOffset(ZoneOffset.UTC).toLocalDate().toString();
            byte[] key = mac(mac(mac(("TC3" + SECRET).getBytes(StandardCharsets.UTF_8), day), "sms"), "tc3_request");
            expected =
                    hex(mac(key, "TC3-HMAC-SHA256\n" + at.getEpochSecond() + "\n" + day + "/sms/tc3_request\n" + hash));
        } else {
            expected = hex(mac(SECRET.getBytes(StandardCharsets.UTF_8), "ACS3-HMAC-SHA256\n" + hash));
        }
        boolean namesBodyHash = isTencent
                || hex(digest(body)).equals(exchange.getRequestHeaders().getFirst("x-acs-content-sha256"));
        return namesBodyHash && given.contains(KEY_ID) && given.endsWith("Signature=" + expected);
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
