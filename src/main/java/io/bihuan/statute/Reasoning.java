package io.bihuan.statute;

import io.bihuan.platform.Money;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A finding while it is reasoned out. What is missing wins over what seems to hold. */
final class Reasoning {
    private final Rule rule;
    private final Basis basis;
    private final LocalDate day;
    private final List<Line> lines = new ArrayList<>();
    private final Set<Input> missing = EnumSet.noneOf(Input.class);
    private @Nullable LocalDate until;
    private @Nullable Money amount;

    Reasoning(Rule rule, Basis basis, LocalDate day) {
        this.rule = rule;
        this.basis = basis;
        this.day = day;
    }

    Reasoning line(String key, Object... arguments) {
        lines.add(new Line(key, List.of(arguments)));
        return this;
    }

    Reasoning lines(List<Line> more) {
        lines.addAll(more);
        return this;
    }

    Reasoning missing(Input input) {
        missing.add(input);
        return this;
    }

    Reasoning until(LocalDate last) {
        until = last;
        return this;
    }

    Reasoning amount(Money money) {
        amount = money;
        return this;
    }

    Finding lacks(Input input) {
        return missing(input).judged(Verdict.CANNOT_BE_JUDGED);
    }

    Finding holds(boolean holds) {
        return judged(Verdict.of(holds));
    }

    Finding judged(Verdict verdict) {
        return new Finding(
                rule,
                missing.isEmpty() ? verdict : Verdict.CANNOT_BE_JUDGED,
                lines,
                missing,
                basis,
                day,
                until,
                amount);
    }
}
