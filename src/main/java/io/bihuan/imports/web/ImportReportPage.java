package io.bihuan.imports.web;

import io.bihuan.imports.ImportRun;
import io.bihuan.web.Option;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An import under way or over.
 *
 * @param error why it failed; null when it did not
 * @param flags what complaints were taken in without, and how many
 * @param rejections the first ones
 * @param next address of further rejections; null when these are all
 */
public record ImportReportPage(
        ImportRun run,
        String startedBy,
        @Nullable String error,
        List<Option> flags,
        List<OwnerLine> owners,
        int dueSoon,
        int overdue,
        List<RejectionLine> rejections,
        @Nullable String first,
        @Nullable String next) {
    /** Whether the rows become cases of customers, and not the customers themselves. */
    public boolean isOfCases() {
        return isOfComplaints() || run.settings().kind() == ImportRun.Kind.REGULATOR_CASES;
    }

    public boolean isOfComplaints() {
        return run.settings().kind() == ImportRun.Kind.COMPLAINTS;
    }

    /** How many late cases somebody has got. */
    public record OwnerLine(String name, int dueSoon, int overdue) {}

    /** A row that was not taken in, and why. */
    public record RejectionLine(long line, List<String> reasons, String excerpt) {}
}
