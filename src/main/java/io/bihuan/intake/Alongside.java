package io.bihuan.intake;

import io.bihuan.complaint.Complaint;
import io.bihuan.platform.Writes;
import org.jspecify.annotations.Nullable;

/** What must be true together with the consequence of a message: written in the same transaction. */
@FunctionalInterface
public interface Alongside {
    Alongside NOTHING = (message, complaint, writes) -> {};

    /**
     * Adds to the writes of the transaction.
     *
     * @param complaint the one it opened or added to; null when there is none
     */
    void write(InboxMessage message, @Nullable Complaint complaint, Writes writes);
}
