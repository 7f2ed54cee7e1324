package io.bihuan.intake;

import io.bihuan.platform.Writes;

/** Who wants to know, in the same transaction, that a message waits for a person or no longer does. */
public interface InboxWatcher {
    void parked(InboxMessage message, Writes writes);

    void decided(InboxMessage message, Writes writes);
}
