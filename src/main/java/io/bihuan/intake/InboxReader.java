package io.bihuan.intake;

import java.io.IOException;
import java.io.InputStream;

/**
 * Understands the messages of one kind of source. It is called outside of a transaction and again after a failure, so it may store files
 * and nothing else.
 */
public interface InboxReader {
    /** The part of the source before the colon. */
    String source();

    Reading read(InboxMessage message, InputStream raw) throws IOException;
}
