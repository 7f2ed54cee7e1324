package io.bihuan.intake.web;

import static io.bihuan.FormToken.csrf;
import static io.bihuan.complaint.web.DeskPeople.as;
import static io.bihuan.complaint.web.DeskPeople.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.bihuan.BihuanTest;
import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintFiles;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Stage;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.pack.Severity;
import io.bihuan.privacy.Personal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMultipartHttpServletRequestBuilder;

/** Registration by an agent while the customer talks. */
@BihuanTest
class DeskRegistrationTests {
    private static final Pattern PLACE = Pattern.compile("/desk/complaints/(\\d{14})\\?done=registration");

    @Autowired
    MockMvc http;

    @Autowired
    Complaints complaints;

    @Autowired
    ComplaintFiles files;

    @Autowired
    Staff staff;

    private SignedIn agent;
    private String phone = "";

    @BeforeEach
    void agent() {
        agent = person(staff, "周敏", null, Role.AGENT);
        phone = "136" + ThreadLocalRandom.current().nextInt(10_000_000, 99_999_999);
    }

    private MockMultipartHttpServletRequestBuilder form(String token, String content) {
        var request = multipart("/desk/registrations");
        request.with(as(agent)).with(csrf());
        request.param("token", token)
                .param("businessLine", "appliance")
                .param("channel", "HOTLINE")
                .param("kind", "COMPLAINT")
                .param("category", "")
                .param("phone", phone)
                .param("name", "李女士")
                .param("email", "")
                .param("content", content)
                .param("title", "")
                .param("remedySought", "repair")
                .param("customersAffected", "1")
                .param("occurredOn", "2026-03-15")
                .param("product[productType]", "water-heater")
                .param("product[model]", "JSQ30");
        return request;
    }

    private Complaint registered(MockMultipartHttpServletRequestBuilder form) throws Exception {
        String place = Objects.requireNonNull(http.perform(form)
                .andExpect(status().isSeeOther())
                .andReturn()
                .getResponse()
                .getHeader("Location"));
        var found = PLACE.matcher(place);
        assertThat(found.matches()).as(place).isTrue();
        return complaints.find(new ComplaintNumber(found.group(1))).orElseThrow();
    }

    private static String token() {
        return UUID.randomUUID().toString();
    }

    @Test
    void oneFormMakesAComplaintWithItsAgentAsConfirmedOwner() throws Exception {
        var form = form(token(), "热水器漏电，洗澡时手麻。");
        form.file(new MockMultipartFile("files", "", "application/octet-stream", new byte[0]));
        form.file(new MockMultipartFile("files", "录音说明.txt", "text/plain", "通话".getBytes(StandardCharsets.UTF_8)));
        Complaint complaint = registered(form);

        assertThat(complaint.owner()).isEqualTo(agent.id());
        assertThat(complaint.ownerConfirmedAt()).isNotNull();
        assertThat(complaint.stage()).isEqualTo(Stage.ACCEPT);
        assertThat(complaint.channel()).isEqualTo(Channel.HOTLINE);
        assertThat(complaint.severity()).isEqualTo(Severity.MAJOR);
        assertThat(complaint.product()).containsEntry("model", Personal.of("JSQ30"));
        assertThat(complaint.customer().phone()).isEqualTo(Personal.of("+86" + phone));
        assertThat(complaint.occurredAt()).isNotNull();
        assertThat(files.of(complaint.id()))
                .singleElement()
                .satisfies(use -> assertThat(use.name()).isEqualTo("录音说明.txt"));
    }

    @Test
    void aFormSentTwiceCountsOnce() throws Exception {
        String token = token();
        Complaint first = registered(form(token, "冰箱不制冷"));
        Complaint second = registered(form(token, "冰箱不制冷"));
        assertThat(second.number()).isEqualTo(first.number());
        assertThat(registered(form(token(), "冰箱不制冷")).number()).isNotEqualTo(first.number());
    }

    @Test
    void everyWrongFieldIsSaidAndNothingTypedIsLost() throws Exception {
        var form = form(token(), " ");
        form.param("product[visitedOn]", "昨天");
        String html = http.perform(form)
                .andExpect(status().isUnprocessableContent())
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(html)
                .contains("id=\"content-error\"", "id=\"product-visitedOn-error\"", "李女士", "JSQ30", phone)
                .contains("<option value=\"water-heater\" selected>");

        var wrong = form(token(), "内容");
        String unread = http.perform(wrong.param("x", "y")
                        .file(new MockMultipartFile("files", "run.exe", "image/png", new byte[] {'M', 'Z', 0})))
                .andExpect(status().isUnprocessableContent())
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(unread).contains("id=\"files-error\"", "李女士");
    }

    @Test
    void theOpenComplaintsOfACallerAreShownBeforeAnybodyRepeatsThem() throws Exception {
        Complaint complaint = registered(form(token(), "洗衣机异响"));
        String known = http.perform(
                        get("/desk/registrations/known?phone=" + phone.substring(0, 3) + " " + phone.substring(3))
                                .with(as(agent))
                                .header("HX-Request", "true"))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(known)
                .contains(complaint.number().readable(), "洗衣机异响", "1 条未结案")
                .doesNotContain("<html");
        String none = http.perform(get("/desk/registrations/known?phone=abc").with(as(agent)))
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(none.strip()).isEmpty();
    }

    @Test
    void whatTheRulesMakeOfItIsShownWhileItIsWritten() throws Exception {
        String proposal = http.perform(post("/desk/registrations/proposal")
                        .with(as(agent))
                        .with(csrf())
                        .header("HX-Request", "true")
                        .param("content", "热水器漏电了")
                        .param("channel", "HOTLINE"))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(proposal).contains("级别 重大", "漏电", "安全").doesNotContain("<html");
    }

    @Test
    void onlyWhoAnswersCustomersRegisters() throws Exception {
        for (Role role : List.of(Role.QUALITY, Role.AUDITOR, Role.ADMINISTRATOR)) {
            http.perform(get("/desk/registrations/new").with(as(person(staff, "某人", null, role))))
                    .andExpect(status().isForbidden());
        }
        for (String language : List.of("zh", "en")) {
            String html = http.perform(
                            get("/desk/registrations/new?lang=" + language).with(as(agent)))
                    .andExpect(status().isOk())
                    .andReturn()
                    .getResponse()
                    .getContentAsString();
            assertThat(html.replaceAll("<[^>]*>", " ")).doesNotContainPattern("[A-Z]{4,}_[A-Z]|intake\\.[a-z]+\\.");
        }
    }
}
