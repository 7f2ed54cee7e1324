package io.bihuan.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.ApiClient;
import io.bihuan.ApiClient.Answer;
import io.bihuan.BihuanTest;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.ComplaintSearch;
import io.bihuan.complaint.Complaints;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A token reaches what it was given and nothing else, and may not flood. */
@BihuanTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class TokenReachTests {
    private static final String COMPLAINTS = "/api/v1/complaints";

    @LocalServerPort
    int port;

    @Autowired
    Tokens tokens;

    @Autowired
    Complaints complaints;

    @Autowired
    ComplaintSearch search;

    private ApiClient client(TokenReach reach) {
        return new ApiClient(
                port,
                tokens.create("伙伴系统", Set.of(Scope.values()), reach, null, null).secret());
    }

    private static Answer register(ApiClient api, String channel, String content) {
        return api.post(
                COMPLAINTS,
                Map.of(
                        "businessLine",
                        "appliance",
                        "channel",
                        channel,
                        "content",
                        content,
                        "customer",
                        Map.of("name", "张三丰", "phone", "13812345678")));
    }

    private void isIndexed(String number) {
        Complaint complaint = complaints.find(new ComplaintNumber(number)).orElseThrow();
        assertThat(search.await(complaint.id(), complaint.version(), Duration.ofSeconds(30)))
                .isTrue();
    }

    @Test
    void whatLiesOutsideItsReachIsNotThereForAToken() {
        ApiClient all = client(TokenReach.ALL);
        ApiClient app = client(new TokenReach(Set.of(), Set.of("APP")));
        ApiClient other = client(new TokenReach(Set.of("furniture"), Set.of()));
        String word = "洗衣机漏水" + UUID.randomUUID().toString().substring(0, 8);
        String own = register(app, "APP", word).text("/number");
        String foreign = register(all, "WECHAT", word).text("/number");
        isIndexed(own);
        isIndexed(foreign);

        assertThat(app.get(COMPLAINTS + "/" + own).status()).isEqualTo(200);
        for (String path : new String[] {"", "/history", "/clocks", "/standard"}) {
            assertThat(app.get(COMPLAINTS + "/" + foreign + path).status())
                    .as(path)
                    .isEqualTo(404);
            assertThat(other.get(COMPLAINTS + "/" + own + path).status())
                    .as(path)
                    .isEqualTo(404);
        }
        assertThat(app.post(COMPLAINTS + "/" + foreign + "/information", Map.of("text", "补充"))
                        .status())
                .isEqualTo(404);
        assertThat(app.post(COMPLAINTS + "/" + foreign + "/assessment", Map.of("note", "x"))
                        .status())
                .isEqualTo(404);
        assertThat(register(app, "WECHAT", word).status()).isEqualTo(403);
        assertThat(register(other, "APP", word).status()).isEqualTo(403);

        assertThat(all.get(COMPLAINTS + "?limit=200").text()).contains(own, foreign);
        assertThat(app.get(COMPLAINTS + "?limit=200").text()).contains(own).doesNotContain(foreign);
        assertThat(app.get(COMPLAINTS + "?query=" + foreign).text()).doesNotContain(foreign);
        assertThat(other.get(COMPLAINTS + "?limit=200").json().path("items")).isEmpty();
    }

    @Test
    void whoCallsTooOftenIsToldWhenToTryAgain() {
        ApiClient api = new ApiClient(
                port,
                tokens.create("急性子", Set.of(Scope.COMPLAINTS_READ), TokenReach.ALL, 30, null)
                        .secret());
        Answer last = api.get(COMPLAINTS);
        for (int i = 0; i < 50 && last.status() == 200; i++) {
            last = api.get(COMPLAINTS);
        }
        assertThat(last.status()).isEqualTo(429);
        assertThat(last.header("retry-after")).matches("[1-9]\\d*");
        assertThat(client(TokenReach.ALL).get(COMPLAINTS).status())
                .as("others go on")
                .isEqualTo(200);
    }

    @Test
    void theTimeOfTheLastUseIsKept() {
        Tokens.Issued issued = tokens.create("新令牌", Set.of(Scope.COMPLAINTS_READ), null);
        assertThat(stored(issued).lastUsedAt()).isNull();
        new ApiClient(port, issued.secret()).get(COMPLAINTS);
        assertThat(stored(issued).lastUsedAt()).isNotNull();
    }

    private Token stored(Tokens.Issued issued) {
        return tokens.list().stream()
                .filter(token -> token.id().equals(issued.id()))
                .findFirst()
                .orElseThrow();
    }
}
