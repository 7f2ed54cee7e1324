package io.bihuan.intake;

import io.bihuan.platform.Writes;

/** How the sender of a message is answered by the way it came; a channel that can do so has such a bean. */
public interface Replies {
    /** The part of the source that names its reader, as of {@link InboxReader#source}. */
    String source();

    /** Whether this sender may be and can be answered. */
    boolean canReply(InboxMessage message);

    /** Adds the answer to the writes of the transaction; it is sent afterwards. */
    void reply(InboxMessage message, String text, Writes writes);
}
