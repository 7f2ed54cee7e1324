package io.bihuan.telephony;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The language of a telephone system: how one signs on, what keeps the connection awake, and what its messages say of calls. */
interface Switchboard {
    /** The telephone system does not let us in, and will not until somebody changes something. */
    final class NotAdmitted extends IOException {
        NotAdmitted(String message) {
            super(message);
        }
    }

    /** Takes what comes first, before the first message; false when it has not come yet. */
    boolean greet(TextLine line) throws IOException;

    /** The next message; null when it has not come whole yet. */
    @Nullable
    Map<String, String> read(TextLine line) throws IOException;

    /** Answers what belongs to signing on; true once the telephone system has let us in. */
    boolean signOn(Map<String, String> message, TextLine line) throws IOException;

    /** Asks for a sign of life. */
    void ping(TextLine line) throws IOException;

    /** What a message says of calls. */
    List<CallEvent> events(Map<String, String> message, Instant receivedAt);
}
