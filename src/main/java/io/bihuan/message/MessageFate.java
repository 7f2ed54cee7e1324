package io.bihuan.message;

import java.time.Instant;
import java.util.UUID;

/**
 * Hears what became of messages about its subject: each change of way or state once and in order, in a transaction of its own, which also
 * forgets the change. Whoever throws is told again later, and nothing of the outcome is lost by it.
 */
public interface MessageFate {
    /** The subject whose messages it wants to hear of. */
    String subject();

    /** One change. FAILED and SUPPRESSED come when no way is left; a next way begins with PLANNED. */
    void changed(UUID messageId, UUID subjectId, Way way, State state, Instant at);
}
