package io.bihuan.complaint.web;

import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How clocks fared.
 *
 * @param part the heading of the second column; null when there is none
 * @param repeats how many of those that came in repeat an earlier one, as a sentence; null when there is nothing to count
 * @param departments to choose from; empty for who sees only one
 */
public record ClockStatisticsPage(
        ClockStatisticsQuery query,
        List<Option> divisions,
        List<Option> departments,
        @Nullable String part,
        List<Line> lines,
        List<Pause> pauses,
        @Nullable String repeats,
        FieldErrors errors) {
    /** One line of the table; texts as they are read. */
    public record Line(
            String clock,
            @Nullable String part,
            long due,
            long met,
            long missed,
            long missedOpen,
            long cancelled,
            long standing,
            String share,
            String interval,
            String tone,
            String median,
            String ninth,
            String paused,
            long extensions,
            long late) {}

    public record Pause(String clock, String reason, long clocks, String length) {}
}
