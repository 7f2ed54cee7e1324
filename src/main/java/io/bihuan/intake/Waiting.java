package io.bihuan.intake;

import io.bihuan.complaint.Channel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that waits for a person, or did.
 *
 * @param parkedAt since when it waits
 * @param dueAt until when somebody has to take it up; null when nobody needs an answer
 * @param climbs how many steps it went up because nobody claimed it
 * @param answeredAt when somebody decided it or called back for the first time
 * @param isLate whether that was after it was due
 * @param calls how often a call-back reached nobody
 */
public record Waiting(
        InboxMessage message,
        Instant parkedAt,
        @Nullable Instant dueAt,
        int climbs,
        @Nullable Instant answeredAt,
        boolean isLate,
        int calls) {
    public boolean isOpen() {
        return message.state() == InboxMessage.State.PARKED;
    }

    public Channel channel() {
        return message.channel();
    }
}
