package io.bihuan.intake.web;

import static io.bihuan.FormToken.csrf;
import static io.bihuan.complaint.web.DeskPeople.as;
import static io.bihuan.complaint.web.DeskPeople.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.bihuan.EveryFieldTest;
import io.bihuan.identity.Role;
import io.bihuan.identity.Scope;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.identity.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** The questions of a pack at the desk, and their answers on the page of the complaint: masked, until a reason is recorded. */
@EveryFieldTest
class DeskQuestionsTests {
    @Autowired
    MockMvc http;

    @Autowired
    Staff staff;

    @Autowired
    Tokens tokens;

    @Autowired
    JdbcClient jdbc;

    private SignedIn agent;

    @BeforeEach
    void agent() {
        agent = person(staff, "周敏", null, Role.AGENT);
    }

    private MockHttpServletResponse response(MockHttpServletRequestBuilder request) throws Exception {
        return http.perform(request.with(as(agent)).with(csrf())).andReturn().getResponse();
    }

    private String html(MockHttpServletRequestBuilder request) throws Exception {
        var response = response(request);
        assertThat(response.getStatus()).isEqualTo(200);
        return response.getContentAsString(StandardCharsets.UTF_8);
    }

    private MockHttpServletRequestBuilder sent(String path) {
        return post(path)
                .param("token", UUID.randomUUID().toString())
                .param("businessLine", "every")
                .param("channel", "HOTLINE")
                .param("kind", "COMPLAINT")
                .param("phone", "13612345678")
                .param("name", "李女士")
                .param("content", "刹车失灵")
                .param("customersAffected", "1");
    }

    private String registered() throws Exception {
        var response = response(sent("/desk/registrations")
                .param("product[vin]", "1m8gdm9a0kp042788")
                .param("product[plate]", "京A12345")
                .param("product[injured]", "true")
                .param("product[injury]", "左手骨折")
                .param("product[payment]", "loan")
                .param("product[idCard]", "11010519491231002X")
                .param("product[bankCard]", "6222 0212 3456 7890 128")
                .param("product[paid]", "1280.50")
                .param("product[dealerPhone]", "010-62345678")
                .param("product[invoice]", "INV-20261122"));
        assertThat(response.getStatus())
                .as(response.getContentAsString(StandardCharsets.UTF_8))
                .isEqualTo(303);
        return Objects.requireNonNull(response.getHeader("Location")).replaceFirst("\\?.*", "");
    }

    @Test
    void theFormAsksWhatTheChosenBusinessLineAsks() throws Exception {
        assertThat(html(get("/desk/registrations/new").param("businessLine", "every")))
                .contains("id=\"product-vin\"", "data-questions", "<option value=\"every\" selected>")
                .doesNotContain("id=\"product-model\"");
    }

    @Test
    void anotherBusinessLineKeepsWhatWasTyped() throws Exception {
        var html = html(sent("/desk/registrations/form").param("product[vin]", "LSV"));
        assertThat(html)
                .contains("刹车失灵</textarea>", "value=\"李女士\"", "id=\"choices\"", "制动失灵")
                .containsPattern("id=\"product-vin\"[^>]*value=\"LSV\"");
    }

    @Test
    void theQuestionsAreAskedAnew() throws Exception {
        var html = html(sent("/desk/registrations/questions").param("product[injured]", "true"));
        assertThat(html)
                .doesNotContain("<html")
                .containsPattern("id=\"product-injury\"[^>]*required")
                .containsPattern("data-shown=\"no\">\\s*<div class=\"field\">\\s*<label[^>]*for=\"product-bankCard\"");
    }

    @Test
    void aDoubtIsToldWhileTheCustomerIsThere() throws Exception {
        assertThat(html(post("/desk/registrations/note?question=vin")
                        .param("businessLine", "every")
                        .param("product[vin]", "1M8GDM9A0KP042788")))
                .contains("field-doubt", "校验位不符");
    }

    @Test
    void categoriesAreSuggestedToBeTakenWithOneKey() throws Exception {
        var html = html(sent("/desk/registrations/proposal").param("title", "多收手续费"));
        assertThat(html)
                .containsSubsequence(
                        "data-take=\"category\" data-value=\"brakes\" data-alt=\"1\"",
                        "data-take=\"category\" data-value=\"fee\" data-alt=\"2\"");
        assertThat(html(sent("/desk/registrations/proposal").param("category", "fee")))
                .doesNotContain("data-take");
    }

    @Test
    void thePageOfTheComplaintMasksTheAnswersAndSaysWhatToAsk() throws Exception {
        var html = html(get(registered()));
        assertThat(html)
                .contains(
                        "***********042788",
                        "京A***45",
                        "1****************X",
                        "***************0128",
                        "********1122",
                        "1280.50 元",
                        "010 6234 5678",
                        "请与客户核对：车辆识别代号的校验位不符")
                .doesNotContain(
                        "1M8GDM9A0KP042788",
                        "京A12345",
                        "11010519491231002X",
                        "6222021234567890128",
                        "左手骨折",
                        "INV-20261122");
    }

    @Test
    void aRecordedReasonShowsTheAnswersToo() throws Exception {
        var path = registered();
        var part = html(post(path + "/reveal").header("HX-Request", "true").param("reason", "核对车辆"));
        assertThat(part)
                .contains("id=\"answers\" hx-swap-oob=\"true\"", "1M8GDM9A0KP042788", "左手骨折", "6222 0212 3456 7890 128")
                .doesNotContain("<html");
        assertThat(html(post(path + "/reveal").param("reason", "核对车辆"))).contains("11010519491231002X");
        assertThat(jdbc.sql("""
                        select fields from complaint.reveal r join complaint.complaint c on c.id = r.complaint_id
                        where c.number = :number
                        """)
                        .param("number", path.replaceFirst(".*/", ""))
                        .query(String.class)
                        .list())
                .hasSize(2)
                .allSatisfy(fields -> assertThat(fields)
                        .contains("phone", "product.vin", "product.idCard", "product.injury")
                        .doesNotContain("product.paid"));
    }

    @Test
    void aListShowsNoAnswer() throws Exception {
        var number = registered().replaceFirst(".*/", "");
        assertThat(html(get("/desk/complaints").param("q", number)))
                .contains("href=\"/desk/complaints/" + number)
                .doesNotContain("左手骨折", "1M8GDM9A0KP042788", "11010519491231002X", "6222021234567890128");
    }

    @Test
    void theInterfaceNamesDoubtsAndMasksAnswers() throws Exception {
        var secret = tokens.create("伙伴系统", Set.of(Scope.values()), null).secret();
        var answer = http.perform(post("/api/v1/complaints")
                        .header("Authorization", "Bearer " + secret)
                        .header("Accept-Language", "en")
                        .contentType("application/json")
                        .content("""
                                {"businessLine": "every", "channel": "APP", "content": "The brakes fail.",
                                 "customer": {"name": "Zhang San", "phone": "13812345678"},
                                 "product": {"vin": "1M8GDM9A0KP042788", "idCard": "11010519491231002X"}}
                                """))
                .andReturn()
                .getResponse();
        assertThat(answer.getStatus())
                .as(answer.getContentAsString(StandardCharsets.UTF_8))
                .isEqualTo(201);
        assertThat(answer.getContentAsString(StandardCharsets.UTF_8))
                .contains(
                        "\"warnings\":[{\"pointer\":\"/product/vin\",\"detail\":\"The check digit of the VIN does not match");
        assertThat(http.perform(get(Objects.requireNonNull(answer.getHeader("Location")))
                                .header("Authorization", "Bearer " + secret))
                        .andReturn()
                        .getResponse()
                        .getContentAsString(StandardCharsets.UTF_8))
                .contains("***********042788", "1****************X")
                .doesNotContain("11010519491231002X", "1M8GDM9A0KP042788");
    }
}
