package io.bihuan.compensation.web;

import io.bihuan.compensation.Budget;
import io.bihuan.compensation.Budgets;
import io.bihuan.compensation.Ledger;
import io.bihuan.identity.SignedIn;
import io.bihuan.pack.Packs;
import io.bihuan.platform.Money;
import io.bihuan.platform.Refused;
import io.bihuan.web.BadInput;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.validation.Valid;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** How much may be granted when and where. */
@Controller
@RequestMapping("/desk/budgets")
class BudgetController {
    private static final String TEMPLATE = "compensation/budgets";
    private static final String PATH = "/desk/budgets";
    private static final int NEARLY = 80;
    private static final int ALL = 100;

    private final Budgets budgets;
    private final Ledger ledger;
    private final Packs packs;
    private final InstantSource time;

    BudgetController(Budgets budgets, Ledger ledger, Packs packs, InstantSource time) {
        this.budgets = budgets;
        this.ledger = ledger;
        this.packs = packs;
        this.time = time;
    }

    @GetMapping
    Page show(@RequestParam(defaultValue = "false") boolean check, @AuthenticationPrincipal SignedIn who, Texts t) {
        String month = YearMonth.from(time.instant().atZone(t.zone())).toString();
        return Page.of(
                TEMPLATE,
                page(
                        BudgetForm.empty(packs.businessLines().iterator().next(), month),
                        check ? ledger.check() : null,
                        FieldErrors.NONE,
                        who,
                        t));
    }

    @PostMapping
    Page create(
            @Valid @ModelAttribute BudgetForm form,
            BindingResult binding,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        FieldErrors errors = FieldErrors.of(binding, t);
        Money amount = Money.readYuan(form.amount());
        if (amount == null) {
            errors = errors.with("amount", t.of("compensation.form.money"));
        }
        YearMonth first = month(form.first());
        if (first == null) {
            errors = errors.with("first", t.of("compensation.form.month"));
        }
        if (!errors.any() && amount != null && first != null) {
            if (!packs.businessLines().contains(form.businessLine())) {
                throw new BadInput("/businessLine", "web.field.unreadable");
            }
            try {
                budgets.set(form.businessLine(), form.outlet(), period(form.period()), first, amount, who.actor());
                return Page.done(PATH, "compensation.done.budget");
            } catch (Refused refused) {
                errors = errors.with("first", t.of(refused));
            }
        }
        return Page.invalid(TEMPLATE, page(form, null, errors, who, t));
    }

    @PostMapping("/{id}")
    Page update(@PathVariable UUID id, @RequestParam String amount, @AuthenticationPrincipal SignedIn who) {
        Money money = Money.readYuan(amount.strip());
        if (money == null) {
            throw new Refused("compensation.refused.typedAmount");
        }
        budgets.change(id, money, who.actor());
        return Page.done(PATH, "compensation.done.budget");
    }

    private static Budget.Period period(String typed) {
        return Arrays.stream(Budget.Period.values())
                .filter(each -> each.name().equals(typed))
                .findFirst()
                .orElseThrow(() -> new BadInput("/period", "web.field.unreadable"));
    }

    private static @Nullable YearMonth month(String typed) {
        try {
            return YearMonth.parse(typed);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private BudgetsPage page(BudgetForm form, Ledger.@Nullable Check check, FieldErrors errors, SignedIn who, Texts t) {
        return new BudgetsPage(
                budgets.all().stream().map(each -> line(each, t)).toList(),
                packs.businessLines().stream()
                        .map(code -> new Option(code, line(code, t)))
                        .toList(),
                Stream.of(Budget.Period.MONTH, Budget.Period.QUARTER, Budget.Period.YEAR)
                        .map(each -> new Option(each.name(), t.of(each)))
                        .toList(),
                form,
                CompensationRoutes.maySetBudgets(who),
                check == null
                        ? null
                        : check.isSound()
                                ? t.of("compensation.check.sound", check.entries())
                                : t.of(
                                        "compensation.check.wrong",
                                        check.unbalanced(),
                                        check.wrongBudgets(),
                                        check.misplaced()),
                check != null && check.isSound(),
                errors);
    }

    private String line(String code, Texts t) {
        return packs.businessLines().contains(code) ? packs.line(code).name().in(t.locale()) : code;
    }

    private BudgetsPage.Line line(Budget budget, Texts t) {
        Money allotted = budget.allotted();
        Money available = budget.available();
        int percent = allotted == null ? -1 : budget.percentTaken();
        return new BudgetsPage.Line(
                budget.id().toString(),
                line(budget.businessLine(), t),
                budget.outlet(),
                allotted == null
                        ? t.of(budget.period())
                        : t.of(
                                "compensation.period.from",
                                t.of(budget.period()),
                                YearMonth.from(budget.startsOn()).toString()),
                allotted == null ? t.of("compensation.unlimited") : Looks.money(allotted, t),
                allotted == null ? "" : allotted.yuan(),
                fen(budget.reserved(), t),
                fen(budget.issued(), t),
                fen(budget.used(), t),
                fen(budget.expired(), t),
                fen(budget.voided(), t),
                available == null ? t.of("compensation.unlimited") : Looks.money(available, t),
                percent,
                percent >= ALL ? "red" : percent >= NEARLY ? "orange" : "green");
    }

    private static String fen(long fen, Texts t) {
        return Looks.money(Money.ofFen(fen), t);
    }
}
