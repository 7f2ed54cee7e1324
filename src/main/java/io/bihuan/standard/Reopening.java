package io.bihuan.standard;

import io.bihuan.pack.PackNode;
import io.bihuan.pack.Source;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * For how long after it was put away a complaint goes on under its number when the trouble comes back; later it is a new one.
 *
 * @param within counted in days of 24 hours
 */
public record Reopening(Duration within, @Nullable Source source) {
    /** Where a pack says nothing. */
    public static final Reopening USUAL = new Reopening(Duration.ofDays(30), null);

    static Reopening read(PackNode node) {
        return new Reopening(Duration.ofDays(node.number("days", 1, 3660)), node.source("source"));
    }

    public boolean isOpen(Instant archivedAt, Instant now) {
        return !now.isAfter(archivedAt.plus(within));
    }
}
