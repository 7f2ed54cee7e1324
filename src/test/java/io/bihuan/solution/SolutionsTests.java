package io.bihuan.solution;

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
import io.bihuan.MovableTime;
import io.bihuan.clock.Clock;
import io.bihuan.clock.ClockState;
import io.bihuan.compensation.Catalogue;
import io.bihuan.compensation.Compensations;
import io.bihuan.compensation.Grant;
import io.bihuan.compensation.Issue;
import io.bihuan.compensation.Status;
import io.bihuan.compensation.VoidCause;
import io.bihuan.complaint.CaseTelling;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Contact;
import io.bihuan.complaint.Finding;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.complaint.Outcome;
import io.bihuan.complaint.SomeComplaint;
import io.bihuan.complaint.Stage;
import io.bihuan.correspondence.Correspondence;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.investigation.Deed;
import io.bihuan.investigation.Investigations;
import io.bihuan.investigation.Responsibility;
import io.bihuan.message.Notices;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Refused;
import io.bihuan.privacy.Personal;
import io.bihuan.standard.Letter;
import io.bihuan.standard.Measure;
import io.bihuan.web.Bundles;
import io.bihuan.web.Texts;
import io.bihuan.web.WaitingCounts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** From the draft to the result: as colleagues see it, as the customer sees it, and as it is stored. */
@BihuanTest
class SolutionsTests {
    private static final String INTERNAL = "机密内部依据-7731";

    @Autowired
    WaitingCounts counts;

    @Autowired
    MockMvc http;

    @Autowired
    Complaints complaints;

    @Autowired
    Solutions solutions;

    @Autowired
    Compensations compensations;

    @Autowired
    Correspondence correspondence;

    @Autowired
    Investigations investigations;

    @Autowired
    LateMeasures late;

    @Autowired
    CaseTelling telling;

    @Autowired
    Notices notices;

    @Autowired
    Staff staff;

    @Autowired
    Bundles bundles;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MovableTime time;

    private SignedIn handler;
    private SignedIn manager;
    private SignedIn other;
    private Complaint complaint;

    @BeforeEach
    void aVerifiedComplaint() {
        handler = person(staff, "周工", "technical-support", Role.HANDLER);
        manager = person(staff, "方经理", null, Role.MANAGER);
        other = person(staff, "钱经理", null, Role.MANAGER);
        complaint = complaints.register(SomeComplaint.receivedAt(time.instant()), Actor.CUSTOMER);
        complaints.perform(complaint.number(), null, new Command.ConfirmOwnership(manager.id()), manager.actor());
        complaints.perform(
                complaint.number(),
                null,
                new Command.Assess(
                        Kind.COMPLAINT,
                        "repeated-repair",
                        Severity.GENERAL,
                        Priority.MEDIUM,
                        "technical-support",
                        handler.id(),
                        null),
                manager.actor());
        complaints.perform(
                complaint.number(), null, new Command.Verify(Finding.SUBSTANTIATED, "三次维修记录属实"), manager.actor());
        investigations.perform(
                complaint.number(),
                new Deed.DecideResponsibility(Responsibility.OURS, null, "三次维修记录属实", null),
                manager.actor());
    }

    @AfterEach
    void now() {
        time.reset();
    }

    private String path() {
        return "/desk/complaints/" + complaint.number().digits() + "/solution";
    }

    private ResultActions send(MockHttpServletRequestBuilder request, SignedIn who) throws Exception {
        return http.perform(request.with(as(who)).with(csrf()));
    }

    private String page(String address, SignedIn who) throws Exception {
        return send(get(address), who)
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    private MockHttpServletRequestBuilder draft(String refund) {
        return post(path() + "/proposals")
                .param("outcome", "ACCEPTED")
                .param("text", "免费返修，退还三次上门费")
                .param("grounds", INTERNAL)
                .param("rows[0].kind", "REFUND")
                .param("rows[0].department", "finance")
                .param("rows[0].dueAt", "2099-01-02T10:00")
                .param("rows[0].amount", refund)
                .param("rows[0].text", "退还上门费，原路退回")
                .param("rows[1].kind", "TRAINING")
                .param("rows[1].department", "quality")
                .param("rows[1].person", handler.login())
                .param("rows[1].dueAt", "2099-01-09T10:00")
                .param("rows[1].internal", "true")
                .param("rows[1].text", "责任师傅重新培训" + INTERNAL)
                .param("rows[2].kind", "");
    }

    private void deed(String deed, SignedIn who, String... parameters) throws Exception {
        MockHttpServletRequestBuilder request = post(path() + "/proposals/1/" + deed);
        for (int i = 0; i < parameters.length; i += 2) {
            request.param(parameters[i], parameters[i + 1]);
        }
        send(request, who).andExpect(status().isSeeOther());
    }

    private Proposal proposal() {
        return solutions.of(complaint.id()).find(1).orElseThrow();
    }

    private Offer offer() {
        Complaint now = complaints.find(complaint.number()).orElseThrow();
        return solutions.offer(now, 1).orElseThrow();
    }

    private void finish(int measure) throws Exception {
        http.perform(multipart(path() + "/proposals/1/measures/" + measure + "/proofs")
                        .file(new MockMultipartFile(
                                "files", "凭证.txt", "text/plain", "已办".getBytes(StandardCharsets.UTF_8)))
                        .param("text", "已办，流水号 20261122")
                        .with(as(manager))
                        .with(csrf()))
                .andExpect(status().isSeeOther());
    }

    private void solve() {
        complaints.perform(
                complaint.number(), null, new Command.Solve(Outcome.ACCEPTED, "已返修并退款", null), manager.actor());
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private List<String> told(UUID person) {
        return notices.of(person, null).stream()
                .map(received -> received.notice().key())
                .toList();
    }

    private @Nullable Clock clock() {
        return complaints.dossier(complaint.number(), Integer.MAX_VALUE, 1).orElseThrow().clocks().stream()
                .filter(each -> each.name().equals("approval"))
                .reduce((first, second) -> second)
                .orElse(null);
    }

    @Test
    void theDraftBeginsWithWhatTheStandardSaysIsDue() throws Exception {
        assertThat(page(path(), manager)).contains("拟定方案 1", "改派同品类高级技师上门复检", "责任师傅补学该机型维修规程");
    }

    @Test
    void itGoesFromTheDraftToTheResult() throws Exception {
        assertThat(clock()).isNull();
        send(draft("500"), handler).andExpect(status().isSeeOther());
        assertThat(page(path(), handler)).contains("草稿", "需 1 人审批", INTERNAL);
        deed("approval-requests", handler);
        assertThat(clock())
                .isNotNull()
                .satisfies(clock -> assertThat(clock.isOpen()).isTrue());
        assertThat(page("/desk/approvals", manager)).contains(complaint.number().readable(), "500 元");
        assertThat(page(path(), handler)).contains("本人拟定、修改或提交的方案不能由本人审批");
        send(post(path() + "/proposals/1/approvals").param("revision", "1"), handler)
                .andExpect(status().is(422));
        time.advance(Duration.ofMinutes(30));
        deed("approvals", manager, "revision", "1", "text", "同意");
        assertThat(clock())
                .isNotNull()
                .satisfies(clock -> assertThat(clock.state()).isEqualTo(ClockState.MET));
        assertThat(solutions.approvalWaiting(complaint.id())).isBetween(Duration.ofMinutes(30), Duration.ofMinutes(31));
        assertThatThrownBy(this::solve).isInstanceOf(Refused.class);

        deed("dispatches", handler, "way", "SMS");
        assertThat(page(path(), handler)).contains("/p/" + complaint.number().digits() + "-1-");
        assertThat(correspondence.said(complaint.id(), 10))
                .filteredOn(said -> said.purpose() == Letter.Purpose.PROPOSAL)
                .singleElement()
                .satisfies(said -> assertThat(said.text())
                        .contains("/p/" + complaint.number().digits() + "-1-")
                        .doesNotContain(INTERNAL));
        Offer offer = offer();
        assertThat(offer.state()).isEqualTo(Offer.State.OPEN);
        assertThat(offer.measures()).hasSize(1);
        assertThat(offer.routes()).isNotEmpty();
        assertThat(offer.toString()).doesNotContain(INTERNAL, handler.name(), manager.name());

        solutions.ask(complaint.number(), 1, "钱退到哪里？", Actor.CUSTOMER);
        deed("replies", handler, "question", "1", "text", "原支付账户");
        solutions.answer(complaint.number(), 1, Answer.ACCEPTED, "可以", Contact.ONLINE, Actor.CUSTOMER);
        assertThat(offer().answerText()).isEqualTo("可以");
        assertThat(offer().questions().getFirst().answer()).isEqualTo("原支付账户");
        assertThatThrownBy(this::solve)
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.key()).isEqualTo("solution.refused.open.measures"));

        handedOver();
        finish(1);
        assertThatThrownBy(this::solve).isInstanceOf(Refused.class);
        finish(2);
        String page = page(path(), manager);
        assertThat(page).contains("全部措施已落实", "退款 500 元：退还上门费，原路退回", "凭证.txt", "已办，流水号 20261122");
        solve();
        assertThat(complaints.find(complaint.number()).orElseThrow().stage()).isEqualTo(Stage.FEEDBACK);
    }

    @Test
    void itsStateIsWhatItsHistoryAddsUpTo() throws Exception {
        send(draft("500"), handler).andExpect(status().isSeeOther());
        deed("approval-requests", handler);
        deed("returns", manager, "text", "金额没有依据");
        send(
                        post(path() + "/proposals/1/revisions")
                                .param("revision", "1")
                                .param("outcome", "PARTLY_ACCEPTED")
                                .param("text", "退还一次上门费")
                                .param("rows[0].kind", "REFUND")
                                .param("rows[0].department", "finance")
                                .param("rows[0].dueAt", "2099-01-02T10:00")
                                .param("rows[0].amount", "280")
                                .param("rows[0].text", "退还一次上门费"),
                        handler)
                .andExpect(status().isSeeOther());
        deed("dispatches", handler, "way", "PHONE");
        deed("answers", handler, "answer", "REJECTED", "text", "三次都要退", "way", "PHONE");
        deed("escalations", handler, "to", manager.id().toString(), "text", "超出权限");

        Proposals replayed = Proposals.NONE;
        for (HistoryEvent event : complaints.history(complaint.number(), 0, 500)) {
            if (event.event() instanceof SolutionEvent happened) {
                replayed = replayed.after(happened, event.at());
            }
        }
        Proposal again = replayed.find(1).orElseThrow();
        assertThat(again.state()).isEqualTo(ProposalState.REJECTED);
        assertThat(again.works()).isEqualTo(proposal().works());
        assertThat(again.answer()).isEqualTo(Personal.of("三次都要退"));
        assertThat(again.higher()).isEqualTo(manager.id());
        assertThat(again.rounds()).hasSize(1);
        assertThat(jdbc.sql("select count(*) from solution.measure where complaint_id = ?")
                        .param(complaint.id())
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
        assertThat(page(path(), handler)).contains("三次都要退", "已上报", "方经理", "12315", "拟定方案 2");
    }

    @Test
    void aRejectionIsEscalatedOnlyWhileNoLaterProposalTakesItsPlace() throws Exception {
        send(draft("100"), handler).andExpect(status().isSeeOther());
        deed("dispatches", handler, "way", "SMS");
        deed("answers", handler, "answer", "REJECTED", "text", "不够", "way", "PHONE");
        assertThat(page(path(), handler)).contains("/proposals/1/escalations");
        send(draft("120"), handler).andExpect(status().isSeeOther());
        assertThat(solutions.of(complaint.id()).all()).hasSize(2);
        assertThat(page(path(), handler)).contains("不够").doesNotContain("/proposals/1/escalations");
    }

    @Test
    void theCustomerNeverReadsWhatIsInternal() throws Exception {
        send(draft("100"), handler).andExpect(status().isSeeOther());
        deed("dispatches", handler, "way", "SMS");
        deed("answers", handler, "answer", "ACCEPTED", "text", "客户嘟囔" + INTERNAL, "way", "PHONE");
        finish(2);
        Texts t = bundles.in(Locale.SIMPLIFIED_CHINESE);
        for (HistoryEvent event : complaints.history(complaint.number(), 0, 500)) {
            if (event.event() instanceof ComplaintEvent.CaseEvent work) {
                assertThat(telling.toCustomer(work, t).map(Object::toString).orElse(""))
                        .doesNotContain(INTERNAL);
            }
        }
        assertThat(offer().toString()).doesNotContain(INTERNAL);
    }

    private MockHttpServletRequestBuilder written(String revision, String text) {
        return filledIn(post(path() + "/proposals/1/revisions").param("revision", revision), text);
    }

    private static MockHttpServletRequestBuilder filledIn(MockHttpServletRequestBuilder form, String text) {
        return form.param("outcome", "PARTLY_ACCEPTED")
                .param("text", text)
                .param("grounds", INTERNAL)
                .param("rows[0].kind", "EXPLANATION")
                .param("rows[0].department", "finance")
                .param("rows[0].dueAt", "2099-01-02T10:00")
                .param("rows[0].text", "措施：" + text);
    }

    private String overtaken(MockHttpServletRequestBuilder request, SignedIn who) throws Exception {
        return send(request, who)
                .andExpect(status().isConflict())
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    @Test
    void ofTwoAuthorsNeitherLosesHisTextAndTheSecondSeesBoth() throws Exception {
        send(draft("100"), handler).andExpect(status().isSeeOther());
        send(written("1", "经理写的方案"), manager).andExpect(status().isSeeOther());

        String both = overtaken(written("1", "周工写的方案"), handler);
        assertThat(both)
                .contains("方经理 刚刚保存的内容", "经理写的方案", "您写的内容（还没有保存）", "周工写的方案", "措施：周工写的方案")
                .contains("name=\"revision\" value=\"2\"");
        assertThat(proposal().text()).isEqualTo(Personal.of("经理写的方案"));

        send(written("2", "经理和周工合写的方案"), handler).andExpect(status().isSeeOther());
        assertThat(proposal().text()).isEqualTo(Personal.of("经理和周工合写的方案"));
    }

    @Test
    void whoDraftsWhileAnotherDraftsSeesBothToo() throws Exception {
        send(filledIn(post(path() + "/proposals"), "经理写的方案"), manager).andExpect(status().isSeeOther());

        String both = overtaken(draft("100"), handler);
        assertThat(both).contains("方经理 刚刚保存的内容", "经理写的方案", "免费返修，退还三次上门费", "退还上门费，原路退回");
        assertThat(solutions.of(complaint.id()).all()).hasSize(1);
    }

    @Test
    void whatCannotBeSavedAnyMoreCanAtLeastBeCopied() throws Exception {
        send(draft("500"), handler).andExpect(status().isSeeOther());
        deed("approval-requests", handler);
        String refused = send(written("1", "周工后来写的方案"), handler)
                .andExpect(status().is(422))
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(refused).contains("您写的内容没有保存", "周工后来写的方案", "措施：周工后来写的方案");
    }

    @Test
    void aWrongFormComesAgainWithWhatWasTyped() throws Exception {
        String again = send(draft("很多"), handler)
                .andExpect(status().is(422))
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(again).contains("请填写金额，最多两位小数", "退还上门费，原路退回", INTERNAL);
        assertThat(solutions.of(complaint.id()).all()).isEmpty();
    }

    @Test
    void whoCarriesOutAMeasureSeesTheComplaintOfAnotherDepartment() throws Exception {
        SignedIn clerk = person(staff, "财务小吴", "finance", Role.HANDLER);
        send(get(path()), clerk).andExpect(status().isNotFound());
        send(draft("100"), handler).andExpect(status().isSeeOther());
        send(get(path()), clerk).andExpect(status().isNotFound());
        deed("dispatches", handler, "way", "SMS");
        assertThat(page(path(), clerk)).contains("退还上门费");
        assertThat(page("/desk/measures?whose=department", clerk))
                .contains(complaint.number().readable());
        assertThat(page("/desk/measures", handler)).contains(complaint.number().readable());
    }

    @Test
    void whoIsConcernedIsToldAndOfALateMeasureOnce() throws Exception {
        send(draft("500"), handler).andExpect(status().isSeeOther());
        deed("approval-requests", handler);
        deed("approvals", manager, "revision", "1");
        until(() -> told(handler.id()).contains("solution.notice.approved"));
        deed("dispatches", manager, "way", "SMS");
        until(() -> told(handler.id()).contains("solution.notice.measure"));
        solutions.act(
                complaint.number(),
                new SolutionAction.Move(
                        1, 2, "quality", handler.id(), time.instant().plus(Duration.ofHours(1)), "提前培训"),
                manager.actor());
        late.tell();
        assertThat(told(handler.id())).doesNotContain("solution.notice.late");
        time.advance(Duration.ofHours(2));
        while (late.tell() > 0) {
            // other tests may have left some
        }
        assertThat(told(handler.id())).containsOnlyOnce("solution.notice.late");
        assertThat(told(manager.id())).contains("solution.notice.late");
    }

    @Test
    void withoutAProposalTheQuickPathStays() {
        solve();
        assertThat(complaints.find(complaint.number()).orElseThrow().stage()).isEqualTo(Stage.FEEDBACK);
    }

    @Test
    void whatWasProposedIsForgottenWithTheComplaint() throws Exception {
        send(draft("100"), handler).andExpect(status().isSeeOther());
        deed("withdrawals", handler, "text", "另拟");
        complaints.perform(complaint.number(), null, new Command.Withdraw("客户撤诉"), manager.actor());
        complaints.perform(complaint.number(), null, new Command.Archive(null), manager.actor());
        complaints.perform(complaint.number(), null, new Command.Erase("到期"), Actor.SYSTEM);
        until(() -> jdbc.sql("select state is null and data_key is null from solution.solution where complaint_id = ?")
                .param(complaint.id())
                .query(Boolean.class)
                .single());
        assertThat(solutions.of(complaint.id()).all()).isEmpty();
    }

    @Test
    void twoManagersAtOnceAreTwoApprovalsAndOneOfThemTwiceIsOne() throws Exception {
        send(draft("6000"), handler).andExpect(status().isSeeOther());
        assertThat(proposal().approvers()).isEqualTo(2);
        deed("approval-requests", handler);
        deed("approvals", manager, "revision", "1");
        send(post(path() + "/proposals/1/approvals").param("revision", "1"), manager)
                .andExpect(status().is(422));
        assertThat(proposal().state()).isEqualTo(ProposalState.ASKED);
        deed("approvals", other, "revision", "1");
        assertThat(proposal().state()).isEqualTo(ProposalState.APPROVED);
    }

    @Test
    void theQueueOfApprovalsBeginsWithWhatIsDueFirst() throws Exception {
        var first = new SolutionAction.Draft(
                Ids.next(),
                new SolutionAction.Content(
                        Outcome.ACCEPTED,
                        "换货",
                        null,
                        List.of(new PlannedMeasure(
                                Ids.next(),
                                1,
                                Measure.EXCHANGE,
                                "quality",
                                null,
                                time.instant().plus(Duration.ofDays(2)),
                                300_000L,
                                null,
                                false,
                                Personal.of("换同型号新机")))));
        solutions.act(complaint.number(), first, handler.actor());
        solutions.act(complaint.number(), new SolutionAction.AskApproval(1), handler.actor());
        List<OpenApproval> queue = solutions.approvals(manager.reach(), null, null, 100);
        assertThat(queue).extracting(OpenApproval::complaintId).contains(complaint.id());
        List<Instant> dues = queue.stream().map(OpenApproval::dueAt).toList();
        assertThat(dues).isSorted();
        assertThat(solutions.approvals(handler.reach(), null, null, 100))
                .allMatch(row ->
                        row.barred().contains(handler.id()) || !row.askedBy().equals(handler.id()));
        assertThat(counts.of(List.of(Solutions.APPROVALS), manager.id(), null).getFirst())
                .isPositive();
    }

    private Grant granted() {
        List<Grant> grants = compensations.ofProposal(complaint.id(), 1);
        assertThat(grants).hasSize(1);
        return grants.getFirst();
    }

    private void proposes(Measure kind, @Nullable String item, long yuan) {
        solutions.act(
                complaint.number(),
                new SolutionAction.Draft(
                        Ids.next(),
                        new SolutionAction.Content(
                                Outcome.ACCEPTED,
                                "补偿",
                                null,
                                List.of(new PlannedMeasure(
                                        Ids.next(),
                                        1,
                                        kind,
                                        "customer-relations",
                                        null,
                                        time.instant().plus(Duration.ofDays(2)),
                                        yuan * 100,
                                        item,
                                        false,
                                        Personal.of("修后复发，免上门费与工时费"))))),
                manager.actor());
        solutions.act(complaint.number(), new SolutionAction.Send(1, Contact.SMS), manager.actor());
    }

    @Test
    void whatIsPromisedIsReservedThenHandedOverAndSettledByItsProof() throws Exception {
        proposes(Measure.FREE_SERVICE, "free-revisit", 200);
        assertThat(granted().status()).isEqualTo(Status.RESERVED);
        solutions.answer(complaint.number(), 1, Answer.ACCEPTED, null, Contact.ONLINE, Actor.CUSTOMER);
        assertThat(granted().status()).isEqualTo(Status.ISSUED);
        finish(1);
        assertThat(granted().status()).isEqualTo(Status.USED);
        assertThat(compensations.cost(complaint.id()).fen()).isEqualTo(20_000);
        solve();
    }

    @Test
    void whatGoesBackStandsInTheBooksAlsoWhereThePackNamesNothingForIt() throws Exception {
        proposes(Measure.REFUND, null, 120);
        assertThat(granted().status()).isEqualTo(Status.RESERVED);
        assertThat(granted().goodwill()).isFalse();
        solutions.answer(complaint.number(), 1, Answer.ACCEPTED, null, Contact.ONLINE, Actor.CUSTOMER);
        handedOver();
        finish(1);
        assertThat(granted().status()).isEqualTo(Status.USED);
        assertThat(compensations.cost(complaint.id()).fen()).isEqualTo(12_000);
        solve();
    }

    @Test
    void nothingIsPaidWhileTheCustomerHasYetToAgree() {
        proposes(Measure.REFUND, null, 120);
        assertThat(compensations.mayHandOver(granted())).isFalse();
        assertThatThrownBy(this::handedOver)
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.key()).isEqualTo("compensation.refused.unanswered"));
        solutions.answer(complaint.number(), 1, Answer.REJECTED, "太少", Contact.ONLINE, Actor.CUSTOMER);
        assertThat(granted().status()).isEqualTo(Status.VOID);
        assertThat(granted().endNote()).isNull();
    }

    private void handedOver() {
        complaints.record(
                complaint.number(),
                null,
                manager.actor(),
                (locked, writes) ->
                        compensations.handOver(locked, granted().id(), new Issue.Credit(), manager.actor()));
    }

    @Test
    void whoIsToApproveIsNamed() throws Exception {
        send(draft("6000"), handler).andExpect(status().isSeeOther());
        deed("approval-requests", handler);
        assertThat(page(path(), handler)).contains("等待 2 人审批；可审批：");
    }

    @Test
    void whatTheCustomerDeclinesIsNotKept() {
        proposes(Measure.COUPON, Catalogue.GOODWILL, 80);
        solutions.answer(complaint.number(), 1, Answer.REJECTED, "不要券", Contact.ONLINE, Actor.CUSTOMER);
        assertThat(granted().status()).isEqualTo(Status.VOID);
        assertThat(granted().voidCause()).isEqualTo(VoidCause.DECLINED);
    }

    @Test
    void aMeasureOfMoneyIsNotDoneBeforeItIsPaid() {
        proposes(Measure.FREE_SERVICE, "free-revisit", 100);
        solutions.answer(complaint.number(), 1, Answer.ACCEPTED, null, Contact.ONLINE, Actor.CUSTOMER);
        complaints.record(
                complaint.number(),
                null,
                manager.actor(),
                (locked, writes) ->
                        compensations.annul(locked, granted().id(), VoidCause.MISTAKE, "录错", manager.actor()));
        assertThatThrownBy(() -> solutions.act(
                        complaint.number(), new SolutionAction.Finish(1, 1, "已免", List.of()), manager.actor()))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.key()).isEqualTo("solution.refused.unpaid"));
        assertThat(proposal().open()).isEqualTo(1);
    }
}
