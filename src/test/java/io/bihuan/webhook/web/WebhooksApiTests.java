package io.bihuan.webhook.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import io.bihuan.ApiClient;
import io.bihuan.ApiClient.Answer;
import io.bihuan.BihuanTest;
import io.bihuan.identity.Scope;
import io.bihuan.identity.TokenReach;
import io.bihuan.identity.Tokens;
import io.bihuan.webhook.Receiver;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A partner's system asks to be told, and hears of every step of the complaints that it may see. */
@BihuanTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class WebhooksApiTests {
    private static final String WEBHOOKS = "/api/v1/webhooks";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @LocalServerPort
    int port;

    @Autowired
    Tokens tokens;

    private ApiClient client(TokenReach reach, Scope... scopes) {
        return new ApiClient(
                port, tokens.create("伙伴系统", Set.of(scopes), reach, null, null).secret());
    }

    private ApiClient client() {
        return client(TokenReach.ALL, Scope.values());
    }

    private static String registered(ApiClient api, String externalNumber) {
        Answer answer = api.post(
                "/api/v1/complaints",
                Map.of(
                        "businessLine", "appliance",
                        "channel", "PARTNER",
                        "content", "空调修了三次还是不制冷，每次收280元。",
                        "externalNumber", externalNumber,
                        "customer", Map.of("name", "张三丰", "phone", "13812345678")));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.text("/number");
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    /** Another test's transaction may hold the follower back, so messages are waited for by their complaint. */
    private static List<Receiver.Taken> about(Receiver receiver, String number) {
        return receiver.taken().stream()
                .filter(taken ->
                        JSON.readTree(taken.body()).path("subject").asString("").equals(number))
                .toList();
    }

    private static List<String> types(Receiver receiver, String number) {
        return about(receiver, number).stream()
                .map(taken -> JSON.readTree(taken.body()).path("type").asString())
                .toList();
    }

    @Test
    void everyStepIsToldOnceSignedAndWithoutPersonalData() throws Exception {
        ApiClient api = client();
        try (Receiver receiver = Receiver.always(200)) {
            Answer made = api.post(WEBHOOKS, Map.of("url", receiver.url().toString(), "description", "客户系统"));
            assertThat(made.status()).as(made.text()).isEqualTo(201);
            String secret = made.text("/secret");
            String number = registered(api, "CRM-1");
            api.post("/api/v1/complaints/" + number + "/withdrawal", Map.of("reason", "已协商解决"));
            until(() -> types(receiver, number).contains("complaint.withdrawn"));
            until(() -> types(receiver, number).contains("complaint.registered"));
            until(() -> types(receiver, number).contains("complaint.acknowledged"));

            assertThat(types(receiver, number)).doesNotHaveDuplicates().contains("complaint.acknowledged");
            for (Receiver.Taken taken : about(receiver, number)) {
                new Webhook(secret).verify(taken.body(), headers(taken));
                JsonNode event = JSON.readTree(taken.body());
                assertThat(event.path("specversion").asString()).isEqualTo("1.0");
                assertThat(event.path("id").asString()).isEqualTo(taken.id());
                assertThat(event.path("source").asString()).isNotEmpty();
                assertThat(event.path("time").asString()).endsWith("Z");
                assertThat(event.at("/data/number").asString()).isEqualTo(number);
                assertThat(event.at("/data/sequence").asInt()).isPositive();
                assertThat(event.at("/data/stage").asString()).isNotEmpty();
                assertThat(event.at("/data/externalNumber").asString())
                        .as("its own number")
                        .isEqualTo("CRM-1");
                assertThat(event.at("/data/links/complaint").asString()).endsWith("/api/v1/complaints/" + number);
                assertThat(taken.body()).doesNotContain("张三丰", "13812345678", "280", "协商");
            }
        }
    }

    private static HttpHeaders headers(Receiver.Taken taken) {
        return HttpHeaders.of(
                taken.headers().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue()))),
                (name, value) -> true);
    }

    @Test
    void aTokenHearsOnlyOfWhatItReaches() {
        ApiClient all = client();
        ApiClient others = client(new TokenReach(Set.of(), Set.of("WEIBO")), Scope.values());
        try (Receiver receiver = Receiver.always(200);
                Receiver everything = Receiver.always(200)) {
            assertThat(others.post(WEBHOOKS, Map.of("url", receiver.url().toString()))
                            .status())
                    .isEqualTo(201);
            all.post(WEBHOOKS, Map.of("url", everything.url().toString(), "types", List.of("complaint.registered")));
            String number = registered(all, "CRM-2");
            until(() -> !about(everything, number).isEmpty());
            assertThat(types(everything, number)).containsExactly("complaint.registered");
            assertThat(about(receiver, number)).isEmpty();
            assertThat(others.post(WEBHOOKS, Map.of("url", receiver.url().toString(), "businessLines", List.of("auto")))
                            .status())
                    .isEqualTo(201);
            ApiClient lines = client(new TokenReach(Set.of("appliance"), Set.of()), Scope.values());
            assertThat(lines.post(WEBHOOKS, Map.of("url", receiver.url().toString(), "businessLines", List.of("auto")))
                            .status())
                    .isEqualTo(403);
        }
    }

    @Test
    void aTokenManagesItsOwnWebhooksOnly() {
        ApiClient mine = client();
        ApiClient yours = client();
        String id =
                mine.post(WEBHOOKS, Map.of("url", "https://hooks.example.cn/a")).text("/id");
        assertThat(mine.get(WEBHOOKS).json().path("items")).hasSize(1);
        assertThat(mine.get(WEBHOOKS).text()).doesNotContain("whsec_");
        assertThat(yours.get(WEBHOOKS).json().path("items")).isEmpty();
        for (String path : List.of(WEBHOOKS + "/" + id, WEBHOOKS + "/" + id + "/deliveries")) {
            assertThat(yours.get(path).status()).isEqualTo(404);
            assertThat(mine.get(path).status()).isEqualTo(200);
        }
        assertThat(yours.post(WEBHOOKS + "/" + id + "/secret", Map.of()).status())
                .isEqualTo(404);
        HttpRequest.Builder put = mine.request(WEBHOOKS + "/" + id, "Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"url\":\"https://hooks.example.cn/b\"}"));
        assertThat(mine.send(put).text("/url")).endsWith("/b");
        assertThat(mine.send(mine.request(WEBHOOKS + "/" + id).DELETE()).status())
                .isEqualTo(204);
        assertThat(mine.get(WEBHOOKS + "/" + id).status()).isEqualTo(404);
    }

    @Test
    void scopesAreKept() {
        ApiClient reader = client(TokenReach.ALL, Scope.WEBHOOKS_READ);
        assertThat(reader.get(WEBHOOKS).status()).isEqualTo(200);
        assertThat(reader.post(WEBHOOKS, Map.of("url", "https://hooks.example.cn/a"))
                        .status())
                .isEqualTo(403);
        assertThat(client(TokenReach.ALL, Scope.COMPLAINTS_READ, Scope.COMPLAINTS_WRITE)
                        .get(WEBHOOKS)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void whatIsWrongIsSaid() {
        ApiClient api = client();
        assertThat(api.post(WEBHOOKS, Map.of("url", "ftp://hooks.example.cn/")).status())
                .isEqualTo(422);
        Answer type = api.post(
                WEBHOOKS, Map.of("url", "https://hooks.example.cn/", "types", List.of("complaint.registered", "a.b")));
        assertThat(type.status()).isEqualTo(400);
        assertThat(type.pointers()).containsExactly("#/types/1");
        assertThat(api.post(WEBHOOKS, Map.of("description", "x")).status()).isEqualTo(400);
    }

    @Test
    void aTestArrivesAndIsSentAgainOnRequestAndTheSecretChanges() {
        ApiClient api = client();
        try (Receiver receiver = Receiver.always(200)) {
            Answer made =
                    api.post(WEBHOOKS, Map.of("url", receiver.url().toString(), "types", List.of("complaint.erased")));
            String hook = WEBHOOKS + "/" + made.text("/id");
            Answer test = api.post(hook + "/tests", Map.of());
            assertThat(test.status()).isEqualTo(202);
            String delivery = hook + "/deliveries/" + test.text("/id");
            until(() -> api.get(delivery).text("/state").equals("DELIVERED"));
            assertThat(api.get(delivery).text("/log/0/status")).isEqualTo("200");
            assertThat(api.get(delivery).text("/log/0/answer")).isEqualTo("ok");

            api.post(delivery + "/replays", Map.of());
            until(() -> receiver.taken().size() == 2);
            until(() -> api.get(delivery).text("/state").equals("DELIVERED"));
            Answer again = api.post(hook + "/replays", Map.of("since", "2026-01-01T00:00:00Z"));
            assertThat(again.status()).isEqualTo(202);
            until(() -> receiver.taken().size() == 3);
            assertThat(receiver.taken().stream().map(Receiver.Taken::id).distinct())
                    .hasSize(1);

            Answer rotated = api.post(hook + "/secret", Map.of());
            assertThat(rotated.text("/secret")).startsWith("whsec_").isNotEqualTo(made.text("/secret"));
            assertThat(rotated.text("/oldSecretUntil")).endsWith("Z");

            assertThat(api.post(hook + "/deactivation", Map.of()).text("/disabledFor"))
                    .isEqualTo("BY_HAND");
            api.post(hook + "/tests", Map.of());
            assertThat(api.get(hook + "/deliveries?state=WAITING").json().path("items"))
                    .hasSize(1);
            assertThat(api.post(hook + "/activation", Map.of())
                            .json()
                            .path("enabled")
                            .asBoolean())
                    .isTrue();
            until(() -> receiver.taken().size() == 4);
        }
    }
}
