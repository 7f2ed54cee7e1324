package io.bihuan.chat;

import io.bihuan.chat.Chat.State;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.identifier.PhoneNumbers;
import io.bihuan.platform.Refused;
import io.bihuan.privacy.Keys;
import io.bihuan.privacy.Personal;
import io.bihuan.privacy.SubjectKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How rows of chats are found, locked and read, each with its own key. */
@Component
class ChatRows {
    private final JdbcClient jdbc;
    private final Keys keys;

    ChatRows(JdbcClient jdbc, Keys keys) {
        this.jdbc = jdbc;
        this.keys = keys;
    }

    Optional<Chat> find(UUID id) {
        return jdbc.sql("select * from chat.chat where id = :id")
                .param("id", id)
                .query((row, number) -> chat(row))
                .optional();
    }

    Chat lock(UUID id) {
        return jdbc.sql("select * from chat.chat where id = :id for update")
                .param("id", id)
                .query((row, number) -> chat(row))
                .optional()
                .orElseThrow(() -> new Refused("chat.refused.over"));
    }

    SubjectKey key(UUID id) {
        return keys.unwrap(jdbc.sql("select data_key from chat.chat where id = :id")
                .param("id", id)
                .query((row, number) -> row.getBytes(1))
                .single());
    }

    Chat chat(ResultSet row) throws SQLException {
        SubjectKey key = keys.unwrap(row.getBytes("data_key"));
        String number = row.getString("complaint_number");
        return new Chat(
                row.getObject("id", UUID.class),
                row.getString("business_line"),
                State.valueOf(row.getString("state")),
                Personal.ofNullable(key.decryptNullable(row.getBytes("customer_name"))),
                Personal.ofNullable(key.decryptNullable(row.getBytes("customer_phone"))),
                row.getObject("agent", UUID.class),
                row.getObject("opened_at", OffsetDateTime.class).toInstant(),
                row.getObject("queued_at", OffsetDateTime.class).toInstant(),
                instant(row, "answered_at"),
                instant(row, "ended_at"),
                row.getObject("customer_seen_at", OffsetDateTime.class).toInstant(),
                row.getInt("last_seq"),
                row.getInt("recorded_seq"),
                Math.max(0, row.getInt("customer_seq") - row.getInt("agent_seen_seq")),
                row.getObject("complaint_id", UUID.class),
                number == null ? null : new ComplaintNumber(number),
                row.getString("visitor"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    /** A phone as it is kept: as typed where it is none that we know. */
    static String readable(String phone) {
        return PhoneNumbers.read(phone).orElse(phone.strip());
    }
}
