package io.bihuan.intake;

import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintNumber;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A received message and what became of it.
 *
 * @param sha256 of the raw content, hexadecimal
 * @param attempts how often a reader took it up
 * @param reason why it was parked, also when it has been decided since
 * @param arguments details of the reason
 * @param draft what was understood of it
 * @param note why it ended or was rejected
 * @param error what went wrong when it was read last
 * @param screener who is to decide
 */
public record InboxMessage(
        UUID id,
        Channel channel,
        String source,
        String sourceId,
        @Nullable String conversation,
        @Nullable String businessLine,
        Instant receivedAt,
        String mediaType,
        long size,
        String sha256,
        State state,
        int attempts,
        @Nullable UUID complaintId,
        @Nullable ComplaintNumber complaint,
        @Nullable ParkReason reason,
        List<String> arguments,
        @Nullable Submission draft,
        @Nullable String note,
        @Nullable String error,
        @Nullable UUID screener,
        @Nullable Instant claimedAt,
        @Nullable Instant decidedAt,
        @Nullable UUID decidedBy) {
    /** How far it has come. */
    public enum State {
        /** Stored, not yet understood. */
        NEW,
        /** A complaint was opened with it. */
        OPENED,
        /** It was added to a complaint. */
        ADDED,
        /** It waits for a person. */
        PARKED,
        /** Nobody had to do anything. */
        ENDED,
        /** A person decided that nothing comes of it. */
        REJECTED
    }

    /** The part of the source that names its reader. */
    public String reader() {
        int colon = source.indexOf(':');
        return colon < 0 ? source : source.substring(0, colon);
    }

    InboxMessage of(@Nullable String line) {
        return new InboxMessage(
                id,
                channel,
                source,
                sourceId,
                conversation,
                line,
                receivedAt,
                mediaType,
                size,
                sha256,
                state,
                attempts,
                complaintId,
                complaint,
                reason,
                arguments,
                draft,
                note,
                error,
                screener,
                claimedAt,
                decidedAt,
                decidedBy);
    }

    InboxMessage decided(State what, @Nullable Complaint of) {
        return new InboxMessage(
                id,
                channel,
                source,
                sourceId,
                conversation,
                businessLine,
                receivedAt,
                mediaType,
                size,
                sha256,
                what,
                attempts,
                of == null ? null : of.id(),
                of == null ? null : of.number(),
                reason,
                arguments,
                draft,
                note,
                error,
                screener,
                claimedAt,
                decidedAt,
                decidedBy);
    }

    InboxMessage parked(ParkReason why, List<String> details, @Nullable Submission known, UUID person) {
        return new InboxMessage(
                id,
                channel,
                source,
                sourceId,
                conversation,
                businessLine,
                receivedAt,
                mediaType,
                size,
                sha256,
                State.PARKED,
                attempts,
                null,
                null,
                why,
                details,
                known,
                null,
                null,
                person,
                null,
                null,
                null);
    }
}
