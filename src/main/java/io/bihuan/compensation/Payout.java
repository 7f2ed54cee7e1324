package io.bihuan.compensation;

import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.platform.Money;
import io.bihuan.privacy.Masks;
import io.bihuan.privacy.Personal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Money to an account.
 *
 * @param attempt 1 for the first
 * @param failure why the bank did not pay
 */
public record Payout(
        UUID complaintId,
        UUID id,
        UUID grantId,
        ComplaintNumber number,
        int attempt,
        Money amount,
        State state,
        @Nullable UUID batchId,
        @Nullable Personal name,
        @Nullable Personal bank,
        @Nullable Personal account,
        @Nullable Personal failure,
        @Nullable String reference,
        Instant createdAt,
        @Nullable Instant endedAt) {
    /** How far a payout has come. */
    public enum State {
        WAITING,
        EXPORTED,
        PAID,
        FAILED,
        CANCELLED
    }

    public String maskedName() {
        return Masks.name(Personal.valueOf(name));
    }

    public String maskedAccount() {
        return Masks.bankCard(Personal.valueOf(account));
    }
}
