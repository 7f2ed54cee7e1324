package io.bihuan.durability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Programs that register complaints through the API without pause, and write down what they were told. */
final class Clients {
    /** What a program was told, its tracking link aside: that one is made anew for each answer. */
    record Told(String key, String body, ObjectNode answer) {
        String number() {
            return answer.path("number").asString();
        }
    }

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<String> TEXTS = List.of(
            "七月装的KFR-35GW空调，师傅来了三次，每次收280元，还是不制冷。",
            "洗衣机配件缺货，等零件等了一个月，电话打不通，一直没消息。",
            "冰箱修坏了，越修越坏，要求退还维修费并道歉。",
            "预约周六上门，师傅爽约，没人联系，客服互相推诿。");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final Map<String, Told> told = new ConcurrentHashMap<>();
    private final Map<String, String> unknown = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> surprises = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private final String name;
    private volatile boolean isEnough;

    /** @param name what the keys begin with */
    Clients(String name) {
        this.name = name;
    }

    /** Lets that many programs go on until {@link #stop}. */
    void start(URI address, int count) {
        isEnough = false;
        for (int client = 1; client <= count; client++) {
            String prefix = name + "-" + client + "-";
            threads.add(Thread.ofPlatform().start(() -> goOn(address, prefix)));
        }
    }

    /** Comes back when nothing is on the way any more. */
    void stop() {
        isEnough = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        threads.clear();
    }

    private void goOn(URI address, String prefix) {
        for (int count = 1; !isEnough; count++) {
            if (!send(address, prefix + count, body(prefix + count))) {
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        }
    }

    private static String body(String key) {
        ObjectNode body = JSON.createObjectNode();
        body.put("businessLine", "appliance");
        body.put("channel", "APP");
        body.put("title", "空调修了三次还是不制冷 " + key);
        body.put("content", TEXTS.get(Math.floorMod(key.hashCode(), TEXTS.size())) + "（" + key + "）");
        body.put("externalNumber", "CRM-" + key);
        body.putObject("customer").put("name", "张三丰").put("phone", "13812345678");
        body.putObject("product").put("productType", "air-conditioner").put("model", "KFR-35GW");
        return body.toString();
    }

    /** Registers one and writes down what came of it; false when that is unknown. */
    private boolean send(URI address, String key, String body) {
        HttpResponse<String> answer;
        try {
            answer = post(address, key, body);
        } catch (IOException e) {
            unknown.put(key, body);
            return false;
        }
        if (answer.statusCode() >= 500) {
            unknown.put(key, body);
            return false;
        }
        if (answer.statusCode() != 201) {
            surprises.add(key + ": " + answer.statusCode() + " " + answer.body());
            return true;
        }
        Told now = new Told(key, body, read(answer));
        Told before = told.put(key, now);
        if (before != null && !before.equals(now)) {
            surprises.add(key + ": " + before + " and then " + now);
        }
        return true;
    }

    private static ObjectNode read(HttpResponse<String> answer) {
        ObjectNode read = (ObjectNode) JSON.readTree(answer.body());
        read.remove("trackingUrl");
        return read;
    }

    private HttpResponse<String> post(URI address, String key, String body) throws IOException {
        return exchange(HttpRequest.newBuilder(address.resolve("/api/v1/complaints"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> exchange(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(
                    request.header("Authorization", "Bearer " + Node.TOKEN)
                            .timeout(Duration.ofSeconds(60))
                            .build(),
                    HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Registers that many, in turn. */
    void register(URI address, int count) {
        for (int each = 1; each <= count; each++) {
            String key = name + "-0-" + each;
            assertThat(send(address, key, body(key))).as(key).isTrue();
        }
    }

    /** Sends everything again of which nobody knows what became of it, each twice. */
    void resolve(URI address) {
        for (var entry : unknown.entrySet()) {
            assertThat(send(address, entry.getKey(), entry.getValue()))
                    .as(entry.getKey())
                    .isTrue();
        }
        repeat(address, List.copyOf(unknown.keySet()));
        unknown.clear();
    }

    /** Sends these again, although their answers came; another answer than before is a surprise. */
    void repeat(URI address, List<String> keys) {
        for (String key : keys) {
            Told before = Objects.requireNonNull(told.get(key), key);
            assertThat(send(address, key, before.body())).as(key).isTrue();
        }
    }

    /** An answer of the API. */
    JsonNode get(URI address, String path) {
        try {
            HttpResponse<String> answer =
                    exchange(HttpRequest.newBuilder(address.resolve(path)).GET());
            assertThat(answer.statusCode()).as(answer::body).isEqualTo(200);
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError(path, e);
        }
    }

    /** How many items a search finds, at most a page of them. */
    int found(URI address, String query) {
        return get(address, "/api/v1/complaints?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8))
                .path("items")
                .size();
    }

    /** What was told, by key. */
    Map<String, Told> told() {
        return told;
    }

    int unknown() {
        return unknown.size();
    }

    /** What should never have been answered. */
    List<String> surprises() {
        return List.copyOf(surprises);
    }
}
