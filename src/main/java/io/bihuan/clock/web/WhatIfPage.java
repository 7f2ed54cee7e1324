package io.bihuan.clock.web;

import io.bihuan.clock.Outcome;
import io.bihuan.clock.WhatIf;
import io.bihuan.pack.Severity;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a draft would have meant.
 *
 * @param path of the policy
 * @param changes of the draft against what was in force when it was run
 */
public record WhatIfPage(
        String path,
        String label,
        WhatIf run,
        String by,
        List<String> changes,
        String before,
        String after,
        List<Row> rows,
        @Nullable String first,
        @Nullable String next) {
    /** A case whose outcome would have been another; without an address for who may not see it. */
    public record Row(
            String text,
            @Nullable String href,
            Severity severity,
            Instant startedAt,
            @Nullable Instant stoppedAt,
            Outcome before,
            Outcome after,
            String dueBefore,
            String dueAfter) {}

    public String progress() {
        return path + "/what-ifs/" + run.id() + "/progress";
    }
}
