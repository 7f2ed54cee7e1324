package io.bihuan.routing.web;

import io.bihuan.routing.HandOvers.Planned;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The open cases of somebody who will be away, and to whom each can go. */
public record HandOverPage(Planned planned, List<Line> lines, String failed, String note, FieldErrors errors) {
    /**
     * One case.
     *
     * @param owners with their points, the best first; null when it has another owner
     * @param handlers the same; null when it has another handler, or no other can be named now
     */
    public record Line(
            String number,
            String readable,
            String title,
            @Nullable Instant dueAt,
            boolean isHandler,
            @Nullable List<Option> owners,
            @Nullable List<Option> handlers) {}
}
