package io.bihuan.complaint.web;

import static io.bihuan.FormToken.csrf;
import static io.bihuan.complaint.web.DeskPeople.as;
import static io.bihuan.complaint.web.DeskPeople.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.bihuan.BihuanTest;
import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Confirmation;
import io.bihuan.complaint.Customer;
import io.bihuan.complaint.Finding;
import io.bihuan.complaint.Registration;
import io.bihuan.complaint.Stage;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.intake.Intake;
import io.bihuan.intake.Submission;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Actor;
import io.bihuan.privacy.Personal;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

/** The page of one complaint: each step by its form, what is refused and how, who sees what. */
@BihuanTest
class ComplaintPageTests {
    private static final Pattern RAW = Pattern.compile("[A-Z]{4,}_[A-Z]|complaint\\.[a-z]+\\.|clock\\.[a-z]+\\.");
    private static final Pattern VERSION = Pattern.compile("name=\"version\" value=\"(\\d+)\"");

    @Autowired
    MockMvc http;

    @Autowired
    Complaints complaints;

    @Autowired
    Staff staff;

    @Autowired
    Intake intake;

    @Autowired
    InstantSource time;

    @Autowired
    JdbcClient jdbc;

    private SignedIn agent;
    private SignedIn colleague;

    @BeforeEach
    void people() {
        agent = person(staff, "周敏", null, Role.AGENT);
        colleague = person(staff, "吴倩", null, Role.MANAGER);
    }

    private Complaint registered(String department, String content) {
        return complaints.register(
                new Registration(
                        "appliance",
                        Channel.WEB,
                        Kind.COMPLAINT,
                        "repeated-repair",
                        Severity.URGENT,
                        Priority.MEDIUM,
                        department,
                        1,
                        Personal.of("空调修了三次还是不制冷"),
                        Personal.of(content),
                        new Customer(
                                Personal.of("欧阳小明"), Personal.of("+8613712345678"), Personal.of("ouyang@example.com")),
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

    private Complaint registered() {
        return registered("technical-support", "七月装的空调，师傅来了三次，每次收280元，还是不制冷。");
    }

    private Complaint now(Complaint complaint) {
        return complaints.find(complaint.number()).orElseThrow();
    }

    private String html(SignedIn who, Complaint complaint, String query) throws Exception {
        return http.perform(get("/desk/complaints/" + complaint.number().digits() + query)
                        .with(as(who)))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    private ResultActions send(SignedIn who, Complaint complaint, String deed, int version, String... fields)
            throws Exception {
        var request = post("/desk/complaints/" + complaint.number().digits() + "/" + deed)
                .with(as(who))
                .with(csrf())
                .param("version", Integer.toString(version));
        for (int i = 0; i < fields.length; i += 2) {
            request.param(fields[i], fields[i + 1]);
        }
        return http.perform(request);
    }

    /** Sends a form on what the complaint is now. */
    private void done(Complaint complaint, String deed, String... fields) throws Exception {
        send(agent, complaint, deed, now(complaint).version(), fields)
                .andExpect(status().isSeeOther())
                .andExpect(header().string(
                                "Location",
                                "/desk/complaints/" + complaint.number().digits() + "?done=" + deed));
    }

    private static final String[] ASSESSMENT = {
        "kind",
        "COMPLAINT",
        "category",
        "repeated-repair",
        "severity",
        "GENERAL",
        "priority",
        "HIGH",
        "department",
        "technical-support",
        "handler",
        "",
        "note",
        ""
    };

    @Test
    void whatTheLawSaysStandsWithItsReasonsAndNoDecision() throws Exception {
        assertThat(html(agent, registered(), ""))
                .contains("id=\"rights\"", "由经营者承担举证责任", "缺少：接受商品或服务的日期", "仅供参考，不构成法律意见")
                .contains("/desk/statutes?line=appliance");
    }

    /** As who has said it on the phone records it. */
    private void told(Complaint complaint, String measures) throws Exception {
        send(agent, complaint, "messages", now(complaint).version(), DeskForms.spokenResult(measures, "保修三年", "要求换人复核"))
                .andExpect(status().isSeeOther());
    }

    private Complaint filed(String content, @Nullable String category) {
        return intake.register(
                Submission.through(Submission.Door.PORTAL, "appliance", Channel.WEB)
                        .category(category)
                        .content(content)
                        .customer("欧阳小明", "13712345678", null)
                        .product(Map.of("productType", "air-conditioner"))
                        .build(),
                Actor.CUSTOMER);
    }

    @Test
    void theSuggestedCategoryIsShownWithWhoeverChoseIt() throws Exception {
        Complaint guessed = filed("空调漏电，插头冒火花", null);
        done(guessed, "ownership");
        assertThat(html(agent, guessed, "")).contains("按描述中的关键词", "漏电").doesNotContain("登记时选定");

        Complaint chosen = filed("请尽快处理", "overcharge");
        done(chosen, "ownership");
        assertThat(html(agent, chosen, "")).contains("客户登记时选定");
        done(chosen, "assessment", ASSESSMENT);
        done(chosen, "return", "reason", "分类不对");
        assertThat(html(agent, chosen, "")).contains("周敏评估时选定").doesNotContain("登记时选定");

        // Not on the first page of the history any more.
        for (int i = 0; i <= Desk.EVENTS; i++) {
            done(chosen, "notes", "text", "第" + i + "次联系");
        }
        assertThat(html(agent, chosen, "")).contains("周敏评估时选定");
    }

    @Test
    void theFormsLeadThroughAllFiveStages() throws Exception {
        Complaint complaint = registered();
        assertThat(html(agent, complaint, ""))
                .contains("id=\"deed-ownership\"")
                .doesNotContain("id=\"deed-assessment\"");
        done(complaint, "ownership");
        String accept = html(agent, complaint, "");
        assertThat(accept).contains("id=\"deed-assessment\"", "规则建议", "反复维修未修好");
        done(complaint, "assessment", ASSESSMENT);
        assertThat(now(complaint).stage()).isEqualTo(Stage.VERIFY);
        assertThat(html(agent, complaint, "")).contains("id=\"deed-verification\"", "id=\"deed-return\"");
        done(complaint, "verification", "finding", "SUBSTANTIATED", "account", "铜管接口漏氟");
        assertThat(now(complaint).stage()).isEqualTo(Stage.HANDLE);
        done(complaint, "solution", "outcome", "ACCEPTED", "measures", "更换铜管，退还280元", "routes", "");
        assertThat(now(complaint).stage()).isEqualTo(Stage.FEEDBACK);
        assertThat(html(agent, complaint, ""))
                .contains("/messages?letter=result-sms#compose")
                .doesNotContain("id=\"deed-confirmation\"");
        told(complaint, "已更换铜管并退款");
        assertThat(html(agent, complaint, "")).contains("id=\"deed-confirmation\"", "再次告知结果", "/messages?letter=");
        done(complaint, "attempts", "way", "PHONE", "note", "无人接听");
        done(complaint, "confirmation", "answer", "CONFIRMED", "comment", "满意", "rating", "5");
        assertThat(now(complaint).stage()).isEqualTo(Stage.ARCHIVE);
        done(complaint, "archiving", "cause", "安装工艺");
        assertThat(now(complaint).isOpen()).isFalse();

        String archived = html(agent, complaint, "");
        assertThat(archived)
                .contains("铜管接口漏氟", "更换铜管，退还280元", "评分：5 分", "无人接听", "安装工艺", "data-print")
                .contains("id=\"deed-reopening\"")
                .doesNotContain("id=\"deed-archiving\"", "id=\"deed-transfer\"");
        done(complaint, "reopening", "reason", "又坏了");
        assertThat(now(complaint).stage()).isEqualTo(Stage.HANDLE);
    }

    @Test
    void whatIsTypedAnyhowIsNoWayToTellAResult() throws Exception {
        Complaint complaint = registered();
        done(complaint, "ownership");
        done(complaint, "assessment", ASSESSMENT);
        done(complaint, "verification", "finding", "PARTLY", "account", "部分属实");
        done(complaint, "solution", "outcome", "REJECTED", "measures", "不予支持", "routes", "要求复核");
        assertThat(html(agent, complaint, "")).contains("/messages?letter=rejection-sms#compose");
        int refused = send(agent, complaint, "result-notice", now(complaint).version(), "way", "PHONE", "text", "已处理")
                .andReturn()
                .getResponse()
                .getStatus();
        assertThat(refused).isBetween(400, 499);
        assertThat(now(complaint).toldAt()).isNull();
    }

    @Test
    void theOtherWaysAreThereToo() throws Exception {
        Complaint complaint = registered();
        done(complaint, "transfer", "owner", colleague.id().toString(), "reason", "休假");
        assertThat(now(complaint).owner()).isEqualTo(colleague.id());
        done(complaint, "ownership");
        assertThat(now(complaint).owner()).isEqualTo(agent.id());
        done(complaint, "assessment", ASSESSMENT);
        done(complaint, "question", "question", "请提供发票照片");
        assertThat(now(complaint).isWaiting()).isTrue();
        assertThat(html(agent, complaint, ""))
                .contains("id=\"deed-resumption\"")
                .doesNotContain("id=\"deed-question\"");
        done(complaint, "resumption", "reason", "已在系统查到");
        assertThat(now(complaint).isWaiting()).isFalse();
        done(complaint, "assessment", ASSESSMENT);
        done(complaint, "return", "reason", "分类有误");
        assertThat(now(complaint).stage()).isEqualTo(Stage.ACCEPT);
        done(complaint, "notes", "text", "客户情绪激动");
        done(complaint, "information", "text", "客户补充：第三次是周六来的");
        done(complaint, "withdrawal", "reason", "客户电话撤诉");
        assertThat(now(complaint).stage()).isEqualTo(Stage.ARCHIVE);
        assertThat(html(agent, complaint, "")).contains("休假", "周敏", "吴倩", "请提供发票照片", "客户情绪激动");
    }

    @Test
    void aCustomerWhoIsNotSatisfiedGetsAnotherSolution() throws Exception {
        Complaint complaint = told();
        done(complaint, "confirmation", "answer", "NOT_SATISFIED", "comment", "还是不制冷");
        assertThat(now(complaint).stage()).isEqualTo(Stage.HANDLE);
        assertThat(now(complaint).confirmation()).isEqualTo(Confirmation.NOT_SATISFIED);
    }

    @Test
    void onlyAfterThreeAttemptsTheConfirmationMayEndUnreached() throws Exception {
        Complaint complaint = told();
        send(agent, complaint, "confirmation", now(complaint).version(), "answer", "UNREACHED", "comment", "联系不上")
                .andExpect(status().isUnprocessableContent());
        for (int i = 0; i < 3; i++) {
            done(complaint, "attempts", "way", "PHONE", "note", "无人接听");
        }
        done(complaint, "confirmation", "answer", "UNREACHED", "comment", "三次联系不上");
        assertThat(now(complaint).stage()).isEqualTo(Stage.ARCHIVE);
    }

    private Complaint told() throws Exception {
        Complaint complaint = registered();
        done(complaint, "ownership");
        done(complaint, "assessment", ASSESSMENT);
        done(complaint, "verification", "finding", "PARTLY", "account", "部分属实");
        done(complaint, "solution", "outcome", "PARTLY_ACCEPTED", "measures", "补寄配件");
        told(complaint, "配件已寄出");
        return complaint;
    }

    @Test
    void whoIsSecondIsToldWhoChangedWhatAndKeepsTheText() throws Exception {
        Complaint complaint = registered();
        done(complaint, "ownership");
        done(complaint, "assessment", ASSESSMENT);
        int seen = now(complaint).version();
        send(colleague, complaint, "verification", seen, "finding", "SUBSTANTIATED", "account", "我先核实完了")
                .andExpect(status().isSeeOther());

        String html = send(agent, complaint, "verification", seen, "finding", "PARTLY", "account", "我写了很久的调查情况")
                .andExpect(status().isConflict())
                .andReturn()
                .getResponse()
                .getContentAsString();

        assertThat(html).contains("在您提交之前", "吴倩", "核实完成", "我先核实完了", "我写了很久的调查情况");
        assertThat(now(complaint).finding()).isEqualTo(Finding.SUBSTANTIATED);
        // By one, or by more: what follows the complaint may have recorded something meanwhile.
        assertThat(VERSION.matcher(html).results())
                .isNotEmpty()
                .allSatisfy(
                        found -> assertThat(Integer.parseInt(found.group(1))).isGreaterThan(seen));
    }

    @Test
    void whereTheStepIsStillThereTheTextStandsInItsForm() throws Exception {
        Complaint complaint = registered();
        done(complaint, "ownership");
        done(complaint, "assessment", ASSESSMENT);
        int seen = now(complaint).version();
        send(colleague, complaint, "notes", seen, "text", "客户又来电").andExpect(status().isSeeOther());

        String html = send(agent, complaint, "verification", seen, "finding", "PARTLY", "account", "调查情况原文")
                .andExpect(status().isConflict())
                .andReturn()
                .getResponse()
                .getContentAsString();

        assertThat(html).contains("客户又来电", "调查情况原文</textarea>", "value=\"PARTLY\" checked");
    }

    @Test
    void whatTheRulesRefuseIsSaidAtTheFormAndNothingIsLost() throws Exception {
        Complaint complaint = registered();
        done(complaint, "ownership");
        done(complaint, "assessment", ASSESSMENT);
        done(complaint, "verification", "finding", "UNSUBSTANTIATED", "account", "不属实");
        int version = now(complaint).version();

        String html = send(
                        agent,
                        complaint,
                        "solution",
                        version,
                        "outcome",
                        "REJECTED",
                        "measures",
                        "已解释使用方法",
                        "routes",
                        "")
                .andExpect(status().isUnprocessableContent())
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(html).contains("必须写明客户还可以通过哪些途径", "已解释使用方法</textarea>", "value=\"REJECTED\" checked");

        String empty = send(agent, complaint, "solution", version, "outcome", "", "measures", " ")
                .andExpect(status().isUnprocessableContent())
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(empty).contains("id=\"solution-measures-error\"", "id=\"solution-outcome-error\"");
        // Not by its version: what follows the complaint may have recorded something meanwhile.
        assertThat(now(complaint).outcome()).isNull();
        assertThat(now(complaint).stage()).isEqualTo(Stage.HANDLE);
    }

    @Test
    void aFormNobodyOffersIsABadRequest() throws Exception {
        Complaint complaint = registered();
        done(complaint, "ownership");
        int version = now(complaint).version();
        send(
                        agent,
                        complaint,
                        "assessment",
                        version,
                        "kind",
                        "X",
                        "category",
                        "repeated-repair",
                        "severity",
                        "GENERAL",
                        "priority",
                        "HIGH",
                        "department",
                        "parts")
                .andExpect(status().isBadRequest());
        http.perform(post("/desk/complaints/" + complaint.number().digits() + "/withdrawal")
                        .with(as(agent))
                        .with(csrf())
                        .param("reason", "没有版本"))
                .andExpect(status().isBadRequest());
        send(agent, complaint, "transfer", version, "owner", "nobody", "reason", "x")
                .andExpect(status().isBadRequest());
    }

    @Test
    void dataOfTheCustomerIsMaskedUntilAReasonIsRecorded() throws Exception {
        Complaint complaint = registered();
        assertThat(html(agent, complaint, ""))
                .contains("欧**", "137****5678", "o***@example.com")
                .doesNotContain("欧阳小明", "13712345678", "ouyang@");
        send(agent, complaint, "reveal", 1, "reason", " ").andExpect(status().isUnprocessableContent());
        assertThat(reveals(complaint)).isEmpty();

        String shown = send(agent, complaint, "reveal", 1, "reason", "致电客户核实情况")
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();

        assertThat(shown).contains("欧阳小明", "137 1234 5678", "ouyang@example.com", "本次查看已记录");
        assertThat(reveals(complaint))
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("staff", agent.id())
                        .containsEntry("fields", "name,phone,email")
                        .containsEntry("reason", "致电客户核实情况"));
        assertThat(html(agent, complaint, "")).doesNotContain("13712345678");
    }

    @Test
    void withHtmxOnlyTheCustomersCardComesBack() throws Exception {
        Complaint complaint = registered();
        String card = http.perform(post("/desk/complaints/" + complaint.number().digits() + "/reveal")
                        .with(as(agent))
                        .with(csrf())
                        .header("HX-Request", "true")
                        .param("reason", "核对来电客户身份"))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(card).contains("欧阳小明", "id=\"customer\"").doesNotContain("<html", "id=\"history\"");
    }

    private List<Map<String, Object>> reveals(Complaint complaint) {
        return jdbc.sql("select staff, fields, reason from complaint.reveal where complaint_id = :id")
                .param("id", complaint.id())
                .query()
                .listOfRows();
    }

    @Test
    void whoOnlyReadsSeesNoFormAndIsRefusedEveryStep() throws Exception {
        Complaint complaint = registered();
        SignedIn auditor = person(staff, "审计员", null, Role.AUDITOR);
        assertThat(html(auditor, complaint, ""))
                .contains("空调修了三次还是不制冷")
                .doesNotContain("class=\"deed\"", "/reveal", "id=\"next\"");
        send(auditor, complaint, "ownership", 1).andExpect(status().isForbidden());
        send(auditor, complaint, "reveal", 1, "reason", "看看").andExpect(status().isForbidden());
        SignedIn administrator = person(staff, "管理员", null, Role.ADMINISTRATOR);
        send(administrator, complaint, "reveal", 1, "reason", "看看").andExpect(status().isForbidden());
        assertThat(html(administrator, complaint, ""))
                .contains("class=\"deed\"")
                .doesNotContain("/reveal");
    }

    @Test
    void aHandlerOfAnotherDepartmentFindsNothing() throws Exception {
        Complaint complaint = registered("technical-support", "只有技术支持部能看");
        SignedIn own = person(staff, "孙工", "technical-support", Role.HANDLER);
        SignedIn other = person(staff, "钱工", "finance", Role.HANDLER);
        assertThat(html(own, complaint, "")).contains("只有技术支持部能看");
        http.perform(get("/desk/complaints/" + complaint.number().digits()).with(as(other)))
                .andExpect(status().isNotFound());
        send(other, complaint, "notes", 1, "text", "x").andExpect(status().isNotFound());
        send(other, complaint, "reveal", 1, "reason", "x").andExpect(status().isNotFound());
        http.perform(get("/desk/complaints/12345678901234").with(as(agent))).andExpect(status().isNotFound());
        http.perform(get("/desk/complaints/x").with(as(agent))).andExpect(status().isNotFound());
    }

    @Test
    void whoGivesItToAnotherDepartmentComesBackToTheList() throws Exception {
        Complaint complaint = registered();
        done(complaint, "ownership");
        done(complaint, "assessment", ASSESSMENT);
        SignedIn handler = person(staff, "孙工", "technical-support", Role.HANDLER);
        send(
                        handler,
                        complaint,
                        "assessment",
                        now(complaint).version(),
                        "kind",
                        "COMPLAINT",
                        "category",
                        "wrong-part",
                        "severity",
                        "GENERAL",
                        "priority",
                        "LOW",
                        "department",
                        "parts")
                .andExpect(status().isSeeOther())
                .andExpect(header().string("Location", "/desk/complaints"));
    }

    @Test
    void filesOfAnInformationAreEvidenceOfThisComplaintOnly() throws Exception {
        Complaint complaint = registered();
        Complaint stranger = registered();
        http.perform(multipart("/desk/complaints/" + complaint.number().digits() + "/information")
                        .file(new MockMultipartFile(
                                "files", "检测 报告.txt", "text/plain", "检测结果：漏氟".getBytes(StandardCharsets.UTF_8)))
                        .with(as(agent))
                        .with(csrf())
                        .param("version", "1")
                        .param("text", ""))
                .andExpect(status().isSeeOther());
        String html = html(agent, complaint, "");
        var link =
                Pattern.compile("/desk/complaints/\\d{14}/files/([0-9a-f]{64})").matcher(html);
        assertThat(link.find()).isTrue();
        assertThat(html).contains("检测 报告.txt", "证据材料（1）");

        http.perform(get(link.group()).with(as(agent)))
                .andExpect(status().isOk())
                .andExpect(header().string("Content-Type", "application/octet-stream"));
        http.perform(get("/desk/complaints/" + stranger.number().digits() + "/files/" + link.group(1))
                        .with(as(agent)))
                .andExpect(status().isNotFound());
        http.perform(get(link.group()).with(as(person(staff, "钱工", "finance", Role.HANDLER))))
                .andExpect(status().isNotFound());
    }

    @Test
    void aFileThatIsNotTakenLeavesTheTextInTheForm() throws Exception {
        Complaint complaint = registered();
        String html = http.perform(
                        multipart("/desk/complaints/" + complaint.number().digits() + "/notes")
                                .file(new MockMultipartFile("files", "x.exe", "image/png", new byte[] {'M', 'Z', 0, 1}))
                                .with(as(agent))
                                .with(csrf())
                                .param("version", "1")
                                .param("text", "别丢了我"))
                .andExpect(status().isUnprocessableContent())
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(html).contains("别丢了我</textarea>", "不能上传");
        assertThat(now(complaint).version()).isEqualTo(complaint.version());
    }

    @Test
    void aLongHistoryComesInPagesAndWholeForThePrint() throws Exception {
        Complaint complaint = registered();
        for (int i = 0; i < 105; i++) {
            complaints.perform(complaint.number(), null, new Command.Note("备注" + i + "号", List.of()), agent.actor());
        }
        String newest = html(agent, complaint, "");
        assertThat(newest).contains("备注104号").doesNotContain("备注0号");
        var older = Pattern.compile("href=\"(/desk/complaints/\\d+)(\\?before=\\d+)#history\"")
                .matcher(newest);
        assertThat(older.find()).isTrue();
        assertThat(html(agent, complaint, older.group(2)))
                .contains("备注0号", "投诉登记")
                .doesNotContain("备注104号");
        assertThat(html(agent, complaint, "?events=all")).contains("备注0号", "备注104号", "data-print");
    }

    @Test
    void whatACustomerWroteIsNeverMarkup() throws Exception {
        Complaint complaint = registered("parts", "</textarea><script>alert(1)</script>\n第二行");
        complaints.perform(
                complaint.number(),
                null,
                new Command.AddInformation("<img src=x onerror=alert(2)>", List.of()),
                Actor.CUSTOMER);
        assertThat(html(agent, complaint, "?done=\"><script>alert(3)</script>"))
                .contains("&lt;script&gt;alert(1)", "&lt;img src=x")
                .doesNotContain("<script>alert", "<img src=x");
    }

    @Test
    void bothLanguagesSayEverythingInWords() throws Exception {
        Complaint complaint = told();
        complaints.perform(complaint.number(), null, new Command.RefuseResult("不满意"), agent.actor());
        complaints.perform(complaint.number(), null, new Command.AskCustomer("请补充"), agent.actor());
        for (String language : List.of("zh", "en")) {
            assertThat(WorklistPageTests.visible(html(agent, complaint, "?lang=" + language)))
                    .doesNotContainPattern(RAW);
        }
        assertThat(html(agent, complaint, "?lang=en"))
                .contains("Why this deadline?", "waiting for the customer", "Air conditioner", "Repair soon")
                .doesNotContain("WAITING_FOR_CUSTOMER");
    }

    @Test
    void formsWithLongChoicesComeWhenTheyAreOpened() throws Exception {
        Complaint complaint = registered();
        complaints.perform(complaint.number(), null, new Command.ConfirmOwnership(agent.id()), agent.actor());
        String page = html(agent, complaint, "");
        String form = "/desk/complaints/" + complaint.number().digits() + "/forms/transfer";
        assertThat(page).contains("href=\"" + form + "\"").doesNotContain("id=\"deed-transfer\"");
        assertThat(html(agent, complaint, "/forms/transfer"))
                .contains("<html", "id=\"deed-transfer\"", "<option value=");
        assertThat(http.perform(get(form).header("HX-Request", "true").with(as(agent)))
                        .andExpect(status().isOk())
                        .andReturn()
                        .getResponse()
                        .getContentAsString())
                .contains("id=\"deed-transfer\"")
                .doesNotContain("<html");
        // What was refused comes back with the page, open.
        assertThat(http.perform(post("/desk/complaints/" + complaint.number().digits() + "/transfer")
                                .param("version", "3")
                                .param("owner", "")
                                .param("reason", "")
                                .with(as(agent))
                                .with(csrf()))
                        .andExpect(status().isUnprocessableContent())
                        .andReturn()
                        .getResponse()
                        .getContentAsString())
                .contains("id=\"deed-transfer\"");
        http.perform(get("/desk/complaints/" + complaint.number().digits() + "/forms/archiving")
                        .with(as(agent)))
                .andExpect(status().isNotFound());
    }

    @Test
    void theClockExplainsItselfAndTheSameCallerIsKnown() throws Exception {
        Complaint first = registered();
        Complaint second = registered();
        String html = html(agent, second, "");
        assertThat(html)
                .contains("为什么是这个时间？", "首次响应", "15 分钟")
                .contains("同一电话的其他投诉", first.number().readable());
        Matcher reasons = Pattern.compile("href=\"(/desk/complaints/\\d+/clocks/[-0-9a-f]+)\"")
                .matcher(html);
        assertThat(reasons.find()).isTrue();
        assertThat(http.perform(get(reasons.group(1)).with(as(agent)))
                        .andExpect(status().isOk())
                        .andReturn()
                        .getResponse()
                        .getContentAsString())
                .contains("<html", "的计算过程", "家电维修", "企业标准", "返回投诉");
        http.perform(get(reasons.group(1).replaceFirst("[0-9a-f]{12}$", "000000000000"))
                        .with(as(agent)))
                .andExpect(status().isNotFound());
        assertThat(Objects.requireNonNull(second.dueAt())).isAfter(second.receivedAt());
    }
}
