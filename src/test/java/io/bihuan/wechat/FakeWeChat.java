package io.bihuan.wechat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A WeChat platform that does what a test says: it gives tokens, keeps files, brings messages, and refuses. */
public final class FakeWeChat {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** The accounts of all applications under test; see {@code TestEnvironment}. */
    public static final String SAFE = "gh_safe";

    public static final String BOTH = "gh_both";
    public static final String PLAIN = "gh_plain";
    public static final String APP_ID = "wx00000000000test1";
    public static final String TOKEN = "tokenOfTests";
    public static final String AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
    public static final String PUBLIC_URL = "https://service.example.cn";

    /** A file that the platform keeps: its type and bytes. */
    record Kept(String type, byte[] bytes) {}

    /** A message that was brought to somebody. */
    record Brought(String openId, String text, String token) {}

    private static volatile @Nullable FakeWeChat shared;

    private final HttpServer server;
    private final AtomicInteger tokens = new AtomicInteger();
    private volatile int tokenLife = 7200;
    private final java.util.Set<String> good = ConcurrentHashMap.newKeySet();
    private volatile int tokenError;
    final List<Boolean> forced = new CopyOnWriteArrayList<>();
    final List<Brought> brought = new CopyOnWriteArrayList<>();
    final Map<String, Kept> files = new ConcurrentHashMap<>();
    private final Map<String, Deque<String>> refusals = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();

    FakeWeChat() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/cgi-bin/stable_token", this::token);
        server.createContext("/cgi-bin/message/custom/send", this::send);
        server.createContext("/cgi-bin/media/get", this::media);
        server.createContext("/video", exchange -> answer(exchange, Objects.requireNonNull(files.get("video-bytes"))));
        server.start();
    }

    /** The one that the applications under test know; it lives as long as the machine. */
    public static synchronized FakeWeChat shared() {
        FakeWeChat known = shared;
        if (known == null) {
            known = new FakeWeChat();
            shared = known;
        }
        return known;
    }

    /** What the applications under test are told of their accounts. */
    public static Map<String, Object> settings() {
        var settings = new java.util.HashMap<String, Object>();
        String[] names = {SAFE, BOTH, PLAIN};
        String[] modes = {"safe", "compatible", "plain"};
        for (int i = 0; i < names.length; i++) {
            String prefix = "bihuan.wechat.accounts[" + i + "].";
            settings.put(prefix + "name", names[i]);
            settings.put(prefix + "app-id", APP_ID);
            settings.put(prefix + "secret", "secret-of-tests");
            settings.put(prefix + "token", TOKEN);
            settings.put(prefix + "aes-key", AES_KEY);
            settings.put(prefix + "mode", modes[i]);
            settings.put(prefix + "api-url", shared().url().toString());
            settings.put(prefix + "public-url", PUBLIC_URL);
        }
        return settings;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    WeChatSettings.Account account(String name) {
        return new WeChatSettings.Account(
                name, APP_ID, "secret-of-tests", TOKEN, AES_KEY, WeChatSettings.Mode.SAFE, null, url(), PUBLIC_URL);
    }

    void stop() {
        server.stop(0);
    }

    void tokensLive(int seconds) {
        tokenLife = seconds;
    }

    void tokensFailWith(int code) {
        tokenError = code;
    }

    int tokensGiven() {
        return tokens.get();
    }

    /** The platform forgets the tokens that it gave. */
    void forgetToken() {
        good.clear();
    }

    /** The next calls about an OpenID or a file are answered so: a code, {@code HTTP n} or {@code slow}. */
    void refuse(String subject, String... answers) {
        refusals.computeIfAbsent(subject, key -> new ConcurrentLinkedDeque<>()).addAll(List.of(answers));
    }

    /** How often it was called about an OpenID or a file. */
    int asked(String subject) {
        AtomicInteger count = asked.get(subject);
        return count == null ? 0 : count.get();
    }

    List<String> texts(String openId) {
        var texts = new ArrayList<String>();
        for (Brought each : brought) {
            if (each.openId().equals(openId)) {
                texts.add(each.text());
            }
        }
        return texts;
    }

    private void token(HttpExchange exchange) throws IOException {
        JsonNode asked = JSON.readTree(exchange.getRequestBody().readAllBytes());
        if (tokenError != 0
                || !asked.path("grant_type").asString().equals("client_credential")
                || !asked.path("secret").asString().equals("secret-of-tests")) {
            json(exchange, "{\"errcode\":%d,\"errmsg\":\"invalid\"}".formatted(tokenError == 0 ? 40125 : tokenError));
            return;
        }
        forced.add(asked.path("force_refresh").asBoolean());
        String token = "token-" + tokens.incrementAndGet();
        good.add(token);
        json(exchange, "{\"access_token\":\"%s\",\"expires_in\":%d}".formatted(token, tokenLife));
    }

    private static String parameter(HttpExchange exchange, String name) {
        for (String pair : exchange.getRequestURI().getRawQuery().split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
            }
        }
        return "";
    }

    /** Whether the call was answered with a refusal. */
    private boolean isRefused(HttpExchange exchange, String subject) throws IOException {
        asked.computeIfAbsent(subject, key -> new AtomicInteger()).incrementAndGet();
        Deque<String> waiting = refusals.get(subject);
        String answer = waiting == null ? null : waiting.poll();
        if (answer == null) {
            if (!good.contains(parameter(exchange, "access_token"))) {
                json(exchange, "{\"errcode\":40001,\"errmsg\":\"invalid credential\"}");
                return true;
            }
            return false;
        }
        if (answer.equals("cut")) {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write(new byte[10]);
            exchange.getResponseBody().flush();
            exchange.close();
        } else if (answer.startsWith("HTTP ")) {
            exchange.sendResponseHeaders(Integer.parseInt(answer.substring(5)), -1);
            exchange.close();
        } else {
            json(exchange, "{\"errcode\":%s,\"errmsg\":\"no\"}".formatted(answer));
        }
        return true;
    }

    private void send(HttpExchange exchange) throws IOException {
        JsonNode message = JSON.readTree(exchange.getRequestBody().readAllBytes());
        String openId = message.path("touser").asString();
        if (!isRefused(exchange, openId)) {
            brought.add(new Brought(
                    openId, message.path("text").path("content").asString(), parameter(exchange, "access_token")));
            json(exchange, "{\"errcode\":0,\"errmsg\":\"ok\"}");
        }
    }

    private void media(HttpExchange exchange) throws IOException {
        String id = parameter(exchange, "media_id");
        if (isRefused(exchange, id)) {
            return;
        }
        Kept kept = files.get(id);
        if (kept == null) {
            json(exchange, "{\"errcode\":40007,\"errmsg\":\"invalid media_id\"}");
        } else {
            answer(exchange, kept);
        }
    }

    private static void answer(HttpExchange exchange, Kept kept) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", kept.type());
        exchange.sendResponseHeaders(200, kept.bytes().length);
        exchange.getResponseBody().write(kept.bytes());
        exchange.close();
    }

    private static void json(HttpExchange exchange, String body) throws IOException {
        answer(exchange, new Kept("application/json", body.getBytes(StandardCharsets.UTF_8)));
    }
}
