package io.bihuan.solution;

import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.standard.Measure;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A measure that is to be carried out. */
public record OpenMeasure(
        UUID complaintId,
        ComplaintNumber number,
        int proposal,
        int measure,
        Measure kind,
        String department,
        @Nullable UUID person,
        Instant dueAt,
        @Nullable Long fen) {
    /** The place of a row in the list. */
    public record Place(Instant dueAt, UUID complaintId, int proposal, int measure) {}
}
