package io.bihuan.compensation;

import static io.bihuan.complaint.web.DeskPeople.person;
import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.BihuanTest;
import io.bihuan.complaint.CaseWork;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Complaints;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.platform.Money;
import io.bihuan.platform.Refused;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestContextManager;

/** Whatever is done in whatever order: no voucher is used twice, no budget overspent, nothing paid twice, and the book adds up. */
@BihuanTest
class CompensationProperties {
    private static final long BUDGET = 10_000;

    enum Deed {
        GRANT_VOUCHER,
        GRANT_PAYOUT,
        GRANT_CREDIT,
        ISSUE,
        USE,
        SETTLE,
        ANNUL,
        EXPORT,
        PAID,
        FAILED,
        PAY_AGAIN
    }

    /** @param which of the grants there are, counted round */
    record Step(Deed deed, int which, int fen) {}

    /** The simplest thing that can be right. */
    private static final class Model {
        final Means means;
        final long fen;
        Status status = Status.RESERVED;
        Payout.@Nullable State payout;
        int used;
        int paid;

        Model(Means means, long fen) {
            this.means = means;
            this.fen = fen;
        }

        boolean isTaken() {
            return status == Status.RESERVED || status == Status.ISSUED || status == Status.USED;
        }
    }

    @Autowired
    private Complaints complaints;

    @Autowired
    private Compensations compensations;

    @Autowired
    private Vouchers vouchers;

    @Autowired
    private Payouts payouts;

    @Autowired
    private Budgets budgets;

    @Autowired
    private Ledger ledger;

    @Autowired
    private DecidedInTests decided;

    @Autowired
    private Staff staff;

    @Autowired
    private InstantSource time;

    @Autowired
    private JdbcClient jdbc;

    private @Nullable SignedIn signedIn;
    private @Nullable Complaint registered;

    private SignedIn manager() {
        return Objects.requireNonNull(signedIn);
    }

    private Complaint complaint() {
        return Objects.requireNonNull(registered);
    }

    @BeforeProperty
    void start() throws Exception {
        new TestContextManager(getClass()).prepareTestInstance(this);
        signedIn = person(staff, "方园", null, Role.MANAGER);
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.of(Deed.class),
                        Arbitraries.integers().between(0, 7),
                        Arbitraries.integers().between(1, 4_000))
                .as(Step::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(40);
    }

    @Property(tries = 40)
    void moneyIsGivenOnceAndNeverMoreThanThereIs(@ForAll("steps") List<Step> steps) {
        String outlet = "property-" + UUID.randomUUID();
        UUID budget = budgets.set(
                "appliance",
                outlet,
                Budget.Period.YEAR,
                YearMonth.of(time.instant().atZone(ZoneId.of("Asia/Shanghai")).getYear(), 1),
                Money.ofFen(BUDGET),
                manager().actor());
        registered = complaints.register(
                DecidedInTests.aboutFees(time.instant()), manager().actor());
        decided.decide(complaint().id(), "OURS");
        var models = new ArrayList<Model>();
        for (Step step : steps) {
            Model model = models.isEmpty() ? null : models.get(step.which() % models.size());
            Grant grant =
                    model == null ? null : compensations.of(complaint().id()).get(step.which() % models.size());
            switch (step.deed()) {
                case GRANT_VOUCHER -> grant(Means.VOUCHER, step.fen(), outlet, models);
                case GRANT_PAYOUT -> grant(Means.PAYOUT, step.fen(), outlet, models);
                case GRANT_CREDIT -> grant(Means.CREDIT, step.fen(), outlet, models);
                case EXPORT -> {
                    payouts.export(manager().id());
                    models.stream()
                            .filter(each -> each.payout == Payout.State.WAITING)
                            .forEach(each -> each.payout = Payout.State.EXPORTED);
                }
                case ISSUE, USE, SETTLE, ANNUL, PAID, FAILED, PAY_AGAIN -> {
                    if (model != null && grant != null) {
                        assertThat(isDone(step, grant))
                                .as("%s of %s", step, grant.status())
                                .isEqualTo(expected(step, model));
                    }
                }
            }
        }

        List<Grant> grants = compensations.of(complaint().id());
        assertThat(grants)
                .extracting(Grant::status)
                .isEqualTo(models.stream().map(each -> each.status).toList());
        assertThat(models).allSatisfy(each -> assertThat(each.used + each.paid).isLessThanOrEqualTo(1));
        long taken = models.stream()
                .filter(Model::isTaken)
                .mapToLong(each -> each.fen)
                .sum();
        assertThat(taken).isLessThanOrEqualTo(BUDGET);
        assertThat(budgets.find(budget).orElseThrow().taken().fen()).isEqualTo(taken);
        assertThat(ledger.check()).matches(Ledger.Check::isSound);
        assertThat(jdbc.sql("""
                        select count(*) from (select grant_id from compensation.payout where complaint_id = :complaint
                            and status = 'PAID' group by grant_id having count(*) > 1) twice
                        """)
                        .param("complaint", complaint().id())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private void grant(Means means, long fen, String outlet, List<Model> models) {
        long taken = models.stream()
                .filter(Model::isTaken)
                .mapToLong(each -> each.fen)
                .sum();
        String item =
                switch (means) {
                    case VOUCHER -> Catalogue.GOODWILL;
                    case PAYOUT -> "overcharge-refund";
                    case CREDIT -> "labour-waiver";
                };
        boolean isDone = isDone(() -> compensations.grant(
                complaint().number(),
                new GrantOrder(
                        item,
                        means,
                        Money.ofFen(fen),
                        1,
                        Money.ofYuan(500),
                        outlet,
                        "补偿",
                        null,
                        null,
                        UUID.randomUUID().toString(),
                        null),
                manager().actor()));
        assertThat(isDone).isEqualTo(taken + fen <= BUDGET);
        if (isDone) {
            models.add(new Model(means, fen));
        }
    }

    private boolean isDone(Step step, Grant grant) {
        var payee = new Issue.Payout("张三丰", "", "62220000");
        return switch (step.deed()) {
            case ISSUE -> {
                Issue issue =
                        switch (grant.means()) {
                            case VOUCHER -> new Issue.Voucher(10);
                            case PAYOUT -> payee;
                            case CREDIT -> new Issue.Credit();
                        };
                yield isPerformed((c, w) ->
                        compensations.issue(c, grant.id(), issue, manager().actor()));
            }
            case USE ->
                grant.hasCode()
                        && isDone(() -> vouchers.use(
                                compensations
                                        .voucherCode(complaint().id(), grant.id())
                                        .orElseThrow()
                                        .text(),
                                null,
                                manager().actor(),
                                UUID.randomUUID().toString()));
            case SETTLE ->
                isPerformed((c, w) ->
                        compensations.settle(c, grant.id(), "已办", manager().actor()));
            case ANNUL ->
                isPerformed((c, w) -> compensations.annul(
                        c, grant.id(), VoidCause.OTHER, "换方案", manager().actor()));
            case PAID, FAILED ->
                payouts.of(complaint().id()).stream()
                        .filter(each -> each.grantId().equals(grant.id()))
                        .reduce((first, second) -> second)
                        .map(each -> payouts.record(
                                new PayoutResult(1, each.id(), step.deed() == Deed.PAID, null, null),
                                manager().actor()))
                        .filter(effect -> effect == PayoutResult.Effect.RECORDED)
                        .isPresent();
            case PAY_AGAIN -> isPerformed((c, w) -> compensations.payAgain(c, grant.id(), payee));
            case GRANT_VOUCHER, GRANT_PAYOUT, GRANT_CREDIT, EXPORT -> throw new IllegalArgumentException();
        };
    }

    private static boolean expected(Step step, Model model) {
        boolean isWithFinance = model.payout == Payout.State.EXPORTED;
        return switch (step.deed()) {
            case ISSUE -> {
                if (model.status == Status.RESERVED) {
                    model.status = Status.ISSUED;
                    model.payout = model.means == Means.PAYOUT ? Payout.State.WAITING : null;
                    yield true;
                }
                yield model.status == Status.ISSUED;
            }
            case USE -> {
                if (model.means == Means.VOUCHER && model.status == Status.ISSUED) {
                    model.status = Status.USED;
                    model.used++;
                    yield true;
                }
                yield false;
            }
            case SETTLE -> {
                if (model.means == Means.CREDIT && model.status == Status.ISSUED) {
                    model.status = Status.USED;
                    model.used++;
                    yield true;
                }
                yield model.means == Means.CREDIT && model.status == Status.USED;
            }
            case ANNUL -> {
                if ((model.status == Status.RESERVED || model.status == Status.ISSUED) && !isWithFinance) {
                    model.status = Status.VOID;
                    model.payout = model.payout == Payout.State.WAITING ? Payout.State.CANCELLED : model.payout;
                    yield true;
                }
                yield model.status == Status.VOID;
            }
            case PAID -> {
                if (isWithFinance) {
                    model.payout = Payout.State.PAID;
                    model.status = Status.USED;
                    model.paid++;
                }
                yield isWithFinance;
            }
            case FAILED -> {
                if (isWithFinance) {
                    model.payout = Payout.State.FAILED;
                }
                yield isWithFinance;
            }
            case PAY_AGAIN -> {
                if (model.means != Means.PAYOUT || model.status != Status.ISSUED) {
                    yield false;
                }
                if (model.payout == Payout.State.FAILED) {
                    model.payout = Payout.State.WAITING;
                }
                yield true;
            }
            case GRANT_VOUCHER, GRANT_PAYOUT, GRANT_CREDIT, EXPORT -> throw new IllegalArgumentException();
        };
    }

    private boolean isPerformed(CaseWork work) {
        return isDone(
                () -> complaints.record(complaint().number(), null, manager().actor(), work));
    }

    private static boolean isDone(Runnable deed) {
        try {
            deed.run();
            return true;
        } catch (Refused refused) {
            return false;
        }
    }
}
