package io.bihuan.clock.web;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The policies in force, by pack. */
public record PoliciesPage(List<Group> groups) {
    public record Group(String pack, String name, int version, List<Row> rows) {}

    /**
     * One clock; texts as they are read.
     *
     * @param isPackNewer whether the pack states something newer that nobody has taken
     */
    public record Row(
            String name,
            String label,
            String start,
            String stop,
            String amounts,
            String calendar,
            String grade,
            String pausable,
            String extensions,
            String warnAt,
            String source,
            int revision,
            @Nullable Instant since,
            boolean isOwn,
            boolean isPackNewer,
            boolean isPlanned) {}
}
