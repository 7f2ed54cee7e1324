package io.bihuan.intake;

import io.bihuan.complaint.Channel;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.platform.Bell;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Writes;
import io.bihuan.platform.files.FileHash;
import io.bihuan.platform.files.FileUser;
import io.bihuan.platform.files.Files;
import io.bihuan.privacy.Keys;
import io.bihuan.privacy.SubjectKey;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything that channels receive: kept as it came, once by its identity at the source, and read afterwards. A channel answers its
 * sender when {@link #receive} has returned, and not before.
 */
@Component
public class Inbox {
    private static final String FILE_USER = "message";
    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * What was kept.
     *
     * @param isNew false when this message had been received before
     * @param isSame whether what had been received before has the same content
     */
    public record Receipt(UUID id, boolean isNew, boolean isSame) {}

    private final JdbcClient jdbc;
    private final DataSource database;
    private final Files files;
    private final Keys keys;
    private final InstantSource time;
    private final Bell bell = new Bell();

    Inbox(JdbcClient jdbc, DataSource database, Files files, Keys keys, InstantSource time) {
        this.jdbc = jdbc;
        this.database = database;
        this.files = files;
        this.keys = keys;
        this.time = time;
    }

    /** Keeps a message, unless it was received before. */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public Receipt receive(Received received) {
        byte[] hash = hash(received);
        Optional<Receipt> before = known(received, hash);
        if (before.isPresent()) {
            return before.get();
        }
        UUID id = Ids.next();
        byte[] wrapped = keys.newWrapped();
        SubjectKey key = keys.unwrap(wrapped);
        byte[] content = received.content();
        var file = received.file();
        Instant now = time.instant();
        int stored = jdbc.sql("""
                        insert into intake.message (id, channel, source, source_id, conversation, business_line, received_at,
                            stored_at, media_type, size, sha256, raw, data_key, state, ready_at)
                        values (:id, :channel, :source, :sourceId, :conversation, :line, :receivedAt, :now, :mediaType, :size,
                            :sha256, :raw, :key, 'NEW', :now)
                        on conflict on constraint message_once do nothing
                        """)
                .param("id", id)
                .param("channel", received.channel().name())
                .param("source", received.source())
                .param("sourceId", received.sourceId())
                .param("conversation", received.conversation())
                .param("line", received.businessLine())
                .param("receivedAt", received.receivedAt().atOffset(ZoneOffset.UTC))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("mediaType", received.mediaType())
                .param("size", file == null ? Objects.requireNonNull(content).length : file.size())
                .param("sha256", hash)
                .param("raw", content == null ? null : key.encrypt(content))
                .param("key", wrapped)
                .update();
        if (stored == 0) {
            // Of two at once the second waited at the unique key for the first.
            return known(received, hash)
                    .orElseThrow(() -> new DuplicateKeyException("a message that came and went: " + received.source()));
        }
        if (file != null) {
            var writes = new Writes();
            files.use(writes, new FileUser(FILE_USER, id), file.hash(), "message");
            writes.send(database);
        }
        bell.ring();
        return new Receipt(id, true, true);
    }

    private Optional<Receipt> known(Received received, byte[] hash) {
        return jdbc.sql("select id, sha256 from intake.message where source = :source and source_id = :sourceId")
                .param("source", received.source())
                .param("sourceId", received.sourceId())
                .query((row, number) -> new Receipt(
                        row.getObject("id", UUID.class), false, Arrays.equals(row.getBytes("sha256"), hash)))
                .optional();
    }

    private static byte[] hash(Received received) {
        byte[] content = received.content();
        if (content == null) {
            return HexFormat.of()
                    .parseHex(Objects.requireNonNull(received.file()).hash().hex());
        }
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public Optional<InboxMessage> find(UUID id) {
        return jdbc.sql("select * from intake.message where id = :id")
                .param("id", id)
                .query((row, number) -> message(row))
                .optional();
    }

    public Optional<InboxMessage> find(String source, String sourceId) {
        return jdbc.sql("select * from intake.message where source = :source and source_id = :sourceId")
                .param("source", source)
                .param("sourceId", sourceId)
                .query((row, number) -> message(row))
                .optional();
    }

    /** The messages of which a complaint consists, the oldest first, at most 200. */
    public List<InboxMessage> of(UUID complaintId) {
        return jdbc.sql("select * from intake.message where complaint_id = :complaint order by id limit 200")
                .param("complaint", complaintId)
                .query((row, number) -> message(row))
                .list();
    }

    /** The raw content. */
    public InputStream open(InboxMessage message) {
        byte[] raw = jdbc.sql("select raw, data_key from intake.message where id = :id")
                .param("id", message.id())
                .query((row, number) -> {
                    byte[] sealed = row.getBytes("raw");
                    byte[] key = row.getBytes("data_key");
                    return sealed == null || key == null
                            ? new byte[0]
                            : keys.unwrap(key).decryptBytes(sealed);
                })
                .single();
        return raw.length > 0 || message.size() == 0
                ? new ByteArrayInputStream(raw)
                : files.open(new FileHash(message.sha256()));
    }

    /** Lets a message that failed, or that a reader understands better by now, be read again; false when it is not parked. */
    public boolean readAgain(UUID id) {
        boolean isAgain = jdbc.sql("""
                        update intake.message set state = 'NEW', read_at = null, attempts = 0, ready_at = :now
                        where id = :id and state = 'PARKED'
                        """)
                        .param("id", id)
                        .param("now", time.instant().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
        if (isAgain) {
            bell.ring();
        }
        return isAgain;
    }

    /** Rings when this node received something. */
    Bell bell() {
        return bell;
    }

    InboxMessage message(ResultSet row) throws SQLException {
        byte[] wrapped = row.getBytes("data_key");
        SubjectKey key = wrapped == null ? null : keys.unwrap(wrapped);
        String number = row.getString("complaint_number");
        String reason = row.getString("reason");
        String draft = text(key, row.getBytes("draft"));
        String arguments = text(key, row.getBytes("arguments"));
        return new InboxMessage(
                row.getObject("id", UUID.class),
                Channel.valueOf(row.getString("channel")),
                row.getString("source"),
                row.getString("source_id"),
                row.getString("conversation"),
                row.getString("business_line"),
                row.getObject("received_at", OffsetDateTime.class).toInstant(),
                row.getString("media_type"),
                row.getLong("size"),
                HexFormat.of().formatHex(row.getBytes("sha256")),
                InboxMessage.State.valueOf(row.getString("state")),
                row.getInt("attempts"),
                row.getObject("complaint_id", UUID.class),
                number == null ? null : new ComplaintNumber(number),
                reason == null ? null : ParkReason.valueOf(reason),
                arguments == null ? List.of() : List.of(JSON.readValue(arguments, String[].class)),
                draft == null ? null : JSON.readValue(draft, Submission.class),
                text(key, row.getBytes("note")),
                row.getString("error"),
                row.getObject("screener", UUID.class),
                instant(row, "claimed_at"),
                instant(row, "decided_at"),
                row.getObject("decided_by", UUID.class));
    }

    private static @Nullable String text(@Nullable SubjectKey key, byte @Nullable [] sealed) {
        return key == null ? null : key.decryptNullable(sealed);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    /** Encrypts what a reading says with the key of its message. */
    Sealing sealing(UUID id) {
        byte[] wrapped = jdbc.sql("select data_key from intake.message where id = :id")
                .param("id", id)
                .query((row, number) -> row.getBytes(1))
                .single();
        return new Sealing(keys.unwrap(wrapped));
    }

    /** The columns of a message that hold personal data. */
    record Sealing(SubjectKey key) {
        byte @Nullable [] draft(@Nullable Submission draft) {
            return draft == null ? null : key.encrypt(JSON.writeValueAsString(draft));
        }

        byte[] arguments(List<String> arguments) {
            return key.encrypt(JSON.writeValueAsString(new ArrayList<>(arguments)));
        }

        byte[] note(String note) {
            return key.encrypt(note);
        }
    }
}
