package io.bihuan.routing.web;

import io.bihuan.complaint.Channel;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The complaints that somebody should stand up for, the most urgent first. */
public record UnconfirmedPage(
        List<Line> lines, @Nullable String first, @Nullable String next) {
    /** One of them; {@code owner} is to whom it was dealt. */
    public record Line(
            String number,
            String readable,
            int version,
            String title,
            Severity severity,
            Priority priority,
            Channel channel,
            String owner,
            boolean isMine,
            @Nullable Instant dueAt) {}
}
