package io.bihuan.journeys;

import static io.bihuan.complaint.web.DeskPeople.person;
import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.BihuanTest;
import io.bihuan.clock.ClockState;
import io.bihuan.compensation.Compensations;
import io.bihuan.compensation.Grant;
import io.bihuan.compensation.Status;
import io.bihuan.complaint.Confirmation;
import io.bihuan.complaint.Factors;
import io.bihuan.complaint.Stage;
import io.bihuan.correspondence.Notice;
import io.bihuan.correspondence.Said;
import io.bihuan.dossier.DossierPart;
import io.bihuan.dossier.Dossiers;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.investigation.Investigations;
import io.bihuan.solution.Solutions;
import io.bihuan.standard.Letter.Purpose;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A technician charged too much: the whole way, to the money on the customer's account, the sealed file and back. */
@BihuanTest
@NullUnmarked
class FeeDisputeJourney extends CaseworkStory {
    private static final String INTERNAL = "价目表第 12 项，师傅自行加价";
    private static final String ACCOUNT = "6222021234567890123";

    @Autowired
    Investigations investigations;

    @Autowired
    Solutions solutions;

    @Autowired
    Compensations compensations;

    private SignedIn handler;

    @Test
    void aRefundIsFoundDecidedPaidToldAndFiled() throws Exception {
        handler = person(staff, "何清", "finance", Role.HANDLER);
        files("appliance", "overcharge", "师傅上门收了 1180 元，价目表上只有 300 元。", Map.of("productType", "air-conditioner"));
        runs("respond", "solve");
        confirmedAndAssessed();
        investigated();
        approvedByAnother();
        acceptedByLink();
        paid();
        carriedOut();
        toldInTime();
        filed();
        reopened();
    }

    private void confirmedAndAssessed() throws Exception {
        time.advance(Duration.ofMinutes(12));
        does(owner, desk + "/ownership");
        kept("respond");
        assertThat(tracked()).contains("周敏");

        assertThat(page(owner, desk)).contains("五项评估", "name=\"factorSafety\"");
        does(
                owner,
                desk + "/assessment",
                "kind",
                "COMPLAINT",
                "category",
                "overcharge",
                "severity",
                "GENERAL",
                "priority",
                "MEDIUM",
                "department",
                "finance",
                "handler",
                id(handler),
                "note",
                INTERNAL,
                "factorSeverity",
                "2",
                "factorSafety",
                "1",
                "factorComplexity",
                "2",
                "factorImpact",
                "1",
                "factorImmediacy",
                "1");
        assertThat(complaint().factors()).isEqualTo(new Factors(2, 1, 2, 1, 1));
        assertThat(complaint().handler()).isEqualTo(handler.id());
        runs("progress-1", "progress-2", "progress-3");

        time.advance(Duration.ofMinutes(30));
        tellsByPhone(Notice.ACCEPTED, "measures", "今天核对收费明细，负责人周敏");
        assertThat(page(owner, desk + "/messages")).contains("负责人 周敏", "下一时间点");
        assertThat(tracked()).contains("负责人 周敏", "下一时间点").doesNotContain(INTERNAL);
    }

    private void investigated() throws Exception {
        String investigation = desk + "/investigation";
        does(handler, investigation);
        does(
                handler,
                investigation + "/steps",
                "text",
                "对照公示价目表",
                "owner",
                id(handler),
                "due",
                in(Duration.ofHours(2)));
        String receipt = "收据 1180 元 " + number;
        brings(handler, desk + "/evidence", "收据.txt", receipt, "kind", "INVOICE", "source", "客户当面提供");
        does(
                handler,
                investigation + "/statements",
                "side",
                "CUSTOMER",
                "who",
                "李秋华",
                "text",
                "动工前没有报价",
                "said",
                in(Duration.ofMinutes(-20)));
        does(
                handler,
                investigation + "/findings",
                "kind",
                "FACT",
                "text",
                INTERNAL,
                "evidence",
                HexFormat.of()
                        .formatHex(
                                MessageDigest.getInstance("SHA-256").digest(receipt.getBytes(StandardCharsets.UTF_8))));
        UUID step = investigations.of(number).steps().getFirst().id();
        does(handler, investigation + "/steps/" + step + "/completion", "text", "已对照");

        isRefused(owner, desk + "/solution", "outcome", "ACCEPTED", "measures", "退还 880 元");
        does(handler, desk + "/verification", "finding", "SUBSTANTIATED", "account", INTERNAL);
        refund();
        isRefused(handler, desk + "/solution/proposals/1/approval-requests");
        does(handler, investigation + "/responsibility", "responsibility", "OURS", "text", INTERNAL);
        assertThat(page(owner, investigation)).contains(INTERNAL, "对照公示价目表", "动工前没有报价");
        assertThat(page(owner, desk + "/evidence")).contains("收据.txt", "客户当面提供");

        time.advance(Duration.ofHours(1));
        tellsByPhone(Notice.FINDINGS, "findings", "多收 880 元属实");
    }

    /** Drafts a refund: its item has a limit of 500 for handlers. */
    private void refund() throws Exception {
        does(
                handler,
                desk + "/solution/proposals",
                "outcome",
                "ACCEPTED",
                "text",
                "退还多收的 880 元，责任师傅停派培训",
                "grounds",
                INTERNAL,
                "rows[0].kind",
                "REFUND",
                "rows[0].department",
                "finance",
                "rows[0].dueAt",
                in(Duration.ofHours(20)),
                "rows[0].amount",
                "880",
                "rows[0].item",
                "overcharge-refund",
                "rows[0].text",
                "多收部分原路退回",
                "rows[1].kind",
                "TRAINING",
                "rows[1].department",
                "quality",
                "rows[1].dueAt",
                in(Duration.ofDays(3)),
                "rows[1].internal",
                "true",
                "rows[1].text",
                INTERNAL);
    }

    private void approvedByAnother() throws Exception {
        String proposal = desk + "/solution/proposals/1";
        isRefused(handler, proposal + "/dispatches", "way", "SMS");
        does(handler, proposal + "/approval-requests");
        runs("approval");
        isRefused(handler, proposal + "/approvals", "revision", "1");
        assertThat(page(manager, "/desk/approvals")).contains(number.readable());
        time.advance(Duration.ofMinutes(40));
        does(manager, proposal + "/approvals", "revision", "1", "text", INTERNAL);
        kept("approval");
        assertThat(solutions.approvalWaiting(complaint().id()))
                .isBetween(Duration.ofMinutes(40), Duration.ofMinutes(41));
        tellsByPhone(Notice.SOLUTION, "measures", "退还 880 元，明天到账");
        assertThat(customer.open(tracking).html()).doesNotContain("/p/" + number.digits());
        does(handler, proposal + "/dispatches", "way", "SMS");
    }

    private void acceptedByLink() throws Exception {
        Said said = said(Purpose.PROPOSAL);
        assertThat(said.text()).doesNotContain(INTERNAL);
        String link = link(said.text(), "/p/");
        assertThat(tracked()).contains(link);
        assertThat(customer.open(link).html()).contains("880", "多收部分原路退回").doesNotContain(INTERNAL);
        isRefused(owner, desk + "/solution", "outcome", "ACCEPTED", "measures", "退还 880 元");
        assertThat(answers(link, link + "/answer", "answer", "accept")).contains("您已同意这个方案");
        assertThat(page(handler, desk + "/solution")).contains("客户已接受");
    }

    private Grant grant() {
        return compensations.ofProposal(complaint().id(), 1).getFirst();
    }

    private void paid() throws Exception {
        String proof = desk + "/solution/proposals/1/measures/1/proofs";
        assertThat(grant().status()).isEqualTo(Status.RESERVED);
        isRefused(handler, proof, "text", "已退");
        does(
                owner,
                desk + "/compensation/grants/" + grant().id() + "/issues",
                "means",
                "PAYOUT",
                "name",
                "李秋华",
                "bank",
                "工商银行",
                "account",
                ACCOUNT);
        assertThat(page(owner, desk + "/compensation")).contains("880").doesNotContain(ACCOUNT);
        isRefused(handler, proof, "text", "已退");

        does(manager, "/desk/payouts/batches");
        String batches = page(manager, "/desk/payouts");
        String file = page(manager, link(batches, "/desk/payouts/batches/") + ".csv");
        String row = file.lines()
                .filter(line -> line.contains(number.readable()))
                .findFirst()
                .orElseThrow();
        assertThat(row).contains(ACCOUNT, "880.00");
        String result = row.substring(0, row.indexOf(','));
        assertThat(page(manager, "/desk/payouts/results", "results.csv", "付款编号,付款结果\n" + result + ",成功\n"))
                .contains("已入账");
        assertThat(grant().status()).isEqualTo(Status.USED);
        assertThat(compensations.cost(complaint().id()).fen()).isEqualTo(88_000);
    }

    private void carriedOut() throws Exception {
        String measures = desk + "/solution/proposals/1/measures/";
        brings(handler, measures + "1/proofs", "回单.txt", "银行回单", "text", "已到账");
        isRefused(owner, desk + "/solution", "outcome", "ACCEPTED", "measures", "退还 880 元");
        brings(manager, measures + "2/proofs", "签到表.txt", "培训签到", "text", INTERNAL);
        assertThat(page(owner, desk + "/solution")).contains("全部措施已落实", "回单.txt");
        does(owner, desk + "/solution", "outcome", "ACCEPTED", "measures", "退还多收的 880 元，已到账");
        kept("solve");
        runs("tell");
        assertThat(tracked()).contains("即将告知");
    }

    private void toldInTime() throws Exception {
        time.advance(Duration.ofMinutes(90));
        String letter = letter(Purpose.RESULT);
        isRefused(owner, desk + "/messages", "letter", letter, "way", "SMS", "guarantee", "", "routes", "可要求换人复核");
        does(
                owner,
                desk + "/messages",
                "letter",
                letter,
                "way",
                "SMS",
                "measures",
                "退还多收的 880 元，已到账",
                "guarantee",
                "一年内同类收费先报价",
                "routes",
                "可要求换人复核");
        Said result = said(Purpose.RESULT);
        assertThat(result.text()).contains("880", "一年内同类收费先报价", "可要求换人复核").doesNotContain(INTERNAL);
        runs("tell");
        time.advance(Duration.ofMinutes(20));
        arrives(result);
        kept("tell");
        assertThat(tracked()).contains("一年内同类收费先报价", "这个结果解决您的问题了吗");

        String thanks =
                answers(tracking, tracking + "/confirmation", "answer", "solved", "rating", "5", "comment", "钱收到了");
        assertThat(thanks).contains("谢谢您的确认", "钱收到了");
        assertThat(complaint().confirmation()).isEqualTo(Confirmation.CONFIRMED);
    }

    private void filed() throws Exception {
        does(owner, desk + "/archiving", "cause", INTERNAL);
        assertThat(complaint().isOpen()).isFalse();
        assertThat(Dossiers.completeness(complaint()).values()).containsOnly(DossierPart.State.THERE);
        until(() -> history().contains("DossierSealed"));
        assertThat(page(owner, desk + "/dossier")).doesNotContain("缺少");
        assertThat(open(owner, desk + "/dossier.zip").getContentAsByteArray()).startsWith('P', 'K');
        assertThat(tracked()).contains("已归档").doesNotContain(INTERNAL);
        assertThat(history())
                .containsSubsequence(
                        "OwnershipConfirmed",
                        "Assessed",
                        "Verified",
                        "ResponsibilityDecided",
                        "Solved",
                        "ResultTold",
                        "ResultDelivered",
                        "Confirmed",
                        "Archived",
                        "DossierSealed");
        for (String clock : new String[] {"respond", "progress-1", "progress-2", "progress-3", "solve", "tell"}) {
            is(clock, ClockState.MET);
        }
    }

    private void reopened() throws Exception {
        time.advance(Duration.ofDays(3));
        assertThat(answers(tracking + "/reopening", tracking + "/reopening", "text", "同一师傅又来多收了一次"))
                .contains("同一师傅又来多收了一次");
        assertThat(complaint().isOpen()).isTrue();
        assertThat(complaint().stage()).isEqualTo(Stage.HANDLE);
        assertThat(complaint().owner()).isEqualTo(owner.id());
        assertThat(page(owner, desk)).contains("同一师傅又来多收了一次");
    }
}
