package io.bihuan.complaint.web;

import static io.bihuan.FormToken.csrf;
import static io.bihuan.complaint.web.DeskPeople.as;
import static io.bihuan.complaint.web.DeskPeople.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.bihuan.BihuanTest;
import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Customer;
import io.bihuan.complaint.LinkKind;
import io.bihuan.complaint.Registration;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Actor;
import io.bihuan.privacy.Personal;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** Joining, linking and separating by the forms of the page, and what both pages show then. */
@BihuanTest
class TiesPageTests {
    private static final Pattern RAW = Pattern.compile("complaint\\.[a-z]+[.-]|SAME_CAUSE<|REPEATED_BY<");
    private static final AtomicInteger PHONES = new AtomicInteger(20_000_000);

    @Autowired
    MockMvc http;

    @Autowired
    Complaints complaints;

    @Autowired
    Staff staff;

    @Autowired
    InstantSource time;

    private SignedIn agent;
    private String phone;

    @BeforeEach
    void people() {
        agent = person(staff, "周敏", null, Role.AGENT);
        phone = "+86136" + PHONES.incrementAndGet();
    }

    private Complaint registered(String content) {
        return complaints.register(
                new Registration(
                        "appliance",
                        Channel.WEB,
                        Kind.COMPLAINT,
                        "repeated-repair",
                        Severity.GENERAL,
                        Priority.MEDIUM,
                        "technical-support",
                        1,
                        null,
                        Personal.of(content),
                        new Customer(Personal.of("欧阳小明"), Personal.of(phone), null),
                        Map.of(),
                        null,
                        null,
                        null,
                        null,
                        time.instant(),
                        true,
                        agent.id(),
                        true,
                        List.of(),
                        null),
                Actor.CUSTOMER);
    }

    private Complaint now(Complaint complaint) {
        return complaints.find(complaint.number()).orElseThrow();
    }

    private String page(Complaint complaint) throws Exception {
        return read(complaint, "");
    }

    private String similar(Complaint complaint) throws Exception {
        return read(complaint, "/similar");
    }

    private String read(Complaint complaint, String part) throws Exception {
        String html = http.perform(get("/desk/complaints/" + complaint.number().digits() + part)
                        .with(as(agent)))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
        assertThat(RAW.matcher(html.replaceAll("(?s)<script.*?</script>|(?:href|src|id|data-[a-z-]+)=\"[^\"]*\"", ""))
                        .find())
                .isFalse();
        return html;
    }

    private MockHttpServletResponse send(Complaint complaint, String deed, String... fields) throws Exception {
        var request = post("/desk/complaints/" + complaint.number().digits() + "/" + deed)
                .with(as(agent))
                .with(csrf())
                .param("version", Integer.toString(now(complaint).version()));
        for (int i = 0; i < fields.length; i += 2) {
            request.param(fields[i], fields[i + 1]);
        }
        return http.perform(request).andReturn().getResponse();
    }

    @Test
    void aDuplicateIsJoinedFromItsPageAndBothTextsStandOnTheLivingOne() throws Exception {
        Complaint living = registered("甲文本：空调漏水");
        Complaint duplicate = registered("乙文本：还是那台空调漏水");
        assertThat(page(duplicate)).contains("/similar\" hx-trigger=\"load\"");
        assertThat(similar(duplicate))
                .contains("id=\"similar\"", "同一客户")
                .contains(living.number().readable());

        assertThat(send(duplicate, "ties", "other", living.number().readable(), "way", "JOIN", "reason", "同一台空调")
                        .getStatus())
                .isEqualTo(303);

        assertThat(page(living))
                .contains("甲文本：空调漏水")
                .contains("乙文本：还是那台空调漏水")
                .contains("并入的投诉 " + duplicate.number().readable());
        assertThat(page(duplicate))
                .contains("已并入", "/desk/complaints/" + living.number().digits(), "恢复单独办理")
                .doesNotContain("id=\"deed-notes\"");

        MockHttpServletResponse refused = send(duplicate, "notes", "text", "备注");
        assertThat(refused.getStatus()).isEqualTo(422);
        assertThat(refused.getContentAsString(StandardCharsets.UTF_8))
                .contains("该投诉已并入 " + living.number().readable());

        assertThat(send(duplicate, "separation", "reason", "另一台").getStatus()).isEqualTo(303);
        assertThat(page(living)).doesNotContain("id=\"joined-");
        assertThat(now(duplicate).isJoined()).isFalse();
    }

    @Test
    void whatIsNotTheSameIsNotShownAgainUntilThatIsTakenBack() throws Exception {
        Complaint one = registered("甲");
        Complaint other = registered("乙");
        send(one, "ties", "other", other.number().digits(), "way", "DIFFERENT");
        assertThat(page(one)).contains("已确认不是同一件事");
        assertThat(similar(one)).doesNotContain("id=\"similar\"").contains("没有找到可能是同一件事的投诉");
        send(one, "tie-ends", "other", other.number().digits());
        assertThat(similar(one)).contains("id=\"similar\"");
    }

    @Test
    void aRepeatIsMarkedByTheFormAndRaisesTheSeverity() throws Exception {
        Complaint earlier = registered("甲");
        Complaint again = registered("乙");
        send(again, "ties", "other", earlier.number().digits(), "way", LinkKind.REPEAT.name());
        assertThat(now(again).severity()).isEqualTo(Severity.URGENT);
        assertThat(page(again)).contains("重复投诉，之前的是", "紧急");
        assertThat(page(earlier)).contains("之后又重复投诉");
    }

    @Test
    void aWrongNumberOrAMissingReasonIsToldWithTheForm() throws Exception {
        Complaint one = registered("甲");
        Complaint other = registered("乙");
        MockHttpServletResponse unknown = send(one, "ties", "other", "123", "way", "JOIN", "reason", "同一件事");
        assertThat(unknown.getStatus()).isEqualTo(422);
        assertThat(unknown.getContentAsString(StandardCharsets.UTF_8)).contains("没有这个编号的投诉", "同一件事");
        MockHttpServletResponse silent =
                send(one, "ties", "other", other.number().digits(), "way", "JOIN");
        assertThat(silent.getStatus()).isEqualTo(422);
        assertThat(now(one).isJoined()).isFalse();
        assertThat(send(one, "ties", "other", other.number().digits(), "way", "NONSENSE")
                        .getStatus())
                .isBetween(400, 422);
    }

    @Test
    void theKindIsChangedWithAReasonAndTheReasonStandsInTheHistory() throws Exception {
        Complaint one = registered("甲");
        assertThat(send(one, "kind", "kind", "INQUIRY", "reason", "只是问价格").getStatus())
                .isEqualTo(303);
        assertThat(page(one)).contains("由“投诉”改为“咨询”", "只是问价格", "咨询答复");
        assertThat(send(one, "kind", "kind", "PRAISE", "reason", "").getStatus())
                .isEqualTo(422);
    }

    @Test
    void whileACallIsWrittenDownOpenComplaintsOfTheCallerAreShown() throws Exception {
        Complaint open = registered("甲");
        String html = http.perform(post("/desk/registrations/similar")
                        .with(as(agent))
                        .with(csrf())
                        .param("businessLine", "appliance")
                        .param("phone", phone.substring(3))
                        .param("content", ""))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
        assertThat(html).contains(open.number().readable(), "同一客户").doesNotContain("<html");
        complaints.perform(open.number(), null, new Command.Note("备注", List.of()), agent.actor());
    }
}
