package io.bihuan.complaint.web;

import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Stage;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A complaint as one line of a list, in the words of its reader; the customer's name is masked.
 *
 * @param clock the one that is due next; null where none is open, or where the list does not show it
 */
public record WorklistRow(
        String id,
        int version,
        String number,
        String readableNumber,
        List<Piece> title,
        List<Piece> excerpt,
        Severity severity,
        Priority priority,
        Kind kind,
        Stage stage,
        Channel channel,
        String category,
        String customer,
        String owner,
        boolean ownerConfirmed,
        boolean isMine,
        String department,
        String handler,
        Instant receivedAt,
        @Nullable RowClock clock,
        boolean waiting,
        @Nullable Instant archivedAt) {
    /** A stretch of text, marked where the search found it. */
    public record Piece(String text, boolean marked) {}
}
