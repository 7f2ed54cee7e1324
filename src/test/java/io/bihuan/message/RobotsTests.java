package io.bihuan.message;

import static io.bihuan.FormToken.csrf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.bihuan.BihuanTest;
import io.bihuan.MovableTime;
import io.bihuan.complaint.Channel;
import io.bihuan.complaint.web.DeskPeople;
import io.bihuan.identity.Role;
import io.bihuan.identity.Staff;
import io.bihuan.intake.Intake;
import io.bihuan.intake.Submission;
import io.bihuan.intake.Submission.Door;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Ids;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The robots of groups: told by their own rules, within their limits, on a local server that minds them. */
@BihuanTest
class RobotsTests {
    private static final String SECRET = "SEC-of-a-group";
    private static final String HERE = "only-here";

    @Autowired
    Robots robots;

    @Autowired
    RobotWork work;

    @Autowired
    Intake intake;

    @Autowired
    Staff staff;

    @Autowired
    MockMvc http;

    @Autowired
    MovableTime time;

    @Autowired
    JdbcClient jdbc;

    private record Heard(Instant at, String query, JsonNode body, int bytes) {}

    private HttpServer server;
    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedDeque<String> answers = new ConcurrentLinkedDeque<>();
    private final List<UUID> mine = new ArrayList<>();

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/hook", this::hear);
        server.start();
    }

    @AfterEach
    void end() {
        mine.forEach(robots::remove);
        server.stop(0);
        time.reset();
    }

    private void hear(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String query = exchange.getRequestURI().getRawQuery();
        heard.add(new Heard(
                time.instant(), query == null ? "" : query, JsonMapper.shared().readTree(body), body.length));
        String waiting = answers.poll();
        byte[] answer = (waiting == null ? "{\"errcode\":0,\"code\":0}" : waiting).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders("HTTP 500".equals(waiting) ? 500 : 200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private UUID robot(RobotKind kind, @Nullable String secret, Set<Severity> severities, Set<String> departments) {
        UUID id = robots.create(new Robots.Setting(
                "群 " + Ids.next(),
                kind,
                "http://127.0.0.1:" + server.getAddress().getPort() + "/hook?key=group-key",
                secret == null ? "" : secret,
                "zh-CN",
                severities,
                departments,
                true));
        mine.add(id);
        return id;
    }

    /** Deaf to what other tests leave to be told. */
    private UUID robot(RobotKind kind, @Nullable String secret) {
        return robot(kind, secret, Set.of(), Set.of(HERE));
    }

    private RobotNotice notice(String number) {
        return notice(number, Severity.GENERAL, HERE);
    }

    private RobotNotice notice(String number, Severity severity, @Nullable String department) {
        return new RobotNotice(
                Ids.next(),
                "complaint.notice.reopened",
                List.of(number),
                "/desk/complaints/1",
                severity,
                department,
                time.instant());
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

    private List<Heard> told(int times) {
        return until(() -> {
            work.sendOne();
            return heard.size() >= times ? heard : null;
        });
    }

    private static String mac(String key, String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    private Robot shown(UUID id) {
        return robots.list().stream()
                .filter(robot -> robot.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void manyNoticesBecomeOneMessageOfEachGroupThatWantsThem() {
        robot(RobotKind.WECOM, null, Set.of(Severity.MAJOR), Set.of("service"));
        robots.add(List.of(
                notice("A-1", Severity.MAJOR, "service"),
                notice("A-2", Severity.MAJOR, "service"),
                notice("A-3", Severity.GENERAL, "service"),
                notice("A-4", Severity.MAJOR, "logistics"),
                notice("A-5", Severity.MAJOR, null)));
        time.advance(Robots.WINDOW.plusSeconds(1));
        Heard message = told(1).getFirst();
        String text = message.body().path("text").path("content").asString();
        assertThat(message.body().path("msgtype").asString()).isEqualTo("text");
        assertThat(text).contains("A-1", "A-2").doesNotContain("A-3", "A-4", "A-5");
        assertThat(work.sendOne()).isFalse();
        assertThat(heard).hasSize(1);
    }

    @Test
    void noOccasionIsToldTwice() {
        robot(RobotKind.WECOM, null);
        RobotNotice once = notice("B-1");
        robots.add(List.of(once));
        robots.add(List.of(once));
        time.advance(Robots.WINDOW.plusSeconds(1));
        told(1);
        robots.add(List.of(once));
        time.advance(Robots.WINDOW.plusSeconds(1));
        assertThat(work.sendOne()).isFalse();
        assertThat(heard).hasSize(1);
    }

    @Test
    void dingTalkAndFeishuSeeTheirSignatures() throws Exception {
        robot(RobotKind.DINGTALK, SECRET);
        robots.add(List.of(notice("C-1")));
        time.advance(Robots.WINDOW.plusSeconds(1));
        String query = told(1).getFirst().query();
        String timestamp = query.replaceAll(".*timestamp=(\\d+).*", "$1");
        assertThat(query).startsWith("key=group-key&");
        assertThat(timestamp).hasSize(13);
        assertThat(URLDecoder.decode(query.replaceAll(".*sign=([^&]+).*", "$1"), StandardCharsets.UTF_8))
                .isEqualTo(mac(SECRET, timestamp + "\n" + SECRET));

        robots.remove(mine.removeFirst());
        heard.clear();
        robot(RobotKind.FEISHU, SECRET);
        robots.add(List.of(notice("C-2")));
        time.advance(Robots.WINDOW.plusSeconds(1));
        JsonNode body = told(1).getFirst().body();
        String seconds = body.path("timestamp").asString();
        assertThat(seconds).hasSize(10);
        assertThat(body.path("sign").asString()).isEqualTo(mac(seconds + "\n" + SECRET, ""));
        assertThat(body.path("msg_type").asString()).isEqualTo("text");
        assertThat(body.path("content").path("text").asString()).contains("C-2");
    }

    @Test
    void aTextIsCutAtTheLimitBetweenCharacters() {
        robot(RobotKind.WECOM, null);
        var notices = new ArrayList<RobotNotice>();
        for (int i = 0; i < 60; i++) {
            notices.add(notice("投诉编号".repeat(20) + i));
        }
        robots.add(notices);
        time.advance(Robots.WINDOW.plusSeconds(1));
        String text = told(1).getFirst().body().path("text").path("content").asString();
        assertThat(text.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(2_048);
        assertThat(text).contains("另有").doesNotContain("\uFFFD");
        assertThat(RobotWork.cut("汉".repeat(1_000), 2_048)).isEqualTo("汉".repeat(681) + "…");
        assertThat(RobotWork.cut("😀".repeat(1_000), 2_048)).isEqualTo("😀".repeat(511) + "…");
        assertThat(RobotWork.cut("short", 2_048)).isEqualTo("short");
    }

    @Test
    void aStrictServerNeverHearsMoreThanItsLimit() {
        UUID id = robot(RobotKind.DINGTALK, SECRET);
        for (int i = 0; i < 60; i++) {
            // Each for itself, as if each came when the one before had gone.
            robots.add(List.of(notice("D-" + i)));
            jdbc.sql("update message.robot_notice set ready_at = :now where robot_id = :id and state = 'WAITING'")
                    .param("now", time.instant().atOffset(java.time.ZoneOffset.UTC))
                    .param("id", id)
                    .update();
            work.sendOne();
            time.advance(Duration.ofMillis(500));
        }
        until(() -> {
            time.advance(Duration.ofSeconds(5));
            work.sendOne();
            return shown(id).waiting() == 0 ? true : null;
        });
        assertThat(heard).hasSizeGreaterThan(5);
        for (Heard last : heard) {
            assertThat(heard)
                    .filteredOn(each -> !each.at().isAfter(last.at())
                            && each.at().isAfter(last.at().minus(Duration.ofMinutes(1))))
                    .hasSizeLessThanOrEqualTo(20);
        }
    }

    @Test
    void aRobotThatIsBlockedIsLeftAloneAndHearsItLater() {
        UUID id = robot(RobotKind.DINGTALK, SECRET);
        answers.add("{\"errcode\":130101,\"errmsg\":\"send too fast\"}");
        robots.add(List.of(notice("E-1")));
        time.advance(Robots.WINDOW.plusSeconds(1));
        told(1);
        until(() -> shown(id).failingSince());
        assertThat(shown(id).error()).contains("130101");
        time.advance(Duration.ofMinutes(9));
        assertThat(work.sendOne()).isFalse();
        assertThat(heard).hasSize(1);
        time.advance(Duration.ofMinutes(2));
        told(2);
        until(() -> shown(id).failingSince() == null ? true : null);
        assertThat(shown(id).sentAt()).isNotNull();
    }

    @Test
    void whatFailsIsTriedAgainAndSaidOnThePage() throws Exception {
        UUID id = robot(RobotKind.FEISHU, null);
        answers.add("HTTP 500");
        answers.add("{\"code\":19021,\"msg\":\"sign match fail\"}");
        answers.add("no json");
        robots.add(List.of(notice("F-1")));
        time.advance(Robots.WINDOW.plusSeconds(1));
        told(1);
        until(() -> shown(id).failingSince());
        String page = http.perform(get("/desk/robots")
                        .with(DeskPeople.as(DeskPeople.person(staff, "管理员", null, Role.ADMINISTRATOR))))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
        assertThat(page).contains("发送失败", "HTTP 500", "127.0.0.1").doesNotContain("group-key");
        until(() -> {
            time.advance(Duration.ofSeconds(5));
            work.sendOne();
            return heard.size() >= 4 ? true : null;
        });
        until(() -> (shown(id).waiting() == 0 && shown(id).failingSince() == null) ? true : null);
    }

    @Test
    void anAdministratorSetsARobotUpAndNobodySeesItsSecrets() throws Exception {
        var admin = DeskPeople.as(DeskPeople.person(staff, "管理员", null, Role.ADMINISTRATOR));
        String name = "群 " + Ids.next();
        assertThat(http.perform(post("/desk/robots")
                                .param("name", name)
                                .param("kind", "DINGTALK")
                                .param("url", "ftp://example.com/robot")
                                .with(csrf())
                                .with(admin))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(422);
        assertThat(http.perform(post("/desk/robots")
                                .param("name", name)
                                .param("kind", "DINGTALK")
                                .param("url", "https://robot.example.com/send?access_token=very-secret")
                                .param("secret", SECRET)
                                .param("severities", "MAJOR", "URGENT")
                                .param("active", "true")
                                .with(csrf())
                                .with(admin))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(303);
        Robot made = robots.list().stream()
                .filter(robot -> robot.name().equals(name))
                .findFirst()
                .orElseThrow();
        mine.add(made.id());
        assertThat(made.severities()).containsExactlyInAnyOrder(Severity.MAJOR, Severity.URGENT);
        for (String path : List.of("/desk/robots", "/desk/robots/" + made.id())) {
            assertThat(http.perform(get(path).with(admin))
                            .andReturn()
                            .getResponse()
                            .getContentAsString(StandardCharsets.UTF_8))
                    .contains(name)
                    .doesNotContain("very-secret", SECRET);
        }
        byte[] stored = jdbc.sql("select url from message.robot where id = :id")
                .param("id", made.id())
                .query((row, number) -> row.getBytes(1))
                .single();
        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("very-secret");
        // Blank fields keep what is there.
        http.perform(post("/desk/robots/" + made.id())
                .param("name", name)
                .param("kind", "DINGTALK")
                .with(csrf())
                .with(admin));
        assertThat(shown(made.id()).hasSecret()).isTrue();
        assertThat(shown(made.id()).isActive()).isFalse();
        assertThat(http.perform(get("/desk/robots")
                                .with(DeskPeople.as(DeskPeople.person(staff, "坐席", null, Role.AGENT))))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(403);
    }

    @Test
    void aNewComplaintReachesItsGroup() {
        robot(RobotKind.WECOM, null, Set.of(), Set.of());
        var complaint = intake.register(
                Submission.through(Door.MESSAGE, "appliance", Channel.WECHAT)
                        .content("空调不制冷")
                        .build(),
                Actor.CUSTOMER);
        until(() -> {
            time.advance(Duration.ofSeconds(1));
            work.sendOne();
            return heard.stream()
                            .anyMatch(each -> each.body()
                                    .path("text")
                                    .path("content")
                                    .asString()
                                    .contains(complaint.number().readable()))
                    ? true
                    : null;
        });
        assertThat(heard.toString()).doesNotContain("不制冷");
    }
}
