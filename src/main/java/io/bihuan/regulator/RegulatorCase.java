package io.bihuan.regulator;

import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Stage;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A case as the authority knows it.
 *
 * @param sentAt when the authority sent it: the clocks run from here
 * @param statedDueAt until when the authority wants the answer; null when it said nothing
 * @param answeredAt when the answer was recorded last
 */
public record RegulatorCase(
        UUID complaintId,
        ComplaintNumber number,
        Stage stage,
        @Nullable String department,
        Authority authority,
        String externalNumber,
        Instant sentAt,
        @Nullable Instant statedDueAt,
        @Nullable Instant answeredAt) {}
