package io.bihuan.bulk.web;

import io.bihuan.bulk.Run;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run: what would happen, what happens, what has happened.
 *
 * @param steps what is done to each complaint, in words
 * @param ready how many of them can or could be done
 * @param isMine whether the reader made it
 * @param isUndoneWhole whether nothing of it stayed when it was undone
 * @param undoUntil until when it can be undone; null when it cannot
 */
public record RunPage(
        Run run,
        String title,
        String by,
        List<String> steps,
        List<Row> rows,
        long ready,
        long unable,
        int percent,
        boolean isMine,
        @Nullable Instant undoUntil,
        String undoneBy,
        boolean isUndoneWhole) {
    /**
     * A complaint.
     *
     * @param more what is particular to it: whom it is taken from, what the customer reads
     */
    public record Row(
            String number,
            String readable,
            String title,
            String state,
            String tone,
            List<String> more,
            List<String> problems) {}

    public String path() {
        return "/desk/bulk/" + run.id();
    }
}
