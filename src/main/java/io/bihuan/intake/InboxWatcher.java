package io.bihuan.intake;

import io.bihuan.complaint.Complaint;
import io.bihuan.platform.Writes;
import org.jspecify.annotations.Nullable;

/** Who wants to know, in the same transaction, that a message waits for a person or no longer does. */
public interface InboxWatcher {
    void parked(InboxMessage message, Writes writes);

    /**
     * A person decided it.
     *
     * @param message as it is now
     * @param complaint the one that it opened or was added to, which may not be stored yet; null when there is none
     */
    void decided(InboxMessage message, @Nullable Complaint complaint, Writes writes);
}
