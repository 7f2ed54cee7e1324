package io.bihuan.intake;

import io.bihuan.platform.Actor;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done with a waiting message.
 *
 * @param person whom it concerns: to whom it was forwarded, from whom it was taken over
 * @param note what was said about it
 */
public record MessageStep(
        int sequence,
        Instant at,
        Actor actor,
        Deed what,
        @Nullable UUID person,
        @Nullable String note) {
    /** What can be done with a waiting message. */
    public enum Deed {
        CLAIMED,
        /** From a colleague who had claimed it. */
        TAKEN_OVER,
        FORWARDED,
        /** Nobody had claimed it in time. */
        CLIMBED,
        /** Its screener is away. */
        HANDED_OVER,
        /** A call-back that reached nobody. */
        CALLED_IN_VAIN,
        /** A call-back that reached the customer and left nothing to do. */
        CALLED,
        READ_AGAIN,
        SHOWN,
        COPIED,
        REPLIED,
        OPENED,
        ADDED,
        REJECTED,
        CLOSED
    }
}
