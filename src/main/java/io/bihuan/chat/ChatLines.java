package io.bihuan.chat;

import io.bihuan.chat.Chat.Line;
import io.bihuan.chat.Chat.Side;
import io.bihuan.complaint.Attachment;
import io.bihuan.intake.Submission;
import io.bihuan.platform.Refused;
import io.bihuan.platform.Writes;
import io.bihuan.platform.files.FileHash;
import io.bihuan.platform.files.FileUse;
import io.bihuan.platform.files.FileUser;
import io.bihuan.platform.files.Files;
import io.bihuan.privacy.Personal;
import io.bihuan.privacy.SubjectKey;
import io.bihuan.web.Bundles;
import io.bihuan.web.Texts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was said and sent in a chat, line by line, and what a case reads of it. */
@Component
class ChatLines {
    static final int LONGEST_LINE = 2_000;
    static final int MOST_LINES = 500;

    private static final String FILE_USER = "chat";

    private final JdbcClient jdbc;
    private final DataSource database;
    private final ChatRows rows;
    private final Files files;
    private final InstantSource time;
    private final Texts t;

    ChatLines(JdbcClient jdbc, DataSource database, ChatRows rows, Files files, InstantSource time, Bundles bundles) {
        this.jdbc = jdbc;
        this.database = database;
        this.rows = rows;
        this.files = files;
        this.time = time;
        // What is written into a record is in the language of the company.
        this.t = bundles.in(Locale.SIMPLIFIED_CHINESE);
    }

    static String needed(String text) {
        if (text.isBlank()) {
            throw new Refused("chat.refused.blank");
        }
        if (text.codePointCount(0, text.length()) > LONGEST_LINE) {
            throw new Refused("chat.refused.long", LONGEST_LINE);
        }
        return text.strip();
    }

    /** The newest lines, oldest first; the customer does not see what is for colleagues. */
    List<Line> of(UUID id, boolean withNotes) {
        SubjectKey key = rows.key(id);
        return jdbc.sql("""
                        select * from chat.line where chat_id = :id and (:notes or side <> 'NOTE') order by seq desc limit :most
                        """)
                .param("id", id)
                .param("notes", withNotes)
                .param("most", MOST_LINES)
                .query((row, number) -> new Line(
                        row.getInt("seq"),
                        Side.valueOf(row.getString("side")),
                        row.getObject("staff", UUID.class),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        key.decrypt(row.getBytes("text")),
                        file(row, key)))
                .list()
                .reversed();
    }

    private static @Nullable Attachment file(ResultSet row, SubjectKey key) throws SQLException {
        String sha256 = row.getString("file_sha256");
        return sha256 == null
                ? null
                : new Attachment(
                        sha256,
                        Personal.of(key.decrypt(row.getBytes("text"))),
                        Objects.requireNonNull(row.getString("file_type")),
                        row.getLong("file_size"));
    }

    /** A file that was sent in a chat. */
    Optional<FileUse> file(UUID id, String sha256) {
        return FileHash.parse(sha256).flatMap(hash -> files.use(new FileUser(FILE_USER, id), hash));
    }

    boolean isSaid(UUID id, UUID token) {
        return jdbc.sql("select exists (select from chat.line where chat_id = :id and token = :token)")
                .param("id", id)
                .param("token", token)
                .query(Boolean.class)
                .single();
    }

    int add(UUID id, SubjectKey key, Side side, @Nullable UUID staff, UUID token, String text) {
        int sequence = jdbc.sql("""
                        update chat.chat set last_seq = last_seq + 1,
                            customer_seq = case when :side = 'CUSTOMER' then last_seq + 1 else customer_seq end
                        where id = :id returning last_seq
                        """)
                .param("side", side.name())
                .param("id", id)
                .query(Integer.class)
                .single();
        if (sequence > MOST_LINES) {
            throw new Refused("chat.refused.full", MOST_LINES);
        }
        jdbc.sql("""
                        insert into chat.line (chat_id, seq, token, side, staff, at, text)
                        values (:id, :seq, :token, :side, :staff, :now, :text)
                        """)
                .param("id", id)
                .param("seq", sequence)
                .param("token", token)
                .param("side", side.name())
                .param("staff", staff)
                .param("now", now())
                .param("text", key.encrypt(text))
                .update();
        return sequence;
    }

    /** Adds what a customer wrote elsewhere, where a text may be longer than a line. */
    void addParts(UUID id, SubjectKey key, UUID token, String text) {
        String rest = text.strip();
        UUID next = token;
        while (!rest.isEmpty()) {
            int end = rest.offsetByCodePoints(0, Math.min(LONGEST_LINE, rest.codePointCount(0, rest.length())));
            add(id, key, Side.CUSTOMER, null, next, rest.substring(0, end));
            rest = rest.substring(end).strip();
            next = UUID.randomUUID();
        }
    }

    void addFile(UUID id, SubjectKey key, UUID token, Attachment file) {
        String name = Personal.text(file.name());
        int sequence = add(id, key, Side.CUSTOMER, null, token, name);
        jdbc.sql("""
                        update chat.line set file_sha256 = :sha256, file_type = :type, file_size = :size
                        where chat_id = :id and seq = :seq
                        """)
                .param("sha256", file.sha256())
                .param("type", file.mediaType())
                .param("size", file.size())
                .param("id", id)
                .param("seq", sequence)
                .update();
        var writes = new Writes();
        files.use(writes, new FileUser(FILE_USER, id), new FileHash(file.sha256()), name);
        writes.send(database);
    }

    /** The files among the lines after that one. */
    List<Attachment> sent(UUID id, int after) {
        var sent = new LinkedHashMap<String, Attachment>();
        for (Line line : of(id, false)) {
            Attachment file = line.file();
            if (file != null && line.sequence() > after) {
                sent.put(file.sha256(), file);
            }
        }
        return sent.values().stream().limit(Submission.MOST_IN_A_MESSAGE).toList();
    }

    String transcript(UUID id, int after) {
        var text = new StringBuilder();
        for (Line line : of(id, false)) {
            if (line.sequence() > after && line.side() != Side.SYSTEM) {
                text.append(t.time(line.at()))
                        .append(' ')
                        .append(t.of(line.side()))
                        .append(t.of("chat.colon"))
                        .append(line.text())
                        .append('\n');
            }
        }
        String whole = text.toString().strip();
        return whole.length() <= Submission.LONGEST_CONTENT
                ? whole
                : whole.substring(0, Submission.LONGEST_CONTENT - 1) + "…";
    }

    private OffsetDateTime now() {
        return time.instant().atOffset(ZoneOffset.UTC);
    }
}
