package io.bihuan.capture.web;

import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form for a public post, and what became of a table of them.
 *
 * @param report null when no table came
 */
public record PostsPage(
        PostForm form, List<Option> businessLines, @Nullable Report report, FieldErrors errors) {
    /** What a table brought; {@code refused} are the rows that were not taken, each with its reason. */
    public record Report(int added, int known, List<Refusal> refused) {}

    /** A row of the table that was not taken; the first row under the headings is 2, as spreadsheets count. */
    public record Refusal(long row, String reason) {}
}
