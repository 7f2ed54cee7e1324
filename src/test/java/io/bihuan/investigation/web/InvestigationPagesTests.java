package io.bihuan.investigation.web;

import static io.bihuan.FormToken.csrf;
import static io.bihuan.complaint.web.DeskPeople.as;
import static io.bihuan.complaint.web.DeskPeople.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.bihuan.BihuanTest;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Finding;
import io.bihuan.complaint.SomeComplaint;
import io.bihuan.complaint.TrackingLinks;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.investigation.CheckResult;
import io.bihuan.investigation.Custody;
import io.bihuan.investigation.CustodyDeed;
import io.bihuan.investigation.Deed;
import io.bihuan.investigation.EvidenceKind;
import io.bihuan.investigation.EvidenceList;
import io.bihuan.investigation.FindingKind;
import io.bihuan.investigation.Investigation;
import io.bihuan.investigation.Investigations;
import io.bihuan.investigation.PlaybookLine;
import io.bihuan.investigation.Responsibilities;
import io.bihuan.investigation.Responsibility;
import io.bihuan.investigation.ResponsibilityDecision;
import io.bihuan.investigation.Side;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;
import io.bihuan.platform.files.FileHash;
import io.bihuan.privacy.Personal;
import io.bihuan.web.Bundles;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

/** An investigation from the screens of those who lead it: the checklist, both sides, the evidence and who had it. */
@BihuanTest
class InvestigationPagesTests {
    private static final String CATEGORY = "repeated-repair";
    private static final String MARKER = "仅供内部的调查内容";

    @Autowired
    MockMvc http;

    @Autowired
    Complaints complaints;

    @Autowired
    Investigations investigations;

    @Autowired
    EvidenceList evidence;

    @Autowired
    Custody custody;

    @Autowired
    Responsibilities responsibilities;

    @Autowired
    TrackingLinks links;

    @Autowired
    Staff staff;

    @Autowired
    Bundles bundles;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    InstantSource time;

    private SignedIn agent;

    @BeforeEach
    void agent() {
        agent = person(staff, "周敏", null, Role.AGENT);
    }

    private ComplaintNumber assessed(Severity severity) {
        ComplaintNumber number = complaints
                .register(SomeComplaint.receivedAt(time.instant()), Actor.CUSTOMER)
                .number();
        perform(number, new Command.ConfirmOwnership(agent.id()));
        Complaint complaint = complaint(number);
        perform(
                number,
                new Command.Assess(
                        complaint.kind(), CATEGORY, severity, Priority.HIGH, "technical-support", null, null));
        return number;
    }

    private void perform(ComplaintNumber number, Command command) {
        complaints.perform(number, null, command, agent.actor());
    }

    private Complaint complaint(ComplaintNumber number) {
        return complaints.find(number).orElseThrow();
    }

    private void act(ComplaintNumber number, Deed deed) {
        investigations.perform(number, deed, agent.actor());
    }

    private String page(String address) throws Exception {
        return http.perform(get(address).with(as(agent)))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    private ResultActions send(ComplaintNumber number, String resource, String... fields) throws Exception {
        var request = post(path(number) + "/" + resource).with(as(agent)).with(csrf());
        for (int i = 0; i < fields.length; i += 2) {
            request.param(fields[i], fields[i + 1]);
        }
        return http.perform(request);
    }

    private static String path(ComplaintNumber number) {
        return "/desk/complaints/" + number.digits();
    }

    private String local(Duration fromNow) {
        return time.instant()
                .plus(fromNow)
                .atZone(java.time.ZoneId.of("Asia/Shanghai"))
                .toLocalDateTime()
                .withNano(0)
                .withSecond(0)
                .toString();
    }

    private ResultActions upload(ComplaintNumber number, String name, byte[] content) throws Exception {
        return http.perform(multipart(path(number) + "/evidence")
                .file(new MockMultipartFile("files", name, "application/octet-stream", content))
                .param("kind", "REPAIR_RECORD")
                .param("source", "维修站")
                .with(as(agent))
                .with(csrf()));
    }

    private String only(ComplaintNumber number) {
        return evidence.of(complaint(number)).getLast().use().file().hash().hex();
    }

    private void completeChecklist(ComplaintNumber number) throws Exception {
        List<PlaybookLine> lines = investigations.lines(complaint(number));
        assertThat(lines).extracting(PlaybookLine::part).contains(PlaybookLine.Part.values());
        for (PlaybookLine line : lines) {
            switch (line.part()) {
                case ASK ->
                    send(number, "investigation/answers", "line", line.key(), "text", "客户答复")
                            .andExpect(status().isSeeOther());
                case CHECK ->
                    send(number, "investigation/answers", "line", line.key(), "result", "IN_ORDER")
                            .andExpect(status().isSeeOther());
                case COLLECT ->
                    send(number, "investigation/excuses", "line", line.key(), "reason", "门店未留存")
                            .andExpect(status().isSeeOther());
            }
        }
    }

    @Test
    void ofTwoWhoAnswerAQuestionNeitherLosesHisTextAndTheSecondSeesBoth() throws Exception {
        ComplaintNumber number = assessed(Severity.GENERAL);
        String line = investigations.lines(complaint(number)).getFirst().key();
        send(number, "investigation/answers", "line", line, "seen", "", "text", "周敏问到的")
                .andExpect(status().isSeeOther());

        String both = send(number, "investigation/answers", "line", line, "seen", "", "text", "同事问到的")
                .andExpect(status().isConflict())
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(both).contains("周敏问到的", "同事问到的", "刚被别人填写过");
        Investigation.Answer first = answer(number, line);
        assertThat(first.text()).isEqualTo(Personal.of("周敏问到的"));

        String seen = first.at().toString();
        assertThat(both).contains("name=\"seen\" value=\"" + seen + "\"");
        send(number, "investigation/answers", "line", line, "seen", seen, "text", "两人问到的")
                .andExpect(status().isSeeOther());
        assertThat(answer(number, line).text()).isEqualTo(Personal.of("两人问到的"));
    }

    private Investigation.Answer answer(ComplaintNumber number, String line) {
        return Objects.requireNonNull(investigations.of(number).answers().get(line));
    }

    @Test
    void aMajorComplaintIsVerifiedWhenItsChecklistIsComplete() throws Exception {
        ComplaintNumber number = assessed(Severity.MAJOR);
        send(number, "investigation").andExpect(status().isSeeOther());

        String refusal = send(
                        number,
                        "verification",
                        "version",
                        "" + complaint(number).version(),
                        "finding",
                        "SUBSTANTIATED",
                        "account",
                        "属实")
                .andExpect(status().is(422))
                .andReturn()
                .getResponse()
                .getContentAsString();
        PlaybookLine first = investigations.lines(complaint(number)).getFirst();
        assertThat(refusal).contains("未询问“" + first.label().zh() + "”");
        assertThat(page(path(number) + "/investigation")).contains("核实前还缺");

        completeChecklist(number);
        assertThatThrownBy(() -> perform(number, new Command.Verify(Finding.SUBSTANTIATED, "属实")))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(
                                        bundles.in(Locale.SIMPLIFIED_CHINESE).of(refused))
                                .contains("没有客户的陈述", "没有被投诉方的陈述"));
        send(
                        number,
                        "investigation/statements",
                        "side",
                        "CUSTOMER",
                        "who",
                        "张三丰",
                        "said",
                        local(Duration.ofHours(-1)),
                        "text",
                        "来了三次都没修好")
                .andExpect(status().isSeeOther());
        send(number, "investigation/silences", "side", "OTHER_SIDE", "reason", "师傅拒绝说明")
                .andExpect(status().isSeeOther());

        perform(number, new Command.Verify(Finding.SUBSTANTIATED, "属实"));
        assertThat(complaint(number).finding()).isEqualTo(Finding.SUBSTANTIATED);
        String page = page(path(number) + "/investigation");
        assertThat(page).contains("来了三次都没修好", "张**", "师傅拒绝说明", "门店未留存", "周敏").doesNotContain("张三丰");
        assertThat(page(path(number))).contains("登记陈述", "证据缺失说明");
    }

    @Test
    void withoutAnInvestigationItIsVerifiedAsEver() {
        ComplaintNumber number = assessed(Severity.MAJOR);
        act(number, new Deed.TakeStatement(Side.CUSTOMER, "张三丰", "没有修好", time.instant()));
        perform(number, new Command.Verify(Finding.PARTLY, "部分属实"));
        assertThat(complaint(number).finding()).isEqualTo(Finding.PARTLY);
    }

    @Test
    void anUrgentOneNeedsItsEvidenceAndAnOrdinaryOneItsFindingOnly() throws Exception {
        ComplaintNumber ordinary = assessed(Severity.GENERAL);
        act(ordinary, new Deed.Open());
        perform(ordinary, new Command.Verify(Finding.SUBSTANTIATED, "属实"));

        ComplaintNumber urgent = assessed(Severity.URGENT);
        act(urgent, new Deed.Open());
        assertThatThrownBy(() -> perform(urgent, new Command.Verify(Finding.SUBSTANTIATED, "属实")))
                .isInstanceOf(Refused.class);
        upload(urgent, "工单.txt", "维修工单 2026-11".getBytes(StandardCharsets.UTF_8))
                .andExpect(status().isSeeOther());
        for (PlaybookLine line : investigations.lines(complaint(urgent))) {
            if (line.part() == PlaybookLine.Part.COLLECT) {
                act(urgent, new Deed.ExcuseEvidence(line.key(), "没有"));
            }
        }
        perform(urgent, new Command.Verify(Finding.SUBSTANTIATED, "属实"));
        assertThat(complaint(urgent).finding()).isEqualTo(Finding.SUBSTANTIATED);
    }

    @Test
    void whoeverSeesEvidenceStandsOnItsCustodyLog() throws Exception {
        ComplaintNumber number = assessed(Severity.URGENT);
        upload(number, "维修记录.csv", "日期,金额\n2026-11-02,280".getBytes(StandardCharsets.UTF_8))
                .andExpect(status().isSeeOther());
        String sha256 = only(number);
        String item = path(number) + "/evidence/" + sha256;
        assertThat(page(path(number) + "/evidence")).contains("维修记录.csv", "维修记录", "维修站", sha256);

        SignedIn colleague = person(staff, "何静", null, Role.MANAGER);
        http.perform(get(item).with(as(colleague))).andExpect(status().isOk());
        http.perform(get(path(number) + "/files/" + sha256).with(as(colleague))).andExpect(status().isOk());
        http.perform(get(path(number) + "/thumbnails/" + sha256).with(as(colleague)))
                .andExpect(status().isOk());
        send(number, "evidence/" + sha256 + "/hand-overs", "to", "质检中心 王工", "reason", "委托检测")
                .andExpect(status().isSeeOther());

        UUID id = complaint(number).id();
        List<Custody.Line> log = custody.of(id, new FileHash(sha256), null, 10);
        assertThat(log)
                .extracting(Custody.Line::deed)
                .containsExactly(
                        CustodyDeed.HANDED_OVER, CustodyDeed.DOWNLOADED, CustodyDeed.VIEWED, CustodyDeed.ADDED);
        assertThat(log.get(1).by()).isEqualTo(colleague.actor());
        assertThat(page(item)).contains("移交给 质检中心 王工：委托检测", "何静", "打开文件", "2026-11-02,280", sha256);
    }

    @Test
    void filesThatCameWithTheComplaintAreEvidenceToBeClassified() throws Exception {
        ComplaintNumber number = assessed(Severity.URGENT);
        http.perform(multipart(path(number) + "/information")
                .file(new MockMultipartFile(
                        "files", "聊天截图.txt", "text/plain", "客服：好的".getBytes(StandardCharsets.UTF_8)))
                .param("text", "补充材料")
                .with(as(agent))
                .with(csrf()));
        assertThat(page(path(number) + "/evidence")).contains("聊天截图.txt", "未分类");
        String line = investigations.lines(complaint(number)).stream()
                .filter(each -> each.part() == PlaybookLine.Part.COLLECT)
                .findFirst()
                .orElseThrow()
                .key();

        send(number, "evidence/" + only(number) + "/classification", "kind", "CHAT", "source", "客户", "line", line)
                .andExpect(status().isSeeOther());

        assertThat(page(path(number) + "/evidence")).contains("聊天记录 · 客户").doesNotContain("未分类");
        assertThat(investigations.of(number).evidenceOf(line)).hasSize(1);
        assertThat(page(path(number) + "/investigation")).contains("聊天截图.txt");
    }

    @Test
    void whatIsInfectedIsShownAndOpenedByNobody() throws Exception {
        ComplaintNumber number = assessed(Severity.URGENT);
        upload(number, "报价.txt", ("报价单 " + number).getBytes(StandardCharsets.UTF_8));
        String sha256 = only(number);
        jdbc.sql(
                        "update platform.file set scan = 'INFECTED', scan_note = 'Pretend.Virus-1' where encode(sha256, 'hex') = :sha256")
                .param("sha256", sha256)
                .update();

        assertThat(page(path(number) + "/evidence")).contains("发现病毒：Pretend.Virus-1");
        assertThat(page(path(number) + "/evidence/" + sha256)).contains("已锁定").doesNotContain("报价单 ");
        http.perform(get(path(number) + "/files/" + sha256).with(as(agent))).andExpect(status().is(422));
    }

    @Test
    void theDecisionOnResponsibilityIsKnownToThoseWhoPayByIt() throws Exception {
        ComplaintNumber number = assessed(Severity.URGENT);
        UUID id = complaint(number).id();
        assertThat(responsibilities.of(id)).isEmpty();
        send(number, "investigation/responsibility", "responsibility", "SHARED", "text", "双方都有责任")
                .andExpect(status().is(422));
        send(number, "investigation/responsibility", "responsibility", "SHARED", "share", "60", "text", "双方都有责任")
                .andExpect(status().isSeeOther());
        assertThat(responsibilities.of(id).orElseThrow())
                .returns(Responsibility.SHARED, ResponsibilityDecision::kind)
                .returns(60, ResponsibilityDecision::share)
                .returns(agent.id(), ResponsibilityDecision::by);
        send(number, "investigation/responsibility", "responsibility", "OURS", "text", "录音证实", "reason", "取得录音")
                .andExpect(status().isSeeOther());
        assertThat(responsibilities.of(id).orElseThrow().kind()).isEqualTo(Responsibility.OURS);
        assertThat(page(path(number) + "/investigation")).contains("共同责任（我方 60%）", "原认定", "取得录音");
        assertThat(page(path(number))).contains("我方责任");
    }

    @Test
    void whoHasAStepToTakeSeesTheComplaint() throws Exception {
        ComplaintNumber number = assessed(Severity.URGENT);
        SignedIn elsewhere = person(staff, "孙强", "warehouse", Role.HANDLER);
        http.perform(get(path(number)).with(as(elsewhere))).andExpect(status().isNotFound());
        send(
                        number,
                        "investigation/steps",
                        "text",
                        "核对出库记录",
                        "owner",
                        elsewhere.id().toString(),
                        "due",
                        local(Duration.ofHours(30)))
                .andExpect(status().isSeeOther());
        http.perform(get(path(number) + "/investigation").with(as(elsewhere))).andExpect(status().isOk());
        assertThat(page(path(number))).contains("1 项进行中");

        UUID step = investigations.of(number).steps().getFirst().id();
        send(
                        number,
                        "investigation/steps/" + step + "/revisions",
                        "owner",
                        agent.id().toString(),
                        "due",
                        local(Duration.ofHours(50)),
                        "reason",
                        "换人")
                .andExpect(status().isSeeOther());
        http.perform(get(path(number)).with(as(elsewhere))).andExpect(status().isNotFound());
        send(number, "investigation/steps/" + step + "/completion").andExpect(status().isSeeOther());
        assertThat(page(path(number) + "/investigation")).contains("核对出库记录", "换人");
    }

    @Test
    void whatCannotBeAcceptedComesAgainWithItsReason() throws Exception {
        ComplaintNumber number = assessed(Severity.URGENT);
        String page = send(number, "investigation/findings", "kind", "FACT", "text", "没有依据的事实")
                .andExpect(status().is(422))
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(page).contains("没有依据的事实", "事实须有证据或陈述作依据");
        send(number, "investigation/findings", "text", "没有选性质").andExpect(status().is(422));
        send(number, "investigation/findings", "kind", "RUMOUR", "text", "乱选").andExpect(status().isBadRequest());
        send(number, "investigation/steps", "text", "x", "owner", agent.id().toString(), "due", "明天")
                .andExpect(status().is(422));
        send(number, "investigation/findings", "kind", "OPINION", "text", "长".repeat(20_001))
                .andExpect(status().is(422));
        http.perform(post(path(number) + "/investigation")
                        .with(as(person(staff, "审计", null, Role.AUDITOR)))
                        .with(csrf()))
                .andExpect(status().isForbidden());
        http.perform(get(path(number) + "/evidence/" + "0".repeat(64)).with(as(agent)))
                .andExpect(status().isNotFound());
        assertThat(investigations.of(number).findings()).isEmpty();
    }

    @Test
    void nothingOfItReachesTheCustomer() throws Exception {
        ComplaintNumber number = assessed(Severity.MAJOR);
        allOf(number);
        String tracking = http.perform(get(URI.create(links.path(number))))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(tracking).doesNotContain(MARKER);
        http.perform(get(URI.create(links.path(number) + "/files/" + only(number))))
                .andExpect(status().isNotFound());
    }

    /** Every deed, with the same words in all its texts. */
    private void allOf(ComplaintNumber number) throws Exception {
        act(number, new Deed.PlanStep(MARKER, agent.id(), time.instant().plusSeconds(3600)));
        act(number, new Deed.PlanStep(MARKER, agent.id(), time.instant().plusSeconds(3600)));
        List<Investigation.Step> steps = investigations.of(number).steps();
        act(
                number,
                new Deed.MoveStep(
                        steps.getFirst().id(), agent.id(), time.instant().plusSeconds(7200), MARKER));
        act(number, new Deed.CompleteStep(steps.getFirst().id(), MARKER));
        act(number, new Deed.DropStep(steps.getLast().id(), MARKER));
        upload(number, MARKER + ".txt", MARKER.getBytes(StandardCharsets.UTF_8)).andExpect(status().isSeeOther());
        String sha256 = only(number);
        act(
                number,
                new Deed.ClassifyEvidence(sha256, new Deed.About(EvidenceKind.OTHER, MARKER, time.instant(), null)));
        act(number, new Deed.HandOverEvidence(sha256, MARKER, MARKER));
        for (PlaybookLine line : investigations.lines(complaint(number))) {
            act(
                    number,
                    line.part() == PlaybookLine.Part.COLLECT
                            ? new Deed.ExcuseEvidence(line.key(), MARKER)
                            : new Deed.Answer(line.key(), CheckResult.UNCLEAR, MARKER));
        }
        act(number, new Deed.ExcuseStatement(Side.CUSTOMER, MARKER));
        act(number, new Deed.TakeStatement(Side.OTHER_SIDE, MARKER, MARKER, time.instant()));
        act(number, new Deed.RecordFinding(FindingKind.FACT, MARKER, List.of(sha256), List.of()));
        act(
                number,
                new Deed.WithdrawFinding(
                        investigations.of(number).findings().getFirst().id(), MARKER));
        act(number, new Deed.DecideResponsibility(Responsibility.OURS, null, MARKER, null));
        act(number, new Deed.DecideResponsibility(Responsibility.NOBODY, null, MARKER, MARKER));
    }

    @Test
    void afterErasureNothingOfItCanBeRead() throws Exception {
        ComplaintNumber number = assessed(Severity.MAJOR);
        allOf(number);
        assertThat(page(path(number) + "/investigation")).contains(MARKER);
        String columns = jdbc.sql(
                        "select row_to_json(i)::text from investigation.investigation i where complaint_id = :id")
                .param("id", complaint(number).id())
                .query(String.class)
                .single();
        assertThat(columns).doesNotContain(MARKER);

        perform(number, new Command.Withdraw("客户撤诉"));
        perform(number, new Command.Archive(null));
        perform(number, new Command.Erase("客户要求"));

        Investigation erased = investigations.of(number);
        assertThat(erased.findings()).allMatch(each -> each.text().value() == null);
        assertThat(erased.statements())
                .allMatch(each -> each.who().value() == null && each.text().value() == null);
        assertThat(erased.decisions())
                .allMatch(each -> Personal.text(each.grounds()).isEmpty());
        assertThat(erased.answers().values()).allMatch(each -> each.text().value() == null);
        http.perform(post(path(number) + "/investigation").with(as(agent)).with(csrf()))
                .andExpect(status().isNotFound());
    }

    @Test
    @Timeout(300)
    void hostileFilesAreEvidenceLikeAnyOther() throws Exception {
        String data = Optional.ofNullable(System.getenv("BIHUAN_DATA")).orElse("../shared/data");
        Path folder = Path.of(data, "files");
        Assumptions.assumeTrue(Files.isDirectory(folder), "no sample files in " + folder);
        ComplaintNumber number = assessed(Severity.URGENT);
        int stored = 0;
        for (Path file : all(folder)) {
            int answer = upload(number, file.getFileName().toString(), Files.readAllBytes(file))
                    .andReturn()
                    .getResponse()
                    .getStatus();
            assertThat(answer).as("%s", file).isIn(303, 422);
            stored += answer == 303 ? 1 : 0;
        }
        assertThat(stored).isGreaterThan(40);
        String list = page(path(number) + "/evidence");
        for (var item : evidence.of(complaint(number))) {
            String sha256 = item.use().file().hash().hex();
            assertThat(list).contains(sha256);
            assertThat(page(path(number) + "/evidence/" + sha256)).contains(sha256);
            var thumbnail = http.perform(
                            get(path(number) + "/thumbnails/" + sha256).with(as(agent)))
                    .andExpect(status().isOk())
                    .andReturn()
                    .getResponse();
            assertThat(thumbnail.getContentType()).isIn("image/jpeg", "image/gif");
            var file = http.perform(get(path(number) + "/files/" + sha256).with(as(agent)))
                    .andReturn()
                    .getResponse();
            boolean isInline =
                    String.valueOf(file.getHeader("Content-Disposition")).startsWith("inline");
            assertThat(isInline)
                    .as(item.use().name())
                    .isEqualTo(item.use().file().isSafeImage());
        }
        assertThat(page(path(number))).contains("/thumbnails/");
    }

    private static List<Path> all(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
