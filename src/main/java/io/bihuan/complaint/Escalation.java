package io.bihuan.complaint;

import io.bihuan.clock.Escalations.Acknowledged;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far a running clock has escalated.
 *
 * @param plan the name of the plan
 * @param level the highest that has acted
 * @param told everybody who was told so far
 * @param at when the last level acted
 * @param acknowledgedBy the actor who knows of it, since the last level acted
 */
public record Escalation(
        String plan,
        int level,
        List<UUID> told,
        Instant at,
        @Nullable String acknowledgedBy,
        @Nullable Instant acknowledgedAt,
        Acknowledged acknowledged) {
    public Escalation {
        told = told.stream().sorted().distinct().toList();
    }

    /** Not called \"is…\", which would be a property of the stored form. */
    public boolean knownToSomebody() {
        return acknowledged != Acknowledged.NO;
    }
}
