package io.bihuan.message;

import io.bihuan.message.Course.Leg;
import io.bihuan.platform.Writes;
import io.bihuan.privacy.Keys;
import io.bihuan.privacy.SubjectKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Messages as they are stored: read with their course, written as the difference of two courses with a fate for each change. */
@Component
class MessageRows {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int LONGEST_ERROR = 300;

    /**
     * A message and how far it has come.
     *
     * @param to null when it was erased
     * @param hastened the way on which somebody sends it now whatever holds it; null when nobody does
     */
    record Kept(
            UUID id,
            String subject,
            UUID subjectId,
            Category category,
            String purpose,
            @Nullable Recipient to,
            Map<Way, Content> contents,
            byte @Nullable [] phoneIndex,
            byte @Nullable [] emailIndex,
            Instant createdAt,
            Instant changedAt,
            @Nullable Way hastened,
            Course course) {
        Errand errand() {
            return errand(course.way());
        }

        Errand errand(Way way) {
            Leg leg = course.leg(way);
            return new Errand(
                    leg.id(),
                    id,
                    subject,
                    subjectId,
                    category,
                    purpose,
                    Objects.requireNonNull(to, "erased"),
                    Objects.requireNonNull(contents.get(way), "content"),
                    leg.providerId(),
                    leg.handedAt() == null ? createdAt : leg.handedAt());
        }

        Optional<byte[]> addressIndex() {
            return Optional.ofNullable(course.way() == Way.EMAIL ? emailIndex : phoneIndex);
        }
    }

    private final JdbcClient jdbc;
    private final DataSource database;
    private final Keys keys;
    private final InstantSource time;
    private final ZoneId zone;

    MessageRows(
            JdbcClient jdbc, DataSource database, Keys keys, InstantSource time, @Value("${bihuan.zone}") ZoneId zone) {
        this.jdbc = jdbc;
        this.database = database;
        this.keys = keys;
        this.time = time;
        this.zone = zone;
    }

    ZoneId zone() {
        return zone;
    }

    void add(Writes writes, OutgoingMessage message, Map<Way, UUID> legs) {
        byte[] wrapped = keys.newWrapped();
        SubjectKey key = keys.unwrap(wrapped);
        Instant now = time.instant();
        Instant next = message.notBefore() == null || message.notBefore().isBefore(now) ? now : message.notBefore();
        Way first = message.ways().getFirst();
        writes.add(
                """
                insert into message.message (id, subject, subject_id, category, purpose, ways, way, state, data_key, recipient,
                    contents, phone_index, email_index, created_at, changed_at, next_at)
                values (?, ?, ?, ?, ?, ?, ?, 'PLANNED', ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing
                """,
                message.id(),
                message.subject(),
                message.subjectId(),
                message.category(),
                message.purpose(),
                message.ways().stream().map(Enum::name).toArray(String[]::new),
                first,
                wrapped,
                key.encrypt(JSON.writeValueAsString(message.to())),
                key.encrypt(JSON.writeValueAsString(message.contents())),
                keys.blindIndex("phone", message.to().phone()),
                keys.blindIndex("email", lower(message.to().email())),
                now,
                now,
                next);
        for (Way way : message.ways()) {
            writes.add("""
                    insert into message.leg (message_id, way, id, state, tries, asks, is_local, changed_at)
                    values (?, ?, ?, 'PLANNED', 0, 0, false, ?) on conflict (message_id, way) do nothing
                    """, message.id(), way, legs.get(way), now);
        }
    }

    static @Nullable String lower(@Nullable String email) {
        return email == null ? null : email.toLowerCase(java.util.Locale.ROOT);
    }

    Optional<Kept> find(UUID id) {
        return jdbc.sql("select * from message.message where id = :id")
                .param("id", id)
                .query((row, number) -> kept(row, legs(List.of(id))))
                .optional();
    }

    Optional<Kept> lock(UUID id) {
        return jdbc.sql("select * from message.message where id = :id for update")
                .param("id", id)
                .query((row, number) -> kept(row, legs(List.of(id))))
                .optional();
    }

    /** The next one with which something is to be done, locked. */
    Optional<Kept> lockNext(Instant now, Consumer<UUID> found) {
        return jdbc.sql("""
            select * from message.message where next_at <= :now order by next_at, id limit 1 for update skip locked
            """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, number) -> row.getObject("id", UUID.class))
                .optional()
                .flatMap(id -> {
                    found.accept(id);
                    return lock(id);
                });
    }

    /** Changes the course of a message under its lock; false when it is as it was, or there is none. */
    @Transactional(propagation = Propagation.REQUIRED)
    public boolean change(UUID id, UnaryOperator<Course> change) {
        Kept kept = lock(id).orElse(null);
        if (kept == null) {
            return false;
        }
        Course after = change.apply(kept.course());
        boolean isChanged = !after.equals(kept.course());
        var writes = new Writes();
        write(writes, kept, after);
        writes.send(database);
        return isChanged;
    }

    /** What is held goes out on its way now; what begins again waits like any other. */
    void hasten(UUID id) {
        jdbc.sql("""
            update message.message set hastened_way = case when state = 'HELD' then way end
            where id = :id and state in ('HELD', 'FAILED', 'CANCELLED')
            """).param("id", id).update();
    }

    void write(Writes writes, Kept kept, Course after) {
        Course before = kept.course();
        Instant now = time.instant();
        boolean isTold = before.state() != after.state() || before.way() != after.way();
        if (isTold || !Objects.equals(before.nextAt(), after.nextAt())) {
            writes.addOne(
                    """
                    update message.message set way = ?, state = ?, next_at = ?, changed_at = ?, changes = changes + ? where id = ?
                    """,
                    after.way(),
                    after.state(),
                    after.nextAt(),
                    isTold ? now : kept.changedAt(),
                    isTold ? 1 : 0,
                    kept.id());
        }
        for (Way way : after.ways()) {
            Leg leg = after.leg(way);
            if (!leg.equals(before.leg(way))) {
                writes.addOne(
                        """
                        update message.leg set id = ?, state = ?, tries = ?, asks = ?, is_local = ?, provider_id = ?, handed_at = ?,
                            last_handed_at = ?, sent_at = ?, arrived_at = ?, changed_at = ?, error = ?, day = ?
                        where message_id = ? and way = ?
                        """,
                        leg.id(),
                        leg.state(),
                        leg.tries(),
                        leg.asks(),
                        leg.isLocal(),
                        leg.providerId(),
                        leg.handedAt(),
                        leg.lastHandedAt(),
                        leg.sentAt(),
                        leg.arrivedAt(),
                        leg.changedAt(),
                        cut(leg.error()),
                        leg.handedAt() == null && leg.state() != State.CALL && leg.arrivedAt() == null
                                ? null
                                : Objects.requireNonNullElse(leg.handedAt(), leg.changedAt())
                                        .atZone(zone)
                                        .toLocalDate(),
                        kept.id(),
                        way);
            }
        }
        if (isTold) {
            Leg leg = after.leg();
            writes.add(
                    """
                    insert into message.fate (message_id, seq, subject, subject_id, way, state, at, next_at)
                    select id, changes, subject, subject_id, way, state, ?, ? from message.message where id = ?
                    """, after.state().hasArrived() && leg.arrivedAt() != null ? leg.arrivedAt() : now, now, kept.id());
        }
    }

    /** Words of a provider may repeat the number. */
    static @Nullable String cut(@Nullable String error) {
        if (error == null) {
            return null;
        }
        String clean =
                error.replaceAll("\\p{Cntrl}+", " ").replaceAll("\\d{7,}", "…").strip();
        return clean.substring(0, Math.min(clean.length(), LONGEST_ERROR));
    }

    Map<UUID, Map<Way, Leg>> legs(Collection<UUID> messages) {
        var found = new HashMap<UUID, Map<Way, Leg>>();
        jdbc.sql("select * from message.leg where message_id = any(:ids)")
                .param("ids", messages.toArray(UUID[]::new))
                .query((ResultSet row) -> {
                    found.computeIfAbsent(row.getObject("message_id", UUID.class), id -> new EnumMap<>(Way.class))
                            .put(Way.valueOf(row.getString("way")), leg(row));
                });
        return found;
    }

    private static Leg leg(ResultSet row) throws SQLException {
        return new Leg(
                row.getObject("id", UUID.class),
                State.valueOf(row.getString("state")),
                row.getInt("tries"),
                row.getInt("asks"),
                row.getBoolean("is_local"),
                row.getString("provider_id"),
                Robots.instant(row, "handed_at"),
                Robots.instant(row, "last_handed_at"),
                Robots.instant(row, "sent_at"),
                Robots.instant(row, "arrived_at"),
                instant(row, "changed_at"),
                row.getString("error"));
    }

    Kept kept(ResultSet row, Map<UUID, Map<Way, Leg>> legs) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        byte[] wrapped = row.getBytes("data_key");
        byte[] recipient = row.getBytes("recipient");
        byte[] contents = row.getBytes("contents");
        String hastened = row.getString("hastened_way");
        SubjectKey key = wrapped == null ? null : keys.unwrap(wrapped);
        return new Kept(
                id,
                row.getString("subject"),
                row.getObject("subject_id", UUID.class),
                Category.valueOf(row.getString("category")),
                row.getString("purpose"),
                key == null || recipient == null ? null : JSON.readValue(key.decrypt(recipient), Recipient.class),
                key == null || contents == null ? Map.of() : contents(key.decrypt(contents)),
                row.getBytes("phone_index"),
                row.getBytes("email_index"),
                instant(row, "created_at"),
                instant(row, "changed_at"),
                hastened == null ? null : Way.valueOf(hastened),
                new Course(
                        Arrays.stream((String[]) row.getArray("ways").getArray())
                                .map(Way::valueOf)
                                .toList(),
                        Way.valueOf(row.getString("way")),
                        State.valueOf(row.getString("state")),
                        Objects.requireNonNull(legs.get(id)),
                        Robots.instant(row, "next_at")));
    }

    private static Map<Way, Content> contents(String json) {
        var contents = new EnumMap<Way, Content>(Way.class);
        JSON.readTree(json)
                .properties()
                .forEach(entry ->
                        contents.put(Way.valueOf(entry.getKey()), JSON.treeToValue(entry.getValue(), Content.class)));
        return contents;
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    SentMessage shown(Kept kept) {
        Course course = kept.course();
        Leg on = course.leg();
        return new SentMessage(
                kept.id(),
                kept.subject(),
                kept.subjectId(),
                kept.category(),
                kept.purpose(),
                course.way(),
                course.state(),
                kept.createdAt(),
                kept.changedAt(),
                on.sentAt(),
                on.arrivedAt(),
                course.nextAt(),
                course.ways().stream()
                        .map(way -> {
                            Leg leg = course.leg(way);
                            return new SentMessage.Attempt(
                                    way, leg.state(), leg.tries(), leg.changedAt(), leg.error(), leg.isLocal());
                        })
                        .toList());
    }
}
