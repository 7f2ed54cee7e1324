package io.bihuan.pack;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A version of a pack as it lies in the database, without its files.
 *
 * @param edition the author's mark
 * @param base the pack that it extends and whose files it carries
 * @param effectiveFrom it does not come into force before this day; null when its author names none
 * @param storedBy an {@link io.bihuan.platform.Actor} as text
 * @param standing what became of it
 * @param from since when it is in force, or from when it is planned to be; null when it was never or is no longer
 */
public record StoredVersion(
        String pack,
        int version,
        String edition,
        String hash,
        Origin origin,
        Label name,
        boolean isAbstract,
        @Nullable String base,
        @Nullable LocalDate effectiveFrom,
        @Nullable LocalDate effectiveTo,
        Instant storedAt,
        String storedBy,
        String note,
        Standing standing,
        @Nullable Instant from) {
    /** What becomes of a version. */
    public enum Standing {
        IN_FORCE,
        /** Comes into force later. */
        PLANNED,
        /** Was in force once. */
        REPLACED,
        /** Was never in force: somebody may activate it. */
        WAITING
    }
}
