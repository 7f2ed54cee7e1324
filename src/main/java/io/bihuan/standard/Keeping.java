package io.bihuan.standard;

import io.bihuan.pack.Label;
import io.bihuan.pack.Source;
import java.time.Period;
import org.jspecify.annotations.Nullable;

/**
 * How long something is kept.
 *
 * @param keep whole months or years
 */
public record Keeping(
        String name,
        Label label,
        Applies applies,
        Period keep,
        After after,
        @Nullable Source source) {
    /** From when it counts. */
    public enum After {
        REGISTERED,
        ARCHIVED
    }
}
