package io.bihuan.correspondence;

import io.bihuan.complaint.Contact;
import io.bihuan.message.State;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Writes;
import io.bihuan.privacy.Keys;
import io.bihuan.privacy.SubjectKey;
import io.bihuan.standard.Letter.Purpose;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was said and planned, as it is stored. */
@Component
class CorrespondenceRows {
    private static final String SAID = """
            select complaint_id, id, purpose, notice, actor, way, state, at, sent_at, delivered_at, read_at, failed_at, result_told,
                data_key, body
            from correspondence.said
            """;

    private static final int MOST_WAITING = 100;

    /** A notice that was moved or told. */
    record NoticeRow(
            boolean isMoved,
            @Nullable Instant knownAt,
            @Nullable UUID message,
            @Nullable Instant toldAt,
            @Nullable Instant deliveredAt) {}

    private final JdbcClient jdbc;
    private final Keys keys;

    CorrespondenceRows(JdbcClient jdbc, Keys keys) {
        this.jdbc = jdbc;
        this.keys = keys;
    }

    // ---- what was said ----

    void say(Writes writes, UUID complaint, Said said) {
        byte[] wrapped = keys.newWrapped();
        SubjectKey key = keys.unwrap(wrapped);
        writes.addOne(
                """
                insert into correspondence.said (complaint_id, id, purpose, notice, actor, way, state, at, sent_at, delivered_at, data_key,
                    body, result_told)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                complaint,
                said.message(),
                said.purpose(),
                said.notice(),
                said.by().toString(),
                said.way(),
                said.state(),
                said.at(),
                said.sentAt(),
                said.deliveredAt(),
                wrapped,
                key.encrypt(said.text()),
                said.tellsResult() && said.deliveredAt() != null);
    }

    boolean isSaid(UUID complaint, UUID message) {
        return jdbc.sql(
                        "select exists (select 1 from correspondence.said where complaint_id = :complaint and id = :id)")
                .param("complaint", complaint)
                .param("id", message)
                .query(Boolean.class)
                .single();
    }

    /** Locks it: its fate may come from two sides at once. */
    Optional<Said> lock(UUID complaint, UUID message) {
        return jdbc.sql(SAID + " where complaint_id = :complaint and id = :id for update")
                .param("complaint", complaint)
                .param("id", message)
                .query((row, number) -> said(row))
                .optional();
    }

    boolean isResultTold(UUID complaint, UUID message) {
        return jdbc.sql("select result_told from correspondence.said where complaint_id = :complaint and id = :id")
                .param("complaint", complaint)
                .param("id", message)
                .query(Boolean.class)
                .single();
    }

    void resultTold(UUID complaint, UUID message) {
        jdbc.sql("update correspondence.said set result_told = true where complaint_id = :complaint and id = :id")
                .param("complaint", complaint)
                .param("id", message)
                .update();
    }

    /** What became of it; a time that is known stays. */
    void fate(UUID complaint, UUID message, Contact way, State state, Instant at) {
        OffsetDateTime when = at.atOffset(java.time.ZoneOffset.UTC);
        boolean isSent = state == State.SENT || state.hasArrived();
        jdbc.sql("""
                        update correspondence.said set way = :way, state = :state,
                            sent_at = case when :sent then coalesce(sent_at, :at) else sent_at end,
                            delivered_at = case when :arrived then coalesce(delivered_at, :at) else delivered_at end,
                            read_at = case when :read then coalesce(read_at, :at) else read_at end,
                            failed_at = case when :failed then :at else null end
                        where complaint_id = :complaint and id = :id
                        """)
                .param("way", way.name())
                .param("state", state.name())
                .param("sent", isSent)
                .param("arrived", state.hasArrived())
                .param("read", state == State.READ)
                .param("failed", state == State.FAILED || state == State.SUPPRESSED)
                .param("at", when)
                .param("complaint", complaint)
                .param("id", message)
                .update();
    }

    /** The newest first. */
    List<Said> said(UUID complaint, int limit) {
        return jdbc.sql(SAID + " where complaint_id = :complaint order by at desc, id desc limit :limit")
                .param("complaint", complaint)
                .param("limit", limit)
                .query((row, number) -> said(row))
                .list();
    }

    /** Whether a message by which the notice may still be told is on its way. */
    boolean isUnderWay(UUID complaint, Notice notice) {
        return jdbc.sql("""
                        select exists (select 1 from correspondence.said where complaint_id = :complaint and notice = :notice
                            and state not in ('FAILED', 'SUPPRESSED', 'CANCELLED'))
                        """)
                .param("complaint", complaint)
                .param("notice", notice.name())
                .query(Boolean.class)
                .single();
    }

    /** Those of these complaints of which something has not left us yet. */
    Set<UUID> withWaiting(Collection<UUID> complaints) {
        // bounded: one of each complaint of a page
        return Set.copyOf(jdbc.sql("""
                        select distinct complaint_id from correspondence.said
                        where complaint_id = any(:complaints) and state in ('PLANNED', 'HELD', 'CALL')
                        """)
                .param("complaints", complaints.toArray(UUID[]::new))
                .query(UUID.class)
                .list());
    }

    /** What has not left us yet, of these purposes, the oldest first. */
    List<Said> waiting(UUID complaint, Set<Purpose> purposes) {
        return jdbc.sql(SAID + """
                        where complaint_id = :complaint and purpose = any(:purposes) and state in ('PLANNED', 'HELD', 'CALL')
                        order by at, id limit :limit
                        """)
                .param("complaint", complaint)
                .param("purposes", purposes.stream().map(Purpose::name).toArray(String[]::new))
                .param("limit", MOST_WAITING)
                .query((row, number) -> said(row))
                .list();
    }

    // ---- notices ----

    Map<Notice, NoticeRow> notices(UUID complaint) {
        var found = new EnumMap<Notice, NoticeRow>(Notice.class);
        jdbc.sql("""
                        select notice, moved_at, known_at, message_id, told_at, delivered_at from correspondence.notice
                        where complaint_id = :complaint
                        """).param("complaint", complaint).query((ResultSet row) -> {
            found.put(
                    Notice.valueOf(row.getString("notice")),
                    new NoticeRow(
                            row.getObject("moved_at") != null,
                            instant(row, "known_at"),
                            row.getObject("message_id", UUID.class),
                            instant(row, "told_at"),
                            instant(row, "delivered_at")));
        });
        return found;
    }

    int told(UUID complaint) {
        return jdbc.sql(
                        "select count(*) from correspondence.notice where complaint_id = :complaint and told_at is not null")
                .param("complaint", complaint)
                .query(Integer.class)
                .single();
    }

    void move(Writes writes, UUID complaint, Notice notice, Instant at) {
        writes.addOne("""
                insert into correspondence.notice (complaint_id, notice, moved_at) values (?, ?, ?)
                on conflict (complaint_id, notice) do update set moved_at = excluded.moved_at
                """, complaint, notice, at);
    }

    /** The first time counts: what is found out once more is not news. */
    void known(Writes writes, UUID complaint, Notice notice, Instant at) {
        writes.addOne("""
                insert into correspondence.notice as n (complaint_id, notice, known_at) values (?, ?, ?)
                on conflict (complaint_id, notice) do update set known_at = coalesce(n.known_at, excluded.known_at)
                """, complaint, notice, at);
    }

    void told(Writes writes, UUID complaint, Notice notice, UUID message, Instant at, boolean isDelivered) {
        writes.addOne("""
                insert into correspondence.notice as n (complaint_id, notice, message_id, told_at, delivered_at) values (?, ?, ?, ?, ?)
                on conflict (complaint_id, notice) do update set message_id = coalesce(n.message_id, excluded.message_id),
                    told_at = coalesce(n.told_at, excluded.told_at), delivered_at = coalesce(n.delivered_at, excluded.delivered_at)
                """, complaint, notice, message, at, isDelivered ? at : null);
    }

    // ---- closing ----

    boolean isExcused(UUID complaint) {
        return jdbc.sql("select exists (select 1 from correspondence.excuse where complaint_id = :complaint)")
                .param("complaint", complaint)
                .query(Boolean.class)
                .single();
    }

    void excuse(Writes writes, UUID complaint, int told, Instant at) {
        writes.addOne("""
                insert into correspondence.excuse (complaint_id, told, at) values (?, ?, ?)
                on conflict (complaint_id) do update set told = excluded.told, at = excluded.at
                """, complaint, told, at);
    }

    /** Nobody can read any more what was said. */
    void erase(Writes writes, UUID complaint) {
        writes.add("update correspondence.said set data_key = null, body = null where complaint_id = ?", complaint);
    }

    // ---- inside ----

    private Said said(ResultSet row) throws SQLException {
        byte[] wrapped = row.getBytes("data_key");
        byte[] body = row.getBytes("body");
        String notice = row.getString("notice");
        return new Said(
                Objects.requireNonNull(row.getObject("id", UUID.class)),
                Purpose.valueOf(row.getString("purpose")),
                notice == null ? null : Notice.valueOf(notice),
                Actor.parse(Objects.requireNonNull(row.getString("actor"))),
                Contact.valueOf(row.getString("way")),
                State.valueOf(row.getString("state")),
                wrapped == null || body == null ? "" : keys.unwrap(wrapped).decrypt(body),
                Objects.requireNonNull(instant(row, "at")),
                instant(row, "sent_at"),
                instant(row, "delivered_at"),
                instant(row, "read_at"),
                instant(row, "failed_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
