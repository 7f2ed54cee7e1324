package io.bihuan.compensation;

import static io.bihuan.complaint.web.DeskPeople.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bihuan.BihuanTest;
import io.bihuan.MovableTime;
import io.bihuan.compensation.CompensationEvent.CompensationExpired;
import io.bihuan.compensation.CompensationEvent.CompensationGranted;
import io.bihuan.compensation.CompensationEvent.CompensationPaid;
import io.bihuan.compensation.CompensationEvent.CompensationUsed;
import io.bihuan.compensation.CompensationEvent.CompensationVoided;
import io.bihuan.compensation.CompensationEvent.PayoutFailed;
import io.bihuan.complaint.CaseTelling;
import io.bihuan.complaint.CaseWork;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Money;
import io.bihuan.platform.Refused;
import io.bihuan.privacy.Personal;
import io.bihuan.web.Bundles;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is granted is owed, allowed, within its budget, and given once. */
@BihuanTest
class CompensationTests {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Autowired
    private Complaints complaints;

    @Autowired
    private CaseTelling telling;

    @Autowired
    private Bundles bundles;

    @Autowired
    private Compensations compensations;

    @Autowired
    private Vouchers vouchers;

    @Autowired
    private VoucherExpiry expiry;

    @Autowired
    private Payouts payouts;

    @Autowired
    private Budgets budgets;

    @Autowired
    private Ledger ledger;

    @Autowired
    private CompensationFigures figures;

    @Autowired
    private DecidedInTests decided;

    @Autowired
    private Staff staff;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MovableTime time;

    private SignedIn agent;
    private SignedIn manager;
    private String outlet = "";
    private Complaint complaint;

    @BeforeEach
    void people() {
        agent = person(staff, "周敏", null, Role.AGENT);
        manager = person(staff, "方园", null, Role.MANAGER);
        outlet = "outlet-" + UUID.randomUUID();
        complaint = registered();
    }

    @AfterEach
    void now() {
        time.reset();
    }

    private Complaint registered() {
        return complaints.register(DecidedInTests.aboutFees(time.instant()), agent.actor());
    }

    private GrantOrder order(String item, @Nullable Means means, long yuan) {
        return new GrantOrder(
                item,
                means,
                Money.ofYuan(yuan),
                1,
                null,
                outlet,
                "多次上门未修好",
                null,
                null,
                UUID.randomUUID().toString(),
                null);
    }

    private GrantOrder refund(long yuan) {
        return new GrantOrder(
                "overcharge-refund",
                null,
                Money.ofYuan(yuan),
                1,
                Money.ofYuan(3_000),
                outlet,
                "多收上门费",
                null,
                null,
                UUID.randomUUID().toString(),
                null);
    }

    private Grant granted(SignedIn who, GrantOrder order) {
        compensations.grant(complaint.number(), order, who.actor());
        return compensations.of(complaint.id()).getLast();
    }

    private void perform(CaseWork work) {
        complaints.record(complaint.number(), null, agent.actor(), work);
    }

    private Grant issued(SignedIn who, GrantOrder order, Issue issue) {
        Grant grant = granted(who, order);
        perform((locked, writes) -> compensations.issue(locked, grant.id(), issue, who.actor()));
        return again(grant);
    }

    private Grant voucher(long yuan) {
        return issued(manager, order(Catalogue.GOODWILL, Means.VOUCHER, yuan), new Issue.Voucher(30));
    }

    private Grant payout(long yuan) {
        decided.decide(complaint.id(), "OURS");
        return issued(agent, refund(yuan), new Issue.Payout("张三丰", "工商银行", "6222 0212 3456 7890 123"));
    }

    private Grant again(Grant grant) {
        return compensations.of(complaint.id()).stream()
                .filter(each -> each.id().equals(grant.id()))
                .findFirst()
                .orElseThrow();
    }

    private String code(Grant grant) {
        return compensations
                .voucherCode(complaint.id(), grant.id())
                .orElseThrow()
                .readable();
    }

    private UUID budget(long yuan) {
        return budgets.set(
                "appliance",
                outlet,
                Budget.Period.YEAR,
                YearMonth.of(time.instant().atZone(ZONE).getYear(), 1),
                Money.ofYuan(yuan),
                manager.actor());
    }

    private <T> long count(Class<T> event) {
        return complaints.history(complaint.number(), 0, 500).stream()
                .map(HistoryEvent::event)
                .filter(event::isInstance)
                .count();
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable deed, String key) {
        assertThatThrownBy(deed)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.key()).isEqualTo(key));
    }

    // ---- what may be granted ----

    @Test
    void withoutADecisionOnResponsibilityThereIsGoodwillOnly() {
        assertRefused(() -> granted(agent, refund(50)), "compensation.refused.undecided");
        assertThat(granted(agent, order(Catalogue.GOODWILL, Means.VOUCHER, 50)).goodwill())
                .isTrue();
        decided.decide(complaint.id(), "CUSTOMER");
        assertRefused(() -> granted(agent, refund(50)), "compensation.refused.notOurs");
        decided.decide(complaint.id(), "SHARED");
        assertThat(granted(agent, refund(50)).responsibility()).isEqualTo("SHARED");
    }

    @Test
    void theTableItselfHoldsNothingUndecided() {
        Grant grant = granted(agent, order(Catalogue.GOODWILL, Means.VOUCHER, 50));
        assertThatThrownBy(() -> jdbc.sql("update compensation.granted set item = 'overcharge-refund' where id = :id")
                        .param("id", grant.id())
                        .update())
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void onlyWhatTheStandardAllowsIsGranted() {
        decided.decide(complaint.id(), "OURS");
        assertRefused(() -> granted(agent, order("delay-coupon", null, 10)), "compensation.refused.item");
        assertRefused(() -> granted(agent, refund(3_001)), "compensation.refused.most");
        assertRefused(() -> granted(agent, order("labour-waiver", Means.PAYOUT, 10)), "compensation.refused.means");
        assertRefused(
                () -> granted(agent, order(Catalogue.GOODWILL, Means.VOUCHER, 5_001)), "compensation.refused.most");
    }

    @Test
    void aboveTheOwnLimitSomebodyElseApproves() {
        Grant grant = granted(agent, order(Catalogue.GOODWILL, Means.VOUCHER, 100));
        assertThat(grant.waitsForApproval()).isTrue();
        assertRefused(
                () -> perform((c, w) -> compensations.issue(c, grant.id(), new Issue.Voucher(30), agent.actor())),
                "compensation.refused.waits");
        assertRefused(
                () -> perform((c, w) -> compensations.approve(c, grant.id(), agent.id())), "compensation.refused.own");
        SignedIn handler = person(staff, "何师傅", "after-sales", Role.HANDLER);
        assertRefused(
                () -> perform((c, w) -> compensations.approve(c, grant.id(), handler.id())),
                "compensation.refused.limit");

        perform((c, w) -> compensations.approve(c, grant.id(), manager.id()));
        assertThat(again(grant).approvedBy()).isEqualTo(manager.id());
        perform((c, w) -> compensations.issue(c, grant.id(), new Issue.Voucher(30), agent.actor()));
        assertThat(again(grant).status()).isEqualTo(Status.ISSUED);
    }

    @Test
    void aManagerAboveEveryLimitNeedsAnother() {
        decided.decide(complaint.id(), "OURS");
        var large = new GrantOrder(
                "overcharge-refund",
                null,
                Money.ofYuan(3_500),
                1,
                Money.ofYuan(10_000),
                outlet,
                "多收安装费",
                null,
                null,
                null,
                null);
        Grant grant = granted(manager, large);
        assertThat(grant.waitsForApproval()).isTrue();
        assertRefused(
                () -> perform((c, w) -> compensations.approve(c, grant.id(), manager.id())),
                "compensation.refused.own");
        SignedIn other = person(staff, "另一位", null, Role.MANAGER);
        perform((c, w) -> compensations.approve(c, grant.id(), other.id()));
        assertThat(again(grant).waitsForApproval()).isFalse();
    }

    @Test
    void whoProposedIsNotItsApprover() {
        var own = new GrantOrder(
                Catalogue.GOODWILL, Means.VOUCHER, Money.ofYuan(20), 1, null, outlet, "道歉", 1, 1, null, agent.id());
        assertRefused(() -> granted(agent, own), "compensation.refused.own");
    }

    @Test
    void aMeasureIsGrantedOnce() {
        var order = new GrantOrder(
                Catalogue.GOODWILL, Means.VOUCHER, Money.ofYuan(20), 1, null, outlet, "道歉", 1, 2, null, manager.id());
        Grant grant = granted(agent, order);
        assertThat(granted(agent, order).id()).isEqualTo(grant.id());
        assertThat(compensations.of(complaint.id())).hasSize(1);
        assertThat(compensations.standing(complaint.id(), 1, 2)).contains(false);
        perform((c, w) -> compensations.issue(c, grant.id(), new Issue.Voucher(30), agent.actor()));
        assertThat(compensations.standing(complaint.id(), 1, 2)).contains(true);
        assertThat(compensations.standing(complaint.id(), 1, 3)).isEmpty();
        assertThat(count(CompensationGranted.class)).isEqualTo(1);
    }

    @Test
    void aFormSentTwiceGrantsOnce() {
        GrantOrder order = order(Catalogue.GOODWILL, Means.VOUCHER, 20);
        granted(agent, order);
        granted(agent, order);
        assertThat(compensations.of(complaint.id())).hasSize(1);
    }

    // ---- budgets ----

    @Test
    void manyAtOnceNeverOverspendABudget() throws Exception {
        UUID id = budget(100);
        List<Complaint> many = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            many.add(registered());
        }
        var results = new ArrayList<Future<Boolean>>();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Complaint each : many) {
                results.add(pool.submit((Callable<Boolean>) () -> {
                    try {
                        compensations.grant(each.number(), order(Catalogue.GOODWILL, Means.VOUCHER, 10), agent.actor());
                        return true;
                    } catch (Refused refused) {
                        return false;
                    }
                }));
            }
        }
        int granted = 0;
        for (Future<Boolean> result : results) {
            granted += result.get() ? 1 : 0;
        }
        assertThat(granted).isEqualTo(10);
        Budget budget = budgets.find(id).orElseThrow();
        assertThat(budget.taken()).isEqualTo(Money.ofYuan(100));
        assertThat(budget.available()).isEqualTo(Money.ofFen(0));
    }

    @Test
    void whatIsTakenBackCanBeGrantedAgain() {
        UUID id = budget(100);
        Grant grant = granted(manager, order(Catalogue.GOODWILL, Means.VOUCHER, 80));
        assertRefused(
                () -> granted(manager, order(Catalogue.GOODWILL, Means.VOUCHER, 21)), "compensation.refused.spent");
        perform((c, w) -> compensations.annul(c, grant.id(), VoidCause.DECLINED, "客户不要", agent.actor()));
        assertThat(count(CompensationVoided.class)).isEqualTo(1);
        granted(manager, order(Catalogue.GOODWILL, Means.VOUCHER, 100));
        assertThat(budgets.find(id).orElseThrow().voided()).isEqualTo(8_000);
        assertThat(ledger.check().isSound()).isTrue();
    }

    @Test
    void aBudgetIsNotCutBelowWhatIsTaken() {
        UUID id = budget(100);
        granted(manager, order(Catalogue.GOODWILL, Means.VOUCHER, 80));
        assertRefused(() -> budgets.change(id, Money.ofYuan(79), manager.actor()), "compensation.refused.taken");
        budgets.change(id, Money.ofYuan(80), manager.actor());
        assertThat(budgets.find(id).orElseThrow().percentTaken()).isEqualTo(100);
        assertRefused(() -> budget(500), "compensation.refused.overlap");
        assertRefused(
                () -> budgets.set(
                        "appliance",
                        outlet + "x",
                        Budget.Period.QUARTER,
                        YearMonth.of(2027, 2),
                        Money.ofYuan(1),
                        manager.actor()),
                "compensation.refused.period");
        assertThat(ledger.check().isSound()).isTrue();
    }

    @Test
    void theCheckSeesAChangedBalanceAndAChangedPosting() {
        UUID id = budget(100);
        granted(manager, order(Catalogue.GOODWILL, Means.VOUCHER, 80));
        jdbc.sql("update compensation.budget set reserved_fen = reserved_fen - 1 where id = :id")
                .param("id", id)
                .update();
        assertThat(ledger.check().wrongBudgets()).isEqualTo(1);
        assertThat(ledger.check().misplaced()).isEqualTo(1);
        jdbc.sql("update compensation.budget set reserved_fen = reserved_fen + 1 where id = :id")
                .param("id", id)
                .update();
        jdbc.sql(
                        "update compensation.posting set amount_fen = amount_fen + 1 where budget_id = :id and account = 'RESERVED'")
                .param("id", id)
                .update();
        assertThat(ledger.check().unbalanced()).isEqualTo(1);
        jdbc.sql(
                        "update compensation.posting set amount_fen = amount_fen - 1 where budget_id = :id and account = 'RESERVED'")
                .param("id", id)
                .update();
        assertThat(ledger.check().isSound()).isTrue();
    }

    // ---- vouchers ----

    @Test
    void twoHundredUsesAtOnceAreOne() throws Exception {
        Grant grant = voucher(50);
        String code = code(grant);
        var results = new ArrayList<Future<Boolean>>();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                String key = "till-" + i;
                results.add(pool.submit((Callable<Boolean>) () -> {
                    try {
                        vouchers.use(code, "一号店", agent.actor(), key);
                        return true;
                    } catch (Vouchers.UsedBefore used) {
                        return false;
                    }
                }));
            }
        }
        int used = 0;
        for (Future<Boolean> result : results) {
            used += result.get() ? 1 : 0;
        }
        assertThat(used).isEqualTo(1);
        assertThat(count(CompensationUsed.class)).isEqualTo(1);
        assertThat(again(grant).status()).isEqualTo(Status.USED);
        assertThat(ledger.check().isSound()).isTrue();
    }

    @Test
    void theSameRequestGetsTheSameAnswer() {
        String code = code(voucher(50));
        Grant first = vouchers.use(code, "一号店", agent.actor(), "k-" + complaint.number());
        Grant second = vouchers.use(code, "一号店", agent.actor(), "k-" + complaint.number());
        assertThat(second).isEqualTo(first);
        assertThat(count(CompensationUsed.class)).isEqualTo(1);
        assertRefused(
                () -> vouchers.use(code, "一号店", manager.actor(), "k-" + complaint.number()),
                "compensation.refused.used");
        String other = code(voucher(30));
        assertRefused(
                () -> vouchers.use(other, "一号店", agent.actor(), "k-" + complaint.number()), "compensation.refused.key");
    }

    @Test
    void aVoucherEndsWithItsLastDayAndItsMoneyComesBack() {
        UUID id = budget(100);
        Grant grant = voucher(50);
        String code = code(grant);
        Instant end = Objects.requireNonNull(grant.expiresAt());
        time.set(end.minusSeconds(1));
        assertThat(vouchers.find(code).status()).isEqualTo(Status.ISSUED);
        time.set(end);
        assertRefused(() -> vouchers.use(code, null, agent.actor(), "late"), "compensation.refused.expired");
        while (again(grant).status() == Status.ISSUED) {
            expiry.expireOne();
        }
        vouchers.expire(complaint.id(), grant.id());
        assertThat(again(grant).status()).isEqualTo(Status.EXPIRED);
        assertThat(count(CompensationExpired.class)).isEqualTo(1);
        Budget budget = budgets.find(id).orElseThrow();
        assertThat(budget.available()).isEqualTo(Money.ofYuan(100));
        assertThat(budget.expired()).isEqualTo(5_000);
        assertThat(ledger.check().isSound()).isTrue();
    }

    @Test
    void aVoidVoucherIsWorthNothing() {
        Grant grant = voucher(50);
        String code = code(grant);
        perform((c, w) -> compensations.annul(c, grant.id(), VoidCause.MISTAKE, "发错了", agent.actor()));
        assertRefused(() -> vouchers.use(code, null, agent.actor(), "void"), "compensation.refused.annulled");
        assertRefused(() -> vouchers.find("ABCD-ABCD-ABCD-ABCE"), "compensation.refused.code");
    }

    @Test
    void noCodeStandsInTheDatabase() {
        Grant grant = voucher(50);
        String code = VoucherCode.read(code(grant)).orElseThrow().text();
        boolean isReadable = jdbc.sql("""
                        select code::text like '%' || encode(convert_to(:code, 'UTF8'), 'hex') || '%' or granted::text like '%' || :code || '%'
                        from compensation.granted where id = :id
                        """)
                .param("code", code)
                .param("id", grant.id())
                .query(Boolean.class)
                .single();
        assertThat(isReadable).isFalse();
        compensations.reveal(complaint.id(), grant.id(), manager.id());
        assertThat(jdbc.sql("select who from compensation.seen where subject_id = :id")
                        .param("id", grant.id())
                        .query(UUID.class)
                        .single())
                .isEqualTo(manager.id());
    }

    // ---- payouts ----

    private Payout paid(Grant grant) {
        return payouts.of(complaint.id()).stream()
                .filter(each -> each.grantId().equals(grant.id()))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private PayoutResult.Effect result(Payout payout, boolean isPaid) {
        return payouts.record(
                new PayoutResult(2, payout.id(), isPaid, "REF-1", isPaid ? null : "账号不存在"), manager.actor());
    }

    @Test
    void aPayoutGoesIntoOneFile() {
        Grant grant = payout(80);
        UUID batch = payouts.export(manager.id()).orElseThrow();
        assertThat(payouts.fetch(batch, manager.id()))
                .filteredOn(each -> each.grantId().equals(grant.id()))
                .singleElement()
                .satisfies(each -> {
                    assertThat(Personal.text(each.account())).isEqualTo("6222021234567890123");
                    assertThat(each.maskedAccount()).isEqualTo("***************0123");
                });
        payouts.export(manager.id())
                .ifPresent(next -> assertThat(payouts.fetch(next, manager.id()))
                        .noneMatch(each -> each.grantId().equals(grant.id())));
        assertThat(jdbc.sql("select count(*) from compensation.seen where subject_id = :id")
                        .param("id", batch)
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void theSameResultTwiceChangesNothing() {
        Grant grant = payout(80);
        Payout payout = paid(grant);
        assertThat(result(payout, true)).as("before finance has it").isEqualTo(PayoutResult.Effect.UNKNOWN);
        payouts.export(manager.id());
        assertThat(result(payout, true)).isEqualTo(PayoutResult.Effect.RECORDED);
        assertThat(result(payout, true)).isEqualTo(PayoutResult.Effect.KNOWN);
        assertThat(result(payout, false)).isEqualTo(PayoutResult.Effect.CONTRADICTS);
        assertThat(again(grant).status()).isEqualTo(Status.USED);
        assertThat(count(CompensationPaid.class)).isEqualTo(1);
        assertRefused(
                () -> perform((c, w) -> compensations.payAgain(c, grant.id(), new Issue.Payout("张三丰", "", "62220000"))),
                "compensation.refused.paid");
        assertThat(ledger.check().isSound()).isTrue();
    }

    @Test
    void whatFailedIsPaidAgainAndOnlyOnce() {
        Grant grant = payout(80);
        Payout first = paid(grant);
        payouts.export(manager.id());
        assertThat(result(first, false)).isEqualTo(PayoutResult.Effect.RECORDED);
        assertThat(count(PayoutFailed.class)).isEqualTo(1);
        assertThat(again(grant).status()).isEqualTo(Status.ISSUED);

        var payee = new Issue.Payout("张三丰", "建设银行", "6217001234567890");
        perform((c, w) -> compensations.payAgain(c, grant.id(), payee));
        perform((c, w) -> compensations.payAgain(c, grant.id(), payee));
        Payout second = paid(grant);
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(payouts.of(complaint.id())).hasSize(2);
        payouts.export(manager.id());
        assertThat(result(first, false)).as("the old file once more").isEqualTo(PayoutResult.Effect.KNOWN);
        assertThat(result(second, true)).isEqualTo(PayoutResult.Effect.RECORDED);
        assertThat(result(first, true)).isEqualTo(PayoutResult.Effect.CONTRADICTS);
        assertThat(count(CompensationPaid.class)).isEqualTo(1);
    }

    @Test
    void whatFinanceHasIsNotTakenBack() {
        Grant grant = payout(80);
        payouts.export(manager.id());
        assertRefused(
                () -> perform((c, w) -> compensations.annul(c, grant.id(), VoidCause.MISTAKE, "重复", agent.actor())),
                "compensation.refused.withFinance");
        result(paid(grant), false);
        perform((c, w) -> compensations.annul(c, grant.id(), VoidCause.OTHER, "改为换货", agent.actor()));
        assertThat(again(grant).status()).isEqualTo(Status.VOID);
    }

    @Test
    void aFileOfResultsIsReadAsExcelWritesIt() {
        Grant grant = payout(80);
        Payout payout = paid(grant);
        payouts.export(manager.id());
        String file = "\uFEFF付款编号,金额（元）,付款结果,失败原因\r\n" + payout.id() + ",80.00,失败,\"户名不符, 请核对\"\r\n" + UUID.randomUUID()
                + ",1.00,成功,\r\n" + UUID.randomUUID() + ",1.00,,\r\n";
        assertThat(payouts.results(file.getBytes(java.nio.charset.Charset.forName("GB18030")), manager.actor()))
                .extracting(Payouts.Recorded::effect)
                .containsExactly(PayoutResult.Effect.RECORDED, PayoutResult.Effect.UNKNOWN);
        assertThat(Personal.text(paid(grant).failure())).isEqualTo("户名不符, 请核对");
        assertRefused(
                () -> payouts.results("付款编号,付款结果\nx,大概\n".getBytes(StandardCharsets.UTF_8), manager.actor()),
                "compensation.refused.result");
        assertRefused(
                () -> payouts.results("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8), manager.actor()),
                "compensation.refused.columns");
    }

    // ---- the complaint ----

    @Test
    void aComplaintIsNotArchivedWhileSomethingIsPromised() {
        decided.decide(complaint.id(), "OURS");
        Grant grant = granted(agent, order("labour-waiver", Means.CREDIT, 20));
        complaints.perform(complaint.number(), null, new Command.Withdraw("客户撤诉"), agent.actor());
        assertRefused(
                () -> complaints.perform(complaint.number(), null, new Command.Archive(null), agent.actor()),
                "compensation.refused.open");
        perform((c, w) -> compensations.issue(c, grant.id(), new Issue.Credit(), agent.actor()));
        assertRefused(
                () -> complaints.perform(complaint.number(), null, new Command.Archive(null), agent.actor()),
                "compensation.refused.open");
        perform((c, w) -> compensations.settle(c, grant.id(), "减免单 8812", agent.actor()));
        assertThat(complaints
                        .perform(complaint.number(), null, new Command.Archive(null), agent.actor())
                        .isOpen())
                .isFalse();
    }

    @Test
    void theCustomerReadsThatACreditWasCarriedOutButNotHow() {
        decided.decide(complaint.id(), "OURS");
        Grant grant = granted(agent, order("labour-waiver", Means.CREDIT, 20));
        perform((c, w) -> compensations.issue(c, grant.id(), new Issue.Credit(), agent.actor()));
        assertThat(readByCustomer()).contains("正在办理").doesNotContain("办理完成");
        perform((c, w) -> compensations.settle(c, grant.id(), "减免单 8812", agent.actor()));
        assertThat(readByCustomer()).contains("的减免或返还已办理完成").doesNotContain("8812");
    }

    private String readByCustomer() {
        return complaints.history(complaint.number(), 0, 500).stream()
                .map(HistoryEvent::event)
                .filter(CompensationEvent.class::isInstance)
                .map(event -> telling.toCustomer((CompensationEvent) event, bundles.in(Locale.SIMPLIFIED_CHINESE)))
                .toList()
                .toString();
    }

    @Test
    void aVoucherIsGoodAfterItsComplaintWasErased() {
        Grant grant = voucher(50);
        String code = code(grant);
        complaints.perform(complaint.number(), null, new Command.Withdraw("客户撤诉"), agent.actor());
        complaints.perform(complaint.number(), null, new Command.Archive(null), agent.actor());
        complaints.perform(complaint.number(), null, new Command.Erase("到期"), Actor.SYSTEM);
        assertThat(vouchers.use(code, null, agent.actor(), "after").status()).isEqualTo(Status.USED);
        assertThat(ledger.check().isSound()).isTrue();
    }

    @Test
    void theCostIsWhatIsOwedOrSpent() {
        voucher(50);
        Grant used = voucher(30);
        vouchers.use(code(used), null, agent.actor(), "cost-" + used.id());
        Grant declined = granted(agent, order(Catalogue.GOODWILL, Means.VOUCHER, 10));
        perform((c, w) -> compensations.annul(c, declined.id(), VoidCause.DECLINED, "客户不要", agent.actor()));
        Grant mistake = granted(agent, order(Catalogue.GOODWILL, Means.VOUCHER, 10));
        perform((c, w) -> compensations.annul(c, mistake.id(), VoidCause.MISTAKE, "录错", agent.actor()));

        assertThat(compensations.cost(complaint.id())).isEqualTo(Money.ofYuan(80));
        assertThat(figures.complaints(
                        time.instant().minus(Duration.ofHours(1)),
                        time.instant().plusSeconds(60),
                        "appliance",
                        10_000))
                .filteredOn(each -> each.complaintId().equals(complaint.id()))
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.offered()).isEqualTo(3);
                    assertThat(each.accepted()).isEqualTo(2);
                    assertThat(each.cost()).isEqualTo(Money.ofYuan(80));
                });
    }
}
