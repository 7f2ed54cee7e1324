package io.bihuan.compensation;

import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Money;
import io.bihuan.privacy.Personal;
import io.bihuan.standard.Measure;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something promised, given or taken back.
 *
 * @param responsibility the decision on which it stands; null for goodwill
 * @param endNote where it was used, or why it came to nothing
 * @param hasCode whether its voucher code can still be read
 */
public record Grant(
        UUID complaintId,
        UUID id,
        ComplaintNumber number,
        UUID budgetId,
        String item,
        Measure measure,
        Means means,
        Money amount,
        @Nullable String responsibility,
        @Nullable Integer proposal,
        @Nullable Integer measureNumber,
        Status status,
        boolean needsApproval,
        Actor grantedBy,
        Instant grantedAt,
        @Nullable UUID approvedBy,
        @Nullable Instant approvedAt,
        @Nullable Instant issuedAt,
        @Nullable Instant expiresAt,
        @Nullable Instant endedAt,
        @Nullable VoidCause voidCause,
        @Nullable Personal reason,
        @Nullable Personal endNote,
        boolean hasCode) {
    public boolean goodwill() {
        return responsibility == null;
    }

    /** Whether somebody else must approve it before it can be issued. */
    public boolean waitsForApproval() {
        return status == Status.RESERVED && needsApproval && approvedBy == null;
    }

    /** Whether it can be handed over by these means. */
    public boolean mayBe(Means other) {
        return Means.allowed(measure).contains(other);
    }

    /** Whether the company still has to do something: a voucher, once issued, is in the customer's hands. */
    public boolean isOpen() {
        return status == Status.RESERVED || (status == Status.ISSUED && means != Means.VOUCHER);
    }
}
