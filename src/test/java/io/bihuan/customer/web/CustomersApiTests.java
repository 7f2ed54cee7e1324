package io.bihuan.customer.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.ApiClient;
import io.bihuan.ApiClient.Answer;
import io.bihuan.BihuanTest;
import io.bihuan.identity.Scope;
import io.bihuan.identity.Tokens;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The company's own systems keep customers and what they have in step by their own numbers. */
@BihuanTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class CustomersApiTests {
    @LocalServerPort
    private int port;

    @Autowired
    private Tokens tokens;

    private ApiClient api;
    private String number = "";
    private String phone = "";

    @BeforeEach
    void aToken() {
        api = client(Scope.CUSTOMERS_READ, Scope.CUSTOMERS_WRITE);
        number = "CRM-" + UUID.randomUUID();
        phone = "169%08d".formatted(ThreadLocalRandom.current().nextInt(100_000_000));
    }

    private ApiClient client(Scope... scopes) {
        return new ApiClient(
                port, tokens.create("客户系统", Set.of(scopes), null).secret());
    }

    private static Answer put(ApiClient by, String at, String body) {
        return by.send(by.request("/api/v1/customers/" + URLEncoder.encode(at, StandardCharsets.UTF_8))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8)));
    }

    private String body() {
        return """
                {"name": "王小明", "phones": ["%s"], "vulnerable": "ELDERLY", "preferredContact": "PHONE",
                 "vehicles": [{"vin": "LSVAA49J132047371", "plate": "京A12345", "boughtOn": "2025-03-02"}],
                 "appliances": [{"serialNumber": "SN-%s", "model": "KFR-35GW", "installedOn": "2026-05-01"}],
                 "orders": [{"number": "DD-%s", "amount": "1299.50", "product": "羽绒服"}]}
                """.formatted(phone, number, number);
    }

    @Test
    void aCustomerIsPutOnceHoweverOftenItIsSent() throws Exception {
        try (var threads = Executors.newFixedThreadPool(10)) {
            List<Future<Answer>> all = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                all.add(threads.submit(() -> put(api, number, body())));
            }
            for (Future<Answer> each : all) {
                assertThat(each.get().status()).as(each.get().text()).isIn(200, 201);
            }
        }
        Answer again = put(api, number, body());
        assertThat(again.status()).isEqualTo(200);

        Answer read = api.get("/api/v1/customers/" + number);
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.text()).isEqualTo(again.text());
        assertThat(read.text("/numbers/0")).isEqualTo(number);
        assertThat(read.text("/name")).isEqualTo("王小明");
        assertThat(read.text("/vulnerable")).isEqualTo("ELDERLY");
        assertThat(read.text("/vehicles/0/vin")).isEqualTo("***********047371");
        assertThat(read.text("/appliances/0/installedOn")).isEqualTo("2026-05-01");
        assertThat(read.text("/orders/0/amount")).isEqualTo("1299.50");
        assertThat(read.json().path("vehicles").size()).isEqualTo(1);
        assertThat(read.json().path("contacts").size()).isEqualTo(1);
        assertThat(read.text()).doesNotContain(phone, "京A12345");
    }

    @Test
    void whatIsAbsentStaysAsItIs() {
        put(api, number, body());
        Answer answer = put(api, number, "{\"emails\": [\"Wang@Example.com-%s.cn\"]}".formatted(number.toLowerCase(Locale.ROOT)));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.text("/name")).isEqualTo("王小明");
        assertThat(answer.text("/vulnerable")).isEqualTo("ELDERLY");
        assertThat(answer.json().path("contacts").size()).isEqualTo(2);
        assertThat(answer.json().path("orders").size()).isEqualTo(1);
    }

    @Test
    void aContactOfAnotherCustomerIsRefusedAndNothingIsStored() {
        put(api, number, body());
        String other = "CRM-" + UUID.randomUUID();
        Answer answer = put(api, other, "{\"name\": \"别人\", \"phones\": [\"%s\"]}".formatted(phone));
        assertThat(answer.status()).isEqualTo(409);
        assertThat(api.get("/api/v1/customers/" + other).status()).isEqualTo(404);
    }

    @Test
    void everythingThatIsWrongIsSaid() {
        Answer answer = put(api, number, """
                {"phones": ["12"], "emails": ["nobody"], "vehicles": [{"vin": "??", "plate": "??"}, {}],
                 "appliances": [{}], "orders": [{"number": "1", "amount": "-5"}]}
                """);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.pointers())
                .containsExactlyInAnyOrder(
                        "/phones/0",
                        "/emails/0",
                        "/vehicles/0/vin",
                        "/vehicles/0/plate",
                        "/vehicles/1",
                        "/appliances/0",
                        "/orders/0/amount");
        assertThat(put(api, number, "{\"nonsense\": 1}").status()).isEqualTo(400);
        assertThat(put(api, "x".repeat(101), "{}").status()).isEqualTo(400);
        assertThat(api.get("/api/v1/customers/" + number).status()).isEqualTo(404);
    }

    @Test
    void aTokenNeedsTheScope() {
        ApiClient reader = client(Scope.CUSTOMERS_READ, Scope.COMPLAINTS_WRITE);
        ApiClient writer = client(Scope.CUSTOMERS_WRITE);
        assertThat(put(reader, number, body()).status()).isEqualTo(403);
        assertThat(put(writer, number, body()).status()).isEqualTo(201);
        assertThat(writer.get("/api/v1/customers/" + number).status()).isEqualTo(403);
        assertThat(reader.get("/api/v1/customers/" + number).status()).isEqualTo(200);
        assertThat(new ApiClient(port, "").get("/api/v1/customers/" + number).status())
                .isEqualTo(401);
    }
}
