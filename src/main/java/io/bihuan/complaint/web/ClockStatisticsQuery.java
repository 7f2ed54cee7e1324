package io.bihuan.complaint.web;

import io.bihuan.complaint.ClockStatistics.Division;
import io.bihuan.pack.Kind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What somebody typed on the page of clock statistics. */
public record ClockStatisticsQuery(
        @Nullable String from,
        @Nullable String until,
        @Nullable String by,
        @Nullable String department,
        @Nullable String kind) {
    public ClockStatisticsQuery {
        from = from == null ? "" : from.strip();
        until = until == null ? "" : until.strip();
        by = by == null || by.isEmpty() ? Division.NONE.name() : by;
        department = department == null ? "" : department;
        kind = kind == null ? Kind.COMPLAINT.name() : kind;
    }

    /** The same question asked once more, as the end of an address. */
    public String asQuery() {
        return "?from=" + encoded(from) + "&until=" + encoded(until) + "&by=" + encoded(by) + "&department="
                + encoded(department) + "&kind=" + encoded(kind);
    }

    private static String encoded(@Nullable String text) {
        return URLEncoder.encode(String.valueOf(text), StandardCharsets.UTF_8);
    }
}
