package io.bihuan.compensation.web;

import io.bihuan.compensation.Budget;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** A budget as it is typed. */
public record BudgetForm(
        @NotBlank String businessLine,
        @Size(max = 60) String outlet,
        @NotBlank String period,
        @NotBlank @Size(max = 10) String first,
        @NotBlank @Size(max = 20) String amount) {
    public BudgetForm(
            @Nullable String businessLine,
            @Nullable String outlet,
            @Nullable String period,
            @Nullable String first,
            @Nullable String amount) {
        this.businessLine = GrantForm.typed(businessLine);
        this.outlet = GrantForm.typed(outlet);
        this.period = GrantForm.typed(period);
        this.first = GrantForm.typed(first);
        this.amount = GrantForm.typed(amount);
    }

    static BudgetForm empty(String businessLine, String first) {
        return new BudgetForm(businessLine, "", Budget.Period.MONTH.name(), first, "");
    }
}
