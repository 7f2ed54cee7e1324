package io.bihuan.calendar.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** All calendars and holiday sets, with what is to be done about them. */
public record CalendarsPage(List<Row> calendars, List<SetRow> sets, List<TaskLine> tasks, boolean mayChange) {
    /** A calendar; {@code over} is the name of the one it stands in for. */
    public record Row(
            String name,
            String label,
            String zone,
            @Nullable String holidays,
            int version,
            @Nullable String over,
            String appliesTo) {}

    public record SetRow(String name, String label, int version, String years) {}

    /** A missing notice, as a sentence. */
    public record TaskLine(String text, String href) {}
}
