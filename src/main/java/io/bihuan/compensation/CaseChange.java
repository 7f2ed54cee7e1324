package io.bihuan.compensation;

import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.platform.Actor;
import io.bihuan.web.NotFound;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Does something with the money of a complaint whatever has become of the complaint: one that goes on in another has it told there, and
 * one that was erased has nothing told any more; a voucher is still worth what it says.
 */
@Component
class CaseChange {
    private static final Logger log = LoggerFactory.getLogger(CaseChange.class);

    private final Complaints complaints;

    CaseChange(Complaints complaints) {
        this.complaints = complaints;
    }

    @Transactional
    public void perform(UUID complaintId, Actor actor, Supplier<List<CompensationEvent>> change) {
        Complaint complaint = complaints.find(List.of(complaintId)).stream()
                .findFirst()
                .orElseThrow(() -> new NotFound("complaint " + complaintId));
        if (complaint.erasedAt() != null) {
            List<CompensationEvent> untold = change.get();
            log.debug("Complaint {} was erased: {} events are told nowhere", complaintId, untold.size());
            return;
        }
        ComplaintNumber number = complaint.isJoined() ? complaints.living(complaint.number()) : complaint.number();
        complaints.record(number, null, actor, (locked, writes) -> change.get());
    }
}
