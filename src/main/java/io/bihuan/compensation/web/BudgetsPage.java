package io.bihuan.compensation.web;

import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The budgets, how much of them is taken, and the form for one.
 *
 * @param check what a replay of the book found; null when none was asked for
 */
public record BudgetsPage(
        List<Line> budgets,
        List<Option> lines,
        List<Option> periods,
        BudgetForm form,
        boolean maySet,
        @Nullable String check,
        boolean isSound,
        FieldErrors errors) {
    /** One budget; {@code percent} is negative where nothing limits it. */
    public record Line(
            String id,
            String line,
            String outlet,
            String period,
            String allotted,
            String typed,
            String reserved,
            String issued,
            String used,
            String expired,
            String voided,
            String available,
            int percent,
            String tone) {}
}
