package io.bihuan.solution;

import io.bihuan.complaint.ComplaintNumber;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * A proposal that waits for approval.
 *
 * @param barred who may not decide it
 * @param approvers how many must approve, of whom {@code approved} have
 * @param fen what it costs, in hundredths of a yuan
 */
public record OpenApproval(
        UUID complaintId,
        ComplaintNumber number,
        int proposal,
        Instant askedAt,
        UUID askedBy,
        Set<UUID> barred,
        int approvers,
        int approved,
        long fen,
        Instant dueAt) {}
