package io.bihuan.wechat;

import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.platform.Bell;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Writes;
import io.bihuan.platform.files.FileHash;
import io.bihuan.platform.files.FileUser;
import io.bihuan.platform.files.Files;
import io.bihuan.privacy.Keys;
import io.bihuan.privacy.SubjectKey;
import io.bihuan.wechat.Conversation.Step;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The conversations as they are stored, with what the account has to say in them. */
@Component
class Conversations {
    private static final String FILE_USER = "wechat";
    private static final int MOST_COMPLAINTS = 20;
    private static final int DUE_AT_ONCE = 50;
    private static final JsonMapper JSON = JsonMapper.shared();

    /** A conversation and the key of what it holds, in the form to be stored. */
    record Found(Conversation conversation, byte[] wrapped) {}

    /** A draft that nobody went on with. */
    record Due(String account, String openId, int version, Instant at) {}

    private final JdbcClient jdbc;
    private final Keys keys;
    private final Files files;
    private final InstantSource time;
    private final DataSource database;
    private final Bell bell = new Bell();

    Conversations(JdbcClient jdbc, Keys keys, Files files, InstantSource time, DataSource database) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.files = files;
        this.time = time;
        this.database = database;
    }

    /** Rings when there is something to say. */
    Bell bell() {
        return bell;
    }

    /** The conversation with an OpenID; a new one when there is none yet. */
    Found of(String account, String openId) {
        return jdbc.sql("select * from wechat.conversation where account = :account and open_id = :openId")
                .param("account", account)
                .param("openId", openId)
                .query((row, number) -> found(row))
                .optional()
                .orElseGet(() -> new Found(
                        new Conversation(
                                Ids.next(), account, openId, 0, Step.IDLE, Draft.EMPTY, null, null, null, null, true),
                        keys.newWrapped()));
    }

    Optional<Found> of(UUID complaintId) {
        return jdbc.sql("""
            select c.* from wechat.conversation c join wechat.complaint k on k.conversation_id = c.id
            where k.complaint_id = :complaint
            """)
                .param("complaint", complaintId)
                .query((row, number) -> found(row))
                .optional();
    }

    private Found found(ResultSet row) throws SQLException {
        byte[] stored = row.getBytes("data_key");
        byte[] wrapped = stored == null ? keys.newWrapped() : stored;
        byte[] draft = row.getBytes("draft");
        String chosen = row.getString("chosen");
        return new Found(
                new Conversation(
                        row.getObject("id", UUID.class),
                        row.getString("account"),
                        row.getString("open_id"),
                        row.getInt("version"),
                        Step.valueOf(row.getString("step")),
                        stored == null || draft == null
                                ? Draft.EMPTY
                                : JSON.readValue(keys.unwrap(stored).decrypt(draft), Draft.class),
                        chosen == null ? null : new ComplaintNumber(chosen),
                        instant(row, "chosen_until"),
                        instant(row, "due_at"),
                        instant(row, "heard_at"),
                        row.getBoolean("is_subscribed")),
                wrapped);
    }

    /** Adds to the writes how a conversation goes on; they fail when somebody else went on with it meanwhile. */
    void write(Writes writes, Found found, Conversation next) {
        Conversation before = found.conversation();
        SubjectKey key = keys.unwrap(found.wrapped());
        ComplaintNumber chosen = next.chosen();
        writes.addOne(
                """
                insert into wechat.conversation as c (id, account, open_id, data_key, version, step, draft, chosen, chosen_until, due_at,
                    heard_at, is_subscribed, updated_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict on constraint conversation_once do update set data_key = excluded.data_key, version = excluded.version,
                    step = excluded.step, draft = excluded.draft, chosen = excluded.chosen, chosen_until = excluded.chosen_until,
                    due_at = excluded.due_at, heard_at = excluded.heard_at, is_subscribed = excluded.is_subscribed,
                    updated_at = excluded.updated_at
                    where c.version = excluded.version - 1
                """,
                next.id(),
                next.account(),
                next.openId(),
                found.wrapped(),
                before.version() + 1,
                next.step(),
                next.draft().equals(Draft.EMPTY) ? null : key.encrypt(JSON.writeValueAsString(next.draft())),
                chosen == null ? null : chosen.digits(),
                next.chosenUntil(),
                next.dueAt(),
                next.heardAt(),
                next.isSubscribed(),
                time.instant());
        var user = new FileUser(FILE_USER, next.id());
        next.draft().attachments().stream()
                .filter(file -> !before.draft().attachments().contains(file))
                .forEach(file -> files.use(
                        writes,
                        user,
                        new FileHash(file.sha256()),
                        Objects.requireNonNullElse(file.name().value(), "")));
        before.draft().attachments().stream()
                .filter(file -> !next.draft().attachments().contains(file))
                .forEach(file -> files.release(writes, user, new FileHash(file.sha256())));
    }

    /** Writes at once, in the transaction of the caller, how a conversation goes on: what follows in it finds it. */
    void writeNow(Found found, Conversation next) {
        var writes = new Writes();
        write(writes, found, next);
        writes.send(database);
    }

    /** Adds to the writes that a complaint came out of a conversation. */
    void opened(Writes writes, Conversation conversation, UUID complaintId, ComplaintNumber number) {
        writes.add("""
            insert into wechat.complaint (complaint_id, conversation_id, number, opened_at) values (?, ?, ?, ?)
            on conflict (complaint_id) do nothing
            """, complaintId, conversation.id(), number.digits(), time.instant());
    }

    /**
     * Adds to the writes what the account says next.
     *
     * @param occasion what makes it say so: it is said once
     */
    void say(Writes writes, Found found, UUID occasion, @Nullable UUID complaintId, String text) {
        say(writes, found, occasion, complaintId, text, false);
    }

    /** The same with the number of a complaint that was opened: when it has gone out, the customer knows that it is being handled. */
    void acknowledge(Writes writes, Found found, UUID occasion, UUID complaintId, String text) {
        say(writes, found, occasion, complaintId, text, true);
    }

    private void say(
            Writes writes,
            Found found,
            UUID occasion,
            @Nullable UUID complaintId,
            String text,
            boolean isAcknowledgement) {
        if (text.isBlank()) {
            return;
        }
        Instant now = time.instant();
        writes.add(
                """
                insert into wechat.outgoing (id, conversation_id, complaint_id, occasion, body, state, ready_at, created_at,
                    is_acknowledgement)
                values (?, ?, ?, ?, ?, 'WAITING', ?, ?, ?) on conflict on constraint outgoing_once do nothing
                """,
                Ids.next(),
                found.conversation().id(),
                complaintId,
                occasion,
                keys.unwrap(found.wrapped()).encrypt(Wording.cut(text)),
                now,
                now,
                isAcknowledgement);
        bell.ring();
    }

    /** The complaints that came out of a conversation, the newest first. */
    List<UUID> complaints(UUID conversation) {
        return jdbc.sql("""
            select complaint_id from wechat.complaint where conversation_id = :conversation
            order by opened_at desc limit :most
            """)
                .param("conversation", conversation)
                .param("most", MOST_COMPLAINTS)
                .query(UUID.class)
                .list();
    }

    /** Drafts whose time is over. */
    List<Due> due() {
        return jdbc.sql("""
            select account, open_id, version, due_at from wechat.conversation where due_at <= :now
            order by due_at limit :most
            """)
                .param("now", time.instant().atOffset(ZoneOffset.UTC))
                .param("most", DUE_AT_ONCE)
                .query((row, number) -> new Due(
                        row.getString("account"),
                        row.getString("open_id"),
                        row.getInt("version"),
                        Objects.requireNonNull(instant(row, "due_at"))))
                .list();
    }

    /** A due draft is in the inbox now; it is due again much later, should nothing have come of that. */
    void isInInbox(Due due, Instant again) {
        jdbc.sql("""
            update wechat.conversation set due_at = :again
            where account = :account and open_id = :openId and version = :version and due_at = :at
            """)
                .param("again", again.atOffset(ZoneOffset.UTC))
                .param("account", due.account())
                .param("openId", due.openId())
                .param("version", due.version())
                .param("at", due.at().atOffset(ZoneOffset.UTC))
                .update();
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
