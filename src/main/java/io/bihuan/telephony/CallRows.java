package io.bihuan.telephony;

import io.bihuan.privacy.Keys;
import io.bihuan.privacy.SubjectKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How rows of calls are read. */
final class CallRows {
    static final String COLUMNS = """
            select id, source, call_id, version, data_key, direction, state, number, queue, extension, staff, agents, started_at,
                offered_at, answered_at, ended_at, waited_ms, talked_ms, held_ms, transfers, recording, recording_sha256, call_back,
                outcome, complaint_number, wrapped_at, end_untold
            from telephony.call
            """;

    private CallRows() {}

    static LoggedCall call(ResultSet row, Keys keys) throws SQLException {
        SubjectKey key = keys.unwrap(row.getBytes("data_key"));
        return new LoggedCall(
                row.getObject("id", UUID.class),
                text(row, "source"),
                text(row, "call_id"),
                row.getInt("version"),
                Direction.valueOf(text(row, "direction")),
                Call.State.valueOf(text(row, "state")),
                key.decryptNullable(row.getBytes("number")),
                row.getString("queue"),
                row.getString("extension"),
                row.getObject("staff", UUID.class),
                List.of((UUID[]) row.getArray("agents").getArray()),
                Objects.requireNonNull(instant(row, "started_at")),
                instant(row, "offered_at"),
                instant(row, "answered_at"),
                instant(row, "ended_at"),
                length(row, "waited_ms"),
                length(row, "talked_ms"),
                Duration.ofMillis(row.getLong("held_ms")),
                row.getInt("transfers"),
                key.decryptNullable(row.getBytes("recording")),
                row.getString("recording_sha256"),
                row.getObject("call_back", UUID.class),
                row.getString("outcome"),
                row.getString("complaint_number"),
                instant(row, "wrapped_at"),
                row.getBoolean("end_untold"));
    }

    static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    static OffsetDateTime sql(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    static @Nullable OffsetDateTime sqlNullable(@Nullable Instant at) {
        return at == null ? null : sql(at);
    }

    private static @Nullable Duration length(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Duration.ofMillis(millis);
    }
}
