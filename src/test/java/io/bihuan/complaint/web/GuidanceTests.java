package io.bihuan.complaint.web;

import static io.bihuan.FormToken.csrf;
import static io.bihuan.complaint.web.DeskPeople.as;
import static io.bihuan.complaint.web.DeskPeople.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import io.bihuan.BihuanTest;
import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Customer;
import io.bihuan.complaint.Finding;
import io.bihuan.complaint.Outcome;
import io.bihuan.complaint.Registration;
import io.bihuan.identity.Role;
import io.bihuan.identity.Scope;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.identity.Tokens;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Actor;
import io.bihuan.privacy.Personal;
import io.bihuan.standard.Compensation;
import io.bihuan.standard.Guidance;
import io.bihuan.standard.Letter;
import io.bihuan.standard.Letter.Purpose;
import io.bihuan.standard.Playbook;
import io.bihuan.standard.Standard;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.web.util.HtmlUtils;

/** What the pack says about handling stands where a complaint is handled. What is expected is what the pack says. */
@BihuanTest
class GuidanceTests {
    private static final String CATEGORY = "repeated-repair";

    @Autowired
    MockMvc http;

    @Autowired
    Complaints complaints;

    @Autowired
    Staff staff;

    @Autowired
    Tokens tokens;

    @Autowired
    Packs packs;

    @Autowired
    InstantSource time;

    private SignedIn agent;
    private Pack pack;
    private Guidance guidance;

    @BeforeEach
    void people() {
        agent = person(staff, "周敏", null, Role.AGENT);
        pack = packs.of("appliance");
        guidance = Guidance.of(pack, CATEGORY);
    }

    private Complaint registered() {
        return complaints.register(
                new Registration(
                        "appliance",
                        Channel.WEB,
                        Kind.COMPLAINT,
                        CATEGORY,
                        Severity.URGENT,
                        Priority.MEDIUM,
                        "technical-support",
                        1,
                        Personal.of("空调修了三次还是不制冷"),
                        Personal.of("师傅来了三次，还是不制冷。"),
                        new Customer(Personal.of("欧阳小明"), Personal.of("+8613712345678"), null),
                        Map.of("productType", Personal.of("air-conditioner"), "model", Personal.of("KFR-35GW")),
                        "repair",
                        null,
                        null,
                        null,
                        time.instant(),
                        true,
                        agent.id(),
                        false,
                        List.of(),
                        null),
                Actor.CUSTOMER);
    }

    private String html(SignedIn who, Complaint complaint, String query) throws Exception {
        return http.perform(get("/desk/complaints/" + complaint.number().digits() + query)
                        .with(as(who)))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
    }

    /** What the part of the page says, without its marks. */
    private static String part(String html, String id) {
        int from = html.indexOf("id=\"" + id + "\"");
        assertThat(from).as(id).isPositive();
        int to = html.indexOf("</section>\n", from);
        return HtmlUtils.htmlUnescape(html.substring(from, to < 0 ? html.length() : to));
    }

    private static String card(String html) {
        int from = html.indexOf("id=\"guidance\"");
        int to = html.indexOf("id=\"history\"");
        assertThat(from).isBetween(0, to);
        return HtmlUtils.htmlUnescape(html.substring(from, to));
    }

    /** What stands between two placeholders. */
    private static String longestPiece(String template) {
        return Arrays.stream(template.split("\\{[^}]*}|\n"))
                .map(String::strip)
                .max(Comparator.comparingInt(String::length))
                .orElseThrow();
    }

    private Letter letter(Purpose purpose) {
        return guidance.letters().stream()
                .filter(each -> each.purpose() == purpose)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void thePageSaysWhatIsDueAndWhatToFindOut() throws Exception {
        Complaint complaint = registered();
        Standard standard = Objects.requireNonNull(guidance.standard());
        Playbook playbook = Objects.requireNonNull(guidance.playbook());
        for (Locale language : List.of(Locale.CHINESE, Locale.ENGLISH)) {
            String card = card(html(agent, complaint, "?lang=" + language.getLanguage()));

            assertThat(card)
                    .contains(
                            standard.text().in(language).strip(),
                            standard.tell().in(language).strip())
                    .contains(standard.steps().getFirst().text().in(language).strip())
                    .contains(pack.departments()
                            .find(standard.steps().getFirst().by())
                            .orElseThrow()
                            .label()
                            .in(language))
                    .contains(playbook.ask().getFirst().in(language).strip())
                    .contains(playbook.collect().getLast().in(language).strip())
                    .doesNotContain("checkbox")
                    .doesNotContainPattern(">[A-Z]{4,}(_[A-Z]+)?<|standard\\.[a-z]+\\.");
        }
    }

    @Test
    void everybodySeesWhatHeMayGrantHimself() throws Exception {
        Complaint complaint = registered();
        Compensation offer = guidance.compensation().stream()
                .filter(each -> each.limits().containsKey(Role.AGENT)
                        && each.limitOf(Set.of(Role.AGENT)).orElseThrow().fen() > 0)
                .findFirst()
                .orElseThrow();
        String limit = offer.limitOf(Set.of(Role.AGENT)).orElseThrow().yuan();

        assertThat(card(html(agent, complaint, "?lang=zh")))
                .contains(offer.label().zh(), offer.condition().zh().strip(), "您可决定至 " + limit + " 元");
        SignedIn auditor = person(staff, "钱进", null, Role.AUDITOR);
        assertThat(card(html(auditor, complaint, "?lang=zh")))
                .contains("您需上报决定")
                .doesNotContain("您可决定至");
    }

    @Test
    void aLetterIsFilledInTheLanguageOfTheCustomer() throws Exception {
        Complaint complaint = registered();
        Letter letter = letter(Purpose.ACKNOWLEDGEMENT);

        String card = card(html(agent, complaint, "?lang=en&in=zh&letter=" + letter.name()));
        assertThat(card)
                .contains("lang=\"zh-CN\"", "data-copy=")
                .contains(complaint.number().readable())
                .doesNotContain("{number}", "{customer}", "欧阳小明");
        assertThat(card(html(agent, complaint, "?lang=zh&in=en&letter=" + letter.name())))
                .contains("class=\"letter\" lang=\"en\"")
                .contains(longestPiece(letter.text().en()));
    }

    @Test
    void whatIsWrittenAtThisStageStandsFirst() throws Exception {
        Complaint complaint = registered();
        String page = card(html(agent, complaint, "?lang=zh"));
        String select = page.substring(page.indexOf("id=\"letter-name\""));

        assertThat(select.indexOf("value=\"" + letter(Purpose.ACKNOWLEDGEMENT).name() + "\""))
                .isBetween(
                        0, select.indexOf("value=\"" + letter(Purpose.CLOSING).name() + "\""));
    }

    @Test
    void aLetterGoesIntoTheFormWithoutAScript() throws Exception {
        Complaint complaint = registered();
        Letter letter = letter(Purpose.INFORMATION_REQUEST);
        String query = "?lang=zh&in=zh&letter=" + letter.name();
        assertThat(card(html(agent, complaint, query)))
                .contains("&use=question#deed-question", "&use=notes#deed-notes")
                .contains("/messages?letter=" + letter.name() + "&in=zh#compose");

        String form = part(html(agent, complaint, query + "&use=question"), "deed-question");
        assertThat(form.substring(0, form.indexOf("</form>")))
                .contains(complaint.number().readable());
        String other = part(html(agent, complaint, query + "&use=question"), "deed-notes");
        assertThat(other.substring(0, other.indexOf("</form>")))
                .doesNotContain(complaint.number().readable());
    }

    @Test
    void aRevealedPageNamesTheCustomerInTheLetter() throws Exception {
        Complaint complaint = registered();
        Letter letter = guidance.letters().stream()
                .filter(each -> each.text().zh().contains("{customer}"))
                .findFirst()
                .orElseThrow();
        assertThat(card(html(agent, complaint, "?lang=zh&in=zh&letter=" + letter.name())))
                .contains("客户姓名已遮挡");

        String revealed = http.perform(
                        post("/desk/complaints/" + complaint.number().digits() + "/reveal?lang=zh")
                                .with(as(agent))
                                .with(csrf())
                                .param("reason", "致电客户")
                                .param("letter", letter.name())
                                .param("in", "zh"))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
        assertThat(card(revealed)).contains("欧阳小明").doesNotContain("客户姓名已遮挡");
    }

    @Test
    void whatWasDecidedStandsInTheLetterAndWhatWasNotIsADash() throws Exception {
        Complaint complaint = registered();
        Letter result = guidance.letters().stream()
                .filter(each -> each.text().zh().contains("{measures}"))
                .findFirst()
                .orElseThrow();
        String query = "?lang=zh&in=zh&letter=" + result.name();
        assertThat(card(html(agent, complaint, query))).contains(Letter.UNKNOWN).doesNotContain("{measures}");

        complaints.perform(complaint.number(), null, new Command.ConfirmOwnership(agent.id()), agent.actor());
        complaints.perform(
                complaint.number(),
                null,
                new Command.Assess(
                        Kind.COMPLAINT, CATEGORY, Severity.URGENT, Priority.HIGH, "technical-support", null, null),
                agent.actor());
        complaints.perform(complaint.number(), null, new Command.Verify(Finding.SUBSTANTIATED, "铜管漏氟"), agent.actor());
        complaints.perform(
                complaint.number(), null, new Command.Solve(Outcome.ACCEPTED, "更换铜管并退费", null), agent.actor());
        assertThat(card(html(agent, complaint, query))).contains("更换铜管并退费");
    }

    @Test
    void theInterfaceSaysItTooInBothLanguages() throws Exception {
        Complaint complaint = registered();
        String reader = tokens.create("标准", Set.of(Scope.COMPLAINTS_READ), null).secret();
        Standard standard = Objects.requireNonNull(guidance.standard());
        for (Locale language : List.of(Locale.CHINESE, Locale.ENGLISH)) {
            String json = http.perform(
                            get("/api/v1/complaints/" + complaint.number().digits() + "/standard")
                                    .header("Authorization", "Bearer " + reader)
                                    .header("Accept-Language", language.getLanguage()))
                    .andExpect(status().isOk())
                    .andReturn()
                    .getResponse()
                    .getContentAsString(StandardCharsets.UTF_8);

            assertThat(JsonPath.<String>read(json, "$.standard.text"))
                    .isEqualTo(standard.text().in(language));
            assertThat(JsonPath.<String>read(json, "$.standard.measures[0].measure"))
                    .isEqualTo(standard.steps().getFirst().measure().name());
            assertThat(JsonPath.<List<String>>read(json, "$.playbook.ask")).isNotEmpty();
            assertThat(JsonPath.<List<Object>>read(json, "$.compensation")).hasSameSizeAs(guidance.compensation());
            assertThat(JsonPath.<Integer>read(json, "$.packVersion")).isEqualTo(complaint.packVersion());
        }
    }
}
