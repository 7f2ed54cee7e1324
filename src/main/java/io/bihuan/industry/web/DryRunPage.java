package io.bihuan.industry.web;

import io.bihuan.industry.DryRun;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a version would have done otherwise. */
public record DryRunPage(
        String name,
        DryRun run,
        String by,
        List<Group> groups,
        List<Row> rows,
        @Nullable String first,
        @Nullable String next) {
    /** How often what became what, for one aspect. */
    public record Group(String label, List<Tally> tallies) {}

    public record Tally(String before, String after, int count) {}

    /** A complaint for which something comes out otherwise; without an address for who may not see it. */
    public record Row(String text, @Nullable String href, Instant receivedAt, List<String> differences) {}

    public String path() {
        return "/desk/packs/" + run.pack() + "/versions/" + run.versionAfter();
    }
}
