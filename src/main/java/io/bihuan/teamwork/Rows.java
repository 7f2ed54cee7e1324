package io.bihuan.teamwork;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads columns of this module. */
final class Rows {
    private Rows() {}

    static UUID id(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, UUID.class));
    }

    static @Nullable UUID person(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    static Instant at(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(maybe(row, column));
    }

    static @Nullable Instant maybe(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column));
    }

    static OffsetDateTime sql(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
