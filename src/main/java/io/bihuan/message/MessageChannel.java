package io.bihuan.message;

import java.time.Duration;

/** Brings messages on one way; a bean of whoever knows how. It is called outside of transactions and may take some seconds. */
public interface MessageChannel {
    Way way();

    /** Whether it is set up. */
    boolean isReady();

    /** Hands it over, once: whoever cannot tell what came of it says so. */
    Outcome send(Errand errand);

    /** What became of it. */
    Outcome ask(Errand errand);

    /** Takes back what it has taken and not begun to send; false when that cannot be said for certain. */
    default boolean withdraw(Errand errand) {
        return false;
    }

    /** Whether it ever says that something arrived. Where nobody says so, what was sent and not refused is told. */
    default boolean confirms() {
        return true;
    }

    /** How long after handing it over an answer that it is not known may be premature. */
    Duration settling();
}
