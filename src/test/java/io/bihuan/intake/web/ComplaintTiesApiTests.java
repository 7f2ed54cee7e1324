package io.bihuan.intake.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.ApiClient;
import io.bihuan.ApiClient.Answer;
import io.bihuan.BihuanTest;
import io.bihuan.identity.Scope;
import io.bihuan.identity.Tokens;
import java.net.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.json.JsonMapper;

/** A partner's program joins, links and converts. */
@BihuanTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ComplaintTiesApiTests {
    private static final String COMPLAINTS = "/api/v1/complaints";

    @LocalServerPort
    int port;

    @Autowired
    Tokens tokens;

    private ApiClient api;
    private String serial = "";

    @BeforeEach
    void aToken() {
        api = new ApiClient(
                port, tokens.create("伙伴系统", Set.of(Scope.values()), null).secret());
        serial = "SN" + UUID.randomUUID();
    }

    private String registered(String phone) {
        var body = new LinkedHashMap<String, Object>();
        body.put("businessLine", "appliance");
        body.put("channel", "APP");
        body.put("content", "空调不制冷，修了三次没修好。");
        body.put("product", Map.of("productType", "air-conditioner", "serialNumber", serial));
        body.put("customer", Map.of("name", "张三丰", "phone", phone));
        Answer answer = api.post(COMPLAINTS, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.text("/number");
    }

    private Answer put(String number, String part, Object body) {
        return api.send(api.request(COMPLAINTS + "/" + number + part)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body))));
    }

    private Answer delete(String number, String part) {
        return api.send(api.request(COMPLAINTS + "/" + number + part).DELETE());
    }

    @Test
    void aDuplicateIsFoundJoinedAndSeparated() {
        String living = registered("13700000001");
        String duplicate = registered("13700000002");

        Answer similar = api.get(COMPLAINTS + "/" + duplicate + "/similar");
        assertThat(similar.status()).as(similar.text()).isEqualTo(200);
        assertThat(similar.text("/items/0/number")).isEqualTo(living);
        assertThat(similar.text("/items/0/why/0")).isEqualTo("THING");

        Answer joined = put(duplicate, "/joining", Map.of("into", living, "reason", "同一台空调"));
        assertThat(joined.status()).as(joined.text()).isEqualTo(200);
        assertThat(joined.text("/joinedTo")).isEqualTo(living);
        assertThat(api.get(COMPLAINTS + "/" + living).text("/joined/0")).isEqualTo(duplicate);
        assertThat(api.get(COMPLAINTS + "/" + duplicate + "/clocks").text("/number"))
                .as("the clocks of the living one")
                .isEqualTo(living);

        Answer refused = api.post(COMPLAINTS + "/" + duplicate + "/withdrawal", Map.of("reason", "不投诉了"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains(living.substring(6, 13));
        Answer told = api.post(COMPLAINTS + "/" + duplicate + "/information", Map.of("text", "补充"));
        assertThat(told.status()).as(told.text()).isEqualTo(200);
        assertThat(told.text("/number")).isEqualTo(living);

        Answer separated = delete(duplicate, "/joining?reason=another");
        assertThat(separated.status()).as(separated.text()).isEqualTo(200);
        assertThat(separated.json().has("joinedTo")).isFalse();
        assertThat(delete(duplicate, "/joining?reason=another").status()).isEqualTo(422);
    }

    @Test
    void linksAndKindsAreResourcesToo() {
        String earlier = registered("13700000003");
        String again = registered("13700000004");
        Answer linked = put(again, "/links/" + earlier, Map.of("kind", "REPEAT"));
        assertThat(linked.status()).as(linked.text()).isEqualTo(200);
        assertThat(linked.text("/repeatOf")).isEqualTo(earlier);
        assertThat(linked.text("/links/0/kind")).isEqualTo("REPEAT");
        assertThat(api.get(COMPLAINTS + "/" + earlier).text("/links/0/kind")).isEqualTo("REPEATED_BY");
        assertThat(delete(again, "/links/" + earlier).json().has("repeatOf")).isFalse();

        Answer converted = put(again, "/kind", Map.of("kind", "INQUIRY", "reason", "只是询问"));
        assertThat(converted.status()).as(converted.text()).isEqualTo(200);
        assertThat(converted.text("/kind")).isEqualTo("INQUIRY");
        assertThat(put(again, "/kind", Map.of("kind", "PRAISE")).status()).isEqualTo(400);
    }

    @Test
    void aTokenThatMayOnlyReadChangesNothing() {
        String one = registered("13700000005");
        String other = registered("13700000006");
        api = new ApiClient(
                port, tokens.create("只读系统", Set.of(Scope.COMPLAINTS_READ), null).secret());
        assertThat(put(one, "/joining", Map.of("into", other, "reason", "同一台")).status())
                .isEqualTo(403);
        assertThat(api.get(COMPLAINTS + "/" + one + "/similar").status()).isEqualTo(200);
    }
}
