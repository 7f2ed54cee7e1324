package io.bihuan.message;

import static io.bihuan.FormToken.csrf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.bihuan.BihuanTest;
import io.bihuan.complaint.web.DeskPeople;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Writes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.transaction.support.TransactionTemplate;

/** What staff see of what was said to customers, and what they do about it; without providers everything can be tried. */
@BihuanTest
class MessagePagesTests {
    @Autowired
    Messages messages;

    @Autowired
    MessageWork work;

    @Autowired
    Staff staff;

    @Autowired
    MockMvc http;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    DataSource database;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    InstantSource time;

    /** The pages show the newest; what other tests sent in a time to come would hide what is sent now. */
    @BeforeEach
    void nothingIsNewerThanNow() {
        var now = time.instant().atOffset(ZoneOffset.UTC);
        jdbc.sql("update message.message set created_at = :now where created_at > :now")
                .param("now", now)
                .update();
        jdbc.sql("update message.leg set sent_at = :now where sent_at > :now")
                .param("now", now)
                .update();
    }

    private static String phone() {
        return "+86137"
                + String.format(
                        java.util.Locale.ROOT,
                        "%08d",
                        ThreadLocalRandom.current().nextInt(100_000_000));
    }

    private UUID say(String phone, String text, @Nullable Duration later, Way... ways) {
        UUID id = Ids.next();
        transaction.executeWithoutResult(status -> {
            var writes = new Writes();
            messages.send(
                    writes,
                    new OutgoingMessage(
                            id,
                            "page-test",
                            Ids.next(),
                            new Recipient(phone, "li.lei@example.cn", null, "zh-CN"),
                            Category.SERVICE,
                            "result",
                            List.of(ways),
                            Map.of(
                                    Way.SMS, Content.of(text),
                                    Way.EMAIL, Content.of("处理结果", text),
                                    Way.PHONE, Content.of(text)),
                            later == null ? null : time.instant().plus(later)));
            writes.send(database);
        });
        return id;
    }

    private void until(UUID id, State state) {
        for (int tries = 0; tries < 750; tries++) {
            work.work();
            if (messages.find(id).orElseThrow().state() == state) {
                return;
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new AssertionError("it is " + messages.find(id));
    }

    private SignedIn person(Role... roles) {
        return DeskPeople.person(staff, "同事", null, roles);
    }

    private String page(String path, SignedIn who) throws Exception {
        var answer =
                http.perform(get(path).with(DeskPeople.as(who))).andReturn().getResponse();
        assertThat(answer.getStatus()).as(path).isEqualTo(200);
        return answer.getContentAsString(StandardCharsets.UTF_8);
    }

    private int status(MockHttpServletRequestBuilder request, SignedIn who) throws Exception {
        return http.perform(request.with(csrf()).with(DeskPeople.as(who)))
                .andReturn()
                .getResponse()
                .getStatus();
    }

    @Test
    void withoutProvidersATextLiesInTheLocalOutboxUntilSomebodySaysWhatBecameOfIt() throws Exception {
        SignedIn admin = person(Role.ADMINISTRATOR);
        String phone = phone();
        String text = "您的投诉已处理 " + Ids.next();
        UUID id = say(phone, text, null, Way.SMS, Way.EMAIL);
        until(id, State.SENT);
        String page = page("/desk/outbox", admin);
        assertThat(page)
                .contains(text, "已发出", phone.substring(3, 6) + "****" + phone.substring(10))
                .doesNotContain(phone.substring(3));
        assertThat(status(
                        post("/desk/outbox/" + id + "/marks")
                                .param("way", "SMS")
                                .param("state", "FAILED"),
                        admin))
                .isEqualTo(303);
        until(id, State.SENT);
        SentMessage now = messages.find(id).orElseThrow();
        assertThat(now.way()).isEqualTo(Way.EMAIL);
        assertThat(page("/desk/outbox", admin)).contains("l***@example.cn", "处理结果");
        assertThat(status(
                        post("/desk/outbox/" + id + "/marks")
                                .param("way", "EMAIL")
                                .param("state", "DELIVERED"),
                        admin))
                .isEqualTo(303);
        assertThat(status(
                        post("/desk/outbox/" + id + "/marks")
                                .param("way", "EMAIL")
                                .param("state", "READ"),
                        admin))
                .isEqualTo(303);
        assertThat(messages.find(id).orElseThrow().state()).isEqualTo(State.READ);
        assertThat(status(
                        post("/desk/outbox/" + id + "/marks")
                                .param("way", "EMAIL")
                                .param("state", "FAILED"),
                        admin))
                .isEqualTo(422);
        assertThat(status(get("/desk/outbox"), person(Role.MANAGER))).isEqualTo(403);
    }

    @Test
    void theListShowsStatesAndLetsWhatWaitsBeCancelledAndSentAgain() throws Exception {
        SignedIn manager = person(Role.MANAGER);
        String phone = phone();
        UUID id = say(phone, "很久以后", Duration.ofDays(30), Way.SMS);
        String path = "/desk/messages-out/" + id;
        assertThat(page("/desk/messages-out?state=PLANNED", manager)).contains(path + "/cancellation", "待发送");
        assertThat(status(post(path + "/cancellation"), manager)).isEqualTo(303);
        assertThat(status(post(path + "/cancellation"), manager)).isEqualTo(422);
        assertThat(page("/desk/messages-out?state=CANCELLED", manager)).contains(path + "/retrials");
        assertThat(page("/desk/messages-out?state=PLANNED", manager)).doesNotContain(path);
        assertThat(status(post(path + "/retrials"), manager)).isEqualTo(303);
        until(id, State.SENT);
        assertThat(page("/desk/messages-out", manager))
                .contains("短信", "本地发件箱")
                .doesNotContain(phone.substring(3), "很久以后");
        assertThat(page("/desk/messages-out?lang=en", manager)).contains("Text message");
        assertThat(page("/desk/messages-out/figures", manager)).contains("短信", "送达率");
        SignedIn auditor = person(Role.AUDITOR);
        assertThat(page("/desk/messages-out?state=SENT", auditor)).doesNotContain("/cancellation", "/retrials");
        assertThat(status(post(path + "/cancellation"), auditor)).isEqualTo(403);
        assertThat(status(get("/desk/messages-out"), person(Role.AGENT))).isEqualTo(403);
    }

    @Test
    void aWayThatIsThereInCaseAnotherFailsIsNotShownAsStillToCome() throws Exception {
        SignedIn manager = person(Role.MANAGER);
        String phone = phone();
        UUID id = say(phone, "您的投诉已处理", null, Way.SMS, Way.PHONE);
        until(id, State.SENT);
        assertThat(row(page("/desk/messages-out", manager), phone))
                .containsSubsequence("短信", "已发出", "电话", "备用")
                .doesNotContain("待发送");
        assertThat(status(
                        post("/desk/outbox/" + id + "/marks")
                                .param("way", "SMS")
                                .param("state", "DELIVERED"),
                        person(Role.ADMINISTRATOR)))
                .isEqualTo(303);
        assertThat(row(page("/desk/messages-out", manager), phone))
                .containsSubsequence("短信", "已送达", "电话", "不再需要")
                .doesNotContain("已取消");
    }

    private static String row(String page, String phone) {
        String masked = phone.substring(3, 6) + "****" + phone.substring(10);
        return Arrays.stream(page.split("<tr>"))
                .filter(each -> each.contains(masked))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aCallIsMadeByAPersonWhoseLookAtTheNumberIsRecorded() throws Exception {
        SignedIn agent = person(Role.AGENT);
        // Older ones of other tests must not hide this one.
        jdbc.sql("update message.message set state = 'CANCELLED' where state = 'CALL'")
                .update();
        String phone = "+8613700001234";
        UUID id = say(phone, "请告知客户明天上门", null, Way.PHONE);
        until(id, State.CALL);
        String path = "/desk/calls-to-make/" + id;
        assertThat(page("/desk/calls-to-make", agent)).contains("请告知客户明天上门", "137****1234", path);
        String revealed = http.perform(post(path + "/reveals").with(csrf()).with(DeskPeople.as(agent)))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
        assertThat(revealed).contains("137 0000 1234");
        assertThat(jdbc.sql("select count(*) from message.reveal where message_id = ? and by_staff = ?")
                        .param(id)
                        .param(agent.id())
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
        // Who sees only the own department's complaints does not see what is about nothing of it.
        SignedIn handler = DeskPeople.person(staff, "处理人", "service", Role.HANDLER);
        assertThat(page("/desk/calls-to-make", handler)).doesNotContain(path);
        assertThat(status(post(path + "/reveals"), handler)).isEqualTo(404);
        assertThat(status(post(path + "/outcomes").param("reached", "true"), handler))
                .isEqualTo(404);
        assertThat(status(post(path + "/outcomes").param("reached", "true"), agent))
                .isEqualTo(303);
        assertThat(messages.find(id).orElseThrow().state()).isEqualTo(State.DELIVERED);
    }

    @Test
    void anOptOutIsNotedAndTakenBack() throws Exception {
        SignedIn manager = person(Role.MANAGER);
        assertThat(status(post("/desk/opt-outs").param("address", "not a number"), manager))
                .isEqualTo(422);
        String phone = phone();
        assertThat(status(post("/desk/opt-outs").param("address", phone).param("all", "true"), manager))
                .isEqualTo(303);
        UUID refused = say(phone, "不该发出", null, Way.SMS);
        until(refused, State.SUPPRESSED);
        String page = page("/desk/opt-outs", manager);
        assertThat(page).contains("全部消息", "人工登记").doesNotContain(phone.substring(3));
        String removal = page.replaceFirst("(?s).*?action=\"(/desk/opt-outs/[0-9a-f-]+/removal)\".*", "$1");
        assertThat(status(post(removal), manager)).isEqualTo(303);
        assertThat(status(post(removal), manager)).isEqualTo(422);
        until(say(phone, "可以发出", null, Way.SMS), State.SENT);
    }
}
