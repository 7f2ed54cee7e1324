package io.bihuan.chat;

import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.platform.Refused;
import io.bihuan.privacy.Personal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A conversation.
 *
 * @param queuedAt since when it waits for an agent, or waited
 * @param answeredAt when a person of ours first wrote something
 * @param visitor who talks in a place of his own, as {@code source:address}; null for somebody on our page
 * @param unread how many lines of the customer the agent has not seen
 */
public record Chat(
        UUID id,
        String businessLine,
        State state,
        @Nullable Personal name,
        @Nullable Personal phone,
        @Nullable UUID agent,
        Instant openedAt,
        Instant queuedAt,
        @Nullable Instant answeredAt,
        @Nullable Instant endedAt,
        Instant customerSeenAt,
        int lastSequence,
        int recordedSequence,
        int unread,
        @Nullable UUID complaintId,
        @Nullable ComplaintNumber complaint,
        @Nullable String visitor) {
    /** How far it has come. */
    public enum State {
        WAITING,
        TALKING,
        ENDED,
        /** The customer went away before anybody came. */
        LEFT,
        /** Nobody came, and the customer left a message to be called back. */
        MESSAGE;

        public boolean isOver() {
            return switch (this) {
                case WAITING, TALKING -> false;
                case ENDED, LEFT, MESSAGE -> true;
            };
        }
    }

    /** Who speaks. */
    public enum Side {
        CUSTOMER,
        AGENT,
        /** For colleagues only. */
        NOTE,
        SYSTEM
    }

    /**
     * Something that was said.
     *
     * @param file what was sent instead of words; the text is its name then
     */
    public record Line(
            int sequence,
            Side side,
            @Nullable UUID staff,
            Instant at,
            String text,
            @Nullable Attachment file) {}

    /** Nothing is said or done any more in a chat that is over. */
    void refuseOver() {
        if (state.isOver()) {
            throw new Refused("chat.refused.over");
        }
    }

    /** What an agent does is only for the one who has the chat. */
    void refuseOthers(UUID staff) {
        if (!staff.equals(agent)) {
            throw new Refused("chat.refused.others");
        }
    }
}
