package io.bihuan.complaint.web;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event as people read it.
 *
 * @param sentence what happened, beyond the title
 * @param quote what somebody wrote
 * @param icon a name of {@code static/app/icons.svg}
 */
public record TimelineEntry(
        int sequence,
        Instant at,
        String title,
        String who,
        String icon,
        String tone,
        @Nullable String sentence,
        @Nullable String quote,
        List<Evidence> files) {}
