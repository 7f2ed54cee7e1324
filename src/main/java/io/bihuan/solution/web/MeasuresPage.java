package io.bihuan.solution.web;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Measures that are to be carried out.
 *
 * @param whose {@code mine}, {@code department} or {@code all}
 * @param hasDepartment whether this person is of one
 */
public record MeasuresPage(
        List<Row> rows,
        String whose,
        boolean hasDepartment,
        @Nullable String first,
        @Nullable String next) {
    /** A measure. */
    public record Row(
            String number,
            String href,
            String kind,
            String text,
            String who,
            Instant dueAt,
            @Nullable String amount) {}
}
