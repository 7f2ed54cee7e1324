package io.bihuan.compensation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.privacy.Personal;
import io.bihuan.standard.Measure;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What happened to the money of a complaint; amounts are hundredths of the currency. */
public sealed interface CompensationEvent extends ComplaintEvent.CaseEvent {
    UUID grant();

    long fen();

    String currency();

    /** {@code responsibility} is null for goodwill, {@code approver} where the limit of whoever granted it was enough. */
    record CompensationGranted(
            UUID grant,
            long fen,
            String currency,
            String item,
            Measure measure,
            Means means,
            @Nullable String responsibility,
            @Nullable Integer proposal,
            @Nullable Integer measureNumber,
            boolean needsApproval,
            @Nullable UUID approver,
            @Nullable Personal reason)
            implements CompensationEvent {
        @Override
        @JsonIgnore
        public List<Personal> texts() {
            return Stream.ofNullable(reason).toList();
        }
    }

    record CompensationApproved(UUID grant, long fen, String currency, UUID approver) implements CompensationEvent {}

    record CompensationIssued(
            UUID grant,
            long fen,
            String currency,
            Means means,
            @Nullable Instant expiresAt) implements CompensationEvent {}

    /** A voucher was used there, or a credit carried out so. */
    record CompensationUsed(
            UUID grant,
            long fen,
            String currency,
            Means means,
            @Nullable Personal note) implements CompensationEvent {}

    record CompensationExpired(UUID grant, long fen, String currency) implements CompensationEvent {}

    record CompensationVoided(
            UUID grant,
            long fen,
            String currency,
            VoidCause cause,
            @Nullable Personal reason) implements CompensationEvent {}

    record CompensationPaid(UUID grant, long fen, String currency, UUID payout) implements CompensationEvent {}

    record PayoutFailed(
            UUID grant,
            long fen,
            String currency,
            UUID payout,
            @Nullable Personal reason) implements CompensationEvent {}

    /** It is paid once more, after a failure, perhaps to another account. */
    record PayoutRepeated(UUID grant, long fen, String currency, UUID payout) implements CompensationEvent {}
}
