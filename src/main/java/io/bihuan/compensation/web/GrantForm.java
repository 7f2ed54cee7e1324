package io.bihuan.compensation.web;

import io.bihuan.compensation.GrantOrder;
import io.bihuan.compensation.Means;
import io.bihuan.platform.Money;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Texts;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Something to be granted, as it is typed. */
public record GrantForm(
        @NotBlank @Size(max = 80) String item,
        String means,
        @NotBlank @Size(max = 20) String amount,
        @Size(max = 4) String quantity,
        @Size(max = 20) String base,
        @Size(max = 60) String outlet,
        @NotBlank @Size(max = 2_000) String reason,
        @NotBlank @Size(max = 60) String key) {
    public GrantForm(
            @Nullable String item,
            @Nullable String means,
            @Nullable String amount,
            @Nullable String quantity,
            @Nullable String base,
            @Nullable String outlet,
            @Nullable String reason,
            @Nullable String key) {
        this.item = typed(item);
        this.means = typed(means);
        this.amount = typed(amount);
        this.quantity = typed(quantity);
        this.base = typed(base);
        this.outlet = typed(outlet);
        this.reason = typed(reason);
        this.key = typed(key);
    }

    static GrantForm empty(String key) {
        return new GrantForm("", "", "", "1", "", "", "", key);
    }

    static String typed(@Nullable String text) {
        return Objects.requireNonNullElse(text, "").strip();
    }

    /** What is wrong in it beyond what is missing. */
    FieldErrors check(FieldErrors errors, Texts t) {
        FieldErrors found = errors;
        if (Money.readYuan(amount) == null) {
            found = found.with("amount", t.of("compensation.form.money"));
        }
        if (!base.isEmpty() && Money.readYuan(base) == null) {
            found = found.with("base", t.of("compensation.form.money"));
        }
        if (!quantity.isEmpty() && !quantity.matches("[1-9]\\d{0,2}")) {
            found = found.with("quantity", t.of("compensation.form.quantity"));
        }
        return found;
    }

    GrantOrder order() {
        return new GrantOrder(
                item,
                Arrays.stream(Means.values())
                        .filter(each -> each.name().equals(means))
                        .findFirst()
                        .orElse(null),
                Objects.requireNonNull(Money.readYuan(amount)),
                quantity.isEmpty() ? 1 : Integer.parseInt(quantity),
                base.isEmpty() ? null : Money.readYuan(base),
                outlet.isEmpty() ? null : outlet,
                reason,
                null,
                null,
                key,
                null);
    }
}
