package io.bihuan.complaint;

import java.util.Optional;
import java.util.UUID;

/** Proposes who should handle a complaint; the module that knows what people can do provides it, a person decides. */
@FunctionalInterface
public interface HandlerProposals {
    /** Whom of this department; empty when nobody can take it. */
    Optional<Proposed> propose(Complaint complaint, String department);

    /** Somebody, with the points that speak for it. */
    record Proposed(UUID person, String name, int points) {}
}
