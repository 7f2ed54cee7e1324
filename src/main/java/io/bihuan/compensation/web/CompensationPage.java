package io.bihuan.compensation.web;

import io.bihuan.complaint.CasePages;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was granted on a complaint, and the form for more.
 *
 * @param responsibility in words; null when nothing was decided
 * @param isOwed whether more than goodwill may be granted
 */
public record CompensationPage(
        CasePages.Head head,
        List<Line> grants,
        String cost,
        @Nullable String responsibility,
        boolean isOwed,
        boolean mayGrant,
        List<Item> items,
        List<Option> means,
        List<Option> causes,
        GrantForm form,
        int usualDays,
        FieldErrors errors) {
    /** What may be granted: its value, its limits and its condition in words. */
    public record Item(String name, String label, String value, String limits, String condition) {}

    /**
     * One grant.
     *
     * @param code of a voucher: masked, or whole when it was asked for; null when there is none
     * @param unanswered that the customer has yet to agree; null when there is nothing to wait for
     * @param mayReturn by the way it came, instead of to an account
     */
    public record Line(
            String id,
            String item,
            String amount,
            String means,
            String status,
            String tone,
            String reason,
            String grantedBy,
            Instant grantedAt,
            boolean needsApproval,
            @Nullable String approvedBy,
            @Nullable Instant approvedAt,
            @Nullable Instant issuedAt,
            @Nullable String lastDay,
            @Nullable Instant endedAt,
            String endNote,
            @Nullable String code,
            boolean isCodeShown,
            List<Paid> payouts,
            boolean waits,
            @Nullable String unanswered,
            boolean mayApprove,
            boolean mayIssueVoucher,
            boolean mayIssuePayout,
            boolean mayIssueCredit,
            boolean mayReturn,
            boolean maySettle,
            boolean mayPayAgain,
            boolean mayAnnul) {}

    /** A payout of it: name and account masked. */
    public record Paid(
            int attempt,
            String name,
            String account,
            String state,
            String tone,
            @Nullable Instant endedAt,
            String failure) {}
}
