package io.bihuan.message;

import io.bihuan.platform.Refused;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What no channel brings: people read it on a page and say by hand what became of it, so that everything can be tried without providers. */
@Component
public class MessageOutbox {
    private final MessageRows rows;
    private final Messages messages;
    private final InstantSource time;

    MessageOutbox(MessageRows rows, Messages messages, InstantSource time) {
        this.rows = rows;
        this.messages = messages;
        this.time = time;
    }

    /** The newest of them. */
    public List<Messages.Line> newest() {
        return messages.lines("""
                where id in (select message_id from message.leg where is_local order by sent_at desc, message_id limit :most)
                order by created_at desc, id desc limit :most
                """, Map.of("most", Messages.PAGE));
    }

    /**
     * Says what became of one.
     *
     * @param state DELIVERED, READ or FAILED
     * @throws Refused when it is not in the local outbox, or that cannot follow
     */
    @Transactional
    public void mark(UUID messageId, Way way, State state) {
        Instant now = time.instant();
        boolean isChanged = rows.change(messageId, course -> {
            if (!course.ways().contains(way) || !course.leg(way).isLocal()) {
                return course;
            }
            return switch (state) {
                case DELIVERED, READ -> course.arrived(way, state, now);
                case FAILED -> course.failed(way, "message.error.byHand", now);
                case PLANNED, HELD, SENDING, SENT, CALL, SUPPRESSED, CANCELLED -> course;
            };
        });
        if (!isChanged) {
            throw new Refused("message.refused.mark");
        }
        messages.bell().ring();
    }
}
