package io.bihuan.solution.web;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What waits for approval. */
public record ApprovalsPage(
        List<Row> rows, @Nullable String first, @Nullable String next) {
    /**
     * A proposal.
     *
     * @param text what the customer would read
     * @param amount in words; null where it costs nothing
     * @param isMine whether this person may decide it, as far as the own part in it goes
     */
    public record Row(
            String number,
            String href,
            int proposal,
            String text,
            String by,
            Instant askedAt,
            Instant dueAt,
            @Nullable String amount,
            int approvers,
            int approved,
            boolean isMine) {}
}
