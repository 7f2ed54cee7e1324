package io.bihuan.screening.web;

import io.bihuan.complaint.Channel;
import io.bihuan.intake.ParkReason;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The messages that wait for somebody.
 *
 * @param first where the list begins; null on its first page
 * @param waiting how much waits in all channels, {@code automatic} what nobody needs to answer
 */
public record BoardPage(
        BoardQuery query,
        List<Tab> tabs,
        int waiting,
        int automatic,
        List<Row> rows,
        @Nullable String first,
        @Nullable String next) {
    /** A channel and how much waits in it. */
    public record Tab(Channel channel, int count, boolean isLate) {}

    /**
     * A message as one line.
     *
     * @param title masked; empty when nothing was understood
     * @param holder who is to take it up, or did
     */
    public record Row(
            UUID id,
            String title,
            String sender,
            Channel channel,
            ParkReason reason,
            @Nullable Instant dueAt,
            Instant receivedAt,
            boolean isLate,
            String holder,
            boolean isMine,
            boolean isClaimed,
            int attachments,
            int climbs,
            int calls) {
        public String look() {
            return isLate ? "due-over" : "";
        }
    }
}
