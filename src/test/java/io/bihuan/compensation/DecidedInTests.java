package io.bihuan.compensation;

import io.bihuan.complaint.Registration;
import io.bihuan.complaint.SomeComplaint;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Responsibility as a test decides it. */
@Component
public class DecidedInTests implements Responsible {
    private final Map<UUID, String> decided = new ConcurrentHashMap<>();

    public void decide(UUID complaintId, String kind) {
        decided.put(complaintId, kind);
    }

    /** A complaint about fees, of the category for which most may be granted. */
    public static Registration aboutFees(Instant at) {
        Registration r = SomeComplaint.receivedAt(at);
        return new Registration(
                r.businessLine(),
                r.channel(),
                r.kind(),
                "fees",
                r.severity(),
                r.priority(),
                r.department(),
                r.customersAffected(),
                r.title(),
                r.content(),
                r.customer(),
                r.product(),
                r.remedySought(),
                r.origin(),
                r.externalNumber(),
                r.occurredAt(),
                r.receivedAt(),
                r.acknowledged(),
                r.owner(),
                r.ownerConfirmed(),
                r.attachments(),
                r.archive());
    }

    @Override
    public Optional<String> of(UUID complaintId) {
        return Optional.ofNullable(decided.get(complaintId));
    }
}
