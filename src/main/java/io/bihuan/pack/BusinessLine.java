package io.bihuan.pack;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a company sells or does and customers complain about; it runs a pack. A closed line takes no new complaints, those it has go on.
 *
 * @param code in lower case with hyphens; complaints have it
 */
public record BusinessLine(
        String code,
        Label name,
        String pack,
        int position,
        Instant openedAt,
        String openedBy,
        @Nullable Instant closedAt,
        @Nullable String closedBy) {
    public boolean isActive() {
        return closedAt == null;
    }
}
