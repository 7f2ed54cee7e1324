package io.bihuan.message;

import io.bihuan.message.MessageRows.Kept;
import io.bihuan.platform.Bell;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Refused;
import io.bihuan.platform.Writes;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What is said to customers: stored with the reason for saying it, brought afterwards, each id once on each way. */
@Component
public class Messages {
    public static final int PAGE = 50;

    private static final int MOST = 100;
    private static final int LONGEST_PURPOSE = 60;
    private static final int DAYS = 14;

    /** A message in a list, with what shows whom it is for. */
    public record Line(
            SentMessage message,
            @Nullable Recipient to,
            @Nullable Content content) {}

    /** Where a list goes on. */
    public record Place(Instant createdAt, UUID id) {}

    /** How many on one way on one day are in a state. */
    public record Figure(LocalDate day, Way way, State state, int count) {}

    private final MessageRows rows;
    private final JdbcClient jdbc;
    private final InstantSource time;
    private final Bell bell = new Bell();

    Messages(MessageRows rows, JdbcClient jdbc, InstantSource time) {
        this.rows = rows;
        this.jdbc = jdbc;
        this.time = time;
    }

    /** Rings when there is something to do. */
    Bell bell() {
        return bell;
    }

    /**
     * Adds a message to the writes of the caller's transaction; the same id twice is sent once.
     *
     * @return its id
     * @throws Refused when it has no way, or a way has no content
     */
    public UUID send(Writes writes, OutgoingMessage message) {
        if (message.ways().isEmpty()
                || !message.contents().keySet().containsAll(message.ways())
                || message.purpose().isBlank()
                || message.purpose().length() > LONGEST_PURPOSE) {
            throw new Refused("message.refused.noWay");
        }
        var legs = new EnumMap<Way, UUID>(Way.class);
        message.ways().forEach(way -> legs.put(way, Ids.next()));
        rows.add(writes, message, legs);
        bell.ring();
        return message.id();
    }

    /** Adds to the writes that what waits is not sent any more; what has been handed over goes its way. */
    public void cancel(Writes writes, UUID messageId) {
        // Without the lock of the worker this would race with it; the row is locked until the caller's transaction
        // ends.
        rows.lock(messageId)
                .ifPresent(kept -> rows.write(writes, kept, kept.course().cancelled(time.instant())));
    }

    /** Adds to the writes that nobody can read any more what was said about a subject, and to whom; what waits is cancelled. */
    public void erase(Writes writes, String subject, UUID subjectId) {
        for (SentMessage each : of(subject, subjectId)) {
            cancel(writes, each.id());
        }
        writes.add("""
                update message.message set data_key = null, recipient = null, contents = null, phone_index = null, email_index = null
                where subject = ? and subject_id = ?
                """, subject, subjectId);
    }

    public Optional<SentMessage> find(UUID messageId) {
        return rows.find(messageId).map(rows::shown);
    }

    /** What was said about a subject, the newest first. */
    public List<SentMessage> of(String subject, UUID subjectId) {
        return lines("""
                where subject = :subject and subject_id = :id order by created_at desc, id desc limit :most
                """, Map.of("subject", subject, "id", subjectId, "most", MOST)).stream()
                .map(Line::message)
                .toList();
    }

    /** All of them, or those in a state, the newest first; one more than a page when there is a next one. */
    public List<Line> list(@Nullable State state, @Nullable Place after) {
        String where = "where (created_at, id) < (:at, :id)" + (state == null ? "" : " and state = :state");
        return lines(
                where + " order by created_at desc, id desc limit :most",
                Map.of(
                        "at",
                        (after == null ? Instant.parse("9999-01-01T00:00:00Z") : after.createdAt())
                                .atOffset(ZoneOffset.UTC),
                        "id",
                        after == null ? new UUID(-1, -1) : after.id(),
                        "state",
                        state == null ? "" : state.name(),
                        "most",
                        PAGE + 1));
    }

    List<Line> lines(String where, Map<String, ?> parameters) {
        List<UUID> ids = jdbc.sql("select id from message.message " + where)
                .params(parameters)
                .query(UUID.class)
                .list(); // bounded: each caller says limit :most
        Map<UUID, Map<Way, Course.Leg>> legs = rows.legs(ids);
        Map<UUID, Line> found = new java.util.HashMap<>();
        jdbc.sql("select * from message.message where id = any(:ids)")
                .param("ids", ids.toArray(UUID[]::new))
                .query((java.sql.ResultSet row) -> {
                    Kept kept = rows.kept(row, legs);
                    found.put(
                            kept.id(),
                            new Line(
                                    rows.shown(kept),
                                    kept.to(),
                                    kept.contents().get(kept.course().way())));
                });
        return ids.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    /** What was handed over in the last two weeks, by day and way. */
    public List<Figure> figures() {
        LocalDate today = time.instant().atZone(rows.zone()).toLocalDate();
        return jdbc.sql("""
            select day, way, state, count(*) as count from message.leg where day > :since
            group by day, way, state order by day desc, way, state limit 1000
            """)
                .param("since", today.minusDays(DAYS))
                .query((row, number) -> new Figure(
                        row.getObject("day", LocalDate.class),
                        Way.valueOf(row.getString("way")),
                        State.valueOf(row.getString("state")),
                        row.getInt("count")))
                .list();
    }

    /** Tries again what failed, or now what waits, over what holds it but not over an opt-out; false when there is nothing to try. */
    @Transactional
    public boolean retry(UUID messageId) {
        Instant now = time.instant();
        rows.hasten(messageId);
        boolean isChanged =
                rows.find(messageId).filter(kept -> kept.to() != null).isPresent()
                        && rows.change(messageId, course -> course.again(Ids::next, now));
        bell.ring();
        return isChanged;
    }

    /** Cancels what waits; false when it does not wait any more. */
    @Transactional
    public boolean cancel(UUID messageId) {
        return rows.change(messageId, course -> course.cancelled(time.instant()));
    }
}
