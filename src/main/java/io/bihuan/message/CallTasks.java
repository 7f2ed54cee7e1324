package io.bihuan.message;

import io.bihuan.platform.Refused;
import io.bihuan.web.WaitingCount;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Messages that a person must say by phone. */
@Component
public class CallTasks {
    /** After so many calls without success the message has failed. */
    public static final int MOST_CALLS = 3;

    private final MessageRows rows;
    private final Messages messages;
    private final JdbcClient jdbc;
    private final InstantSource time;

    CallTasks(MessageRows rows, Messages messages, JdbcClient jdbc, InstantSource time) {
        this.rows = rows;
        this.messages = messages;
        this.jdbc = jdbc;
        this.time = time;
    }

    /** What waits for a call, the longest waiting first. */
    public List<Messages.Line> waiting() {
        return messages.lines(
                "where state = 'CALL' order by changed_at, id limit :most", Map.of("most", Messages.PAGE));
    }

    /** All that wait, whoever calls. */
    public static final WaitingCount ALL = WaitingCount.counting(
            "select count(*) from (select from message.message where state = 'CALL' limit 100) c");

    /**
     * A call was made.
     *
     * @throws Refused when nobody needs to call any more
     */
    @Transactional
    public void complete(UUID messageId, boolean reached, UUID by) {
        Instant now = time.instant();
        boolean isChanged = rows.change(messageId, course -> {
            if (course.state() != State.CALL) {
                return course;
            }
            if (reached) {
                return course.arrived(Way.PHONE, State.DELIVERED, now);
            }
            Course again = course.notReached(now);
            return again.leg().tries() >= MOST_CALLS ? again.failed(Way.PHONE, "message.error.notReached", now) : again;
        });
        if (!isChanged) {
            throw new Refused("message.refused.noCall");
        }
        jdbc.sql("insert into message.call (message_id, at, by_staff, was_reached) values (:id, :at, :by, :reached)")
                .param("id", messageId)
                .param("at", now.atOffset(ZoneOffset.UTC))
                .param("by", by)
                .param("reached", reached)
                .update();
        messages.bell().ring();
    }

    /** The number of a call that waits; that somebody looked at it is recorded. */
    @Transactional
    public Optional<String> reveal(UUID messageId, UUID by) {
        return rows.lock(messageId)
                .filter(kept -> kept.course().state() == State.CALL && kept.to() != null)
                .flatMap(kept -> {
                    jdbc.sql("insert into message.reveal (message_id, by_staff, at) values (:id, :by, :at)")
                            .param("id", messageId)
                            .param("by", by)
                            .param("at", time.instant().atOffset(ZoneOffset.UTC))
                            .update();
                    Recipient to = kept.to();
                    return Optional.ofNullable(to == null ? null : to.phone());
                });
    }
}
