package io.bihuan.platform;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.SQLErrorCodeSQLExceptionTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/**
 * The writes of one transaction, collected by the modules that take part and sent in one round trip: several statements in one
 * prepared statement, which the driver pipelines. Order is kept. Nothing reaches the database before {@link #send}.
 */
public final class Writes {
    private record Write(String sql, int expected, List<@Nullable Object> parameters) {}

    private static final int ANY = -1;
    private final List<Write> writes = new ArrayList<>();

    /** Adds a statement with JDBC {@code ?} parameters; any number of rows may be touched. */
    public Writes add(String sql, @Nullable Object... parameters) {
        return add(sql, ANY, parameters);
    }

    /** Adds a statement that must touch exactly one row, else {@link #send} throws and the transaction rolls back. */
    public Writes addOne(String sql, @Nullable Object... parameters) {
        return add(sql, 1, parameters);
    }

    private Writes add(String sql, int expected, @Nullable Object... parameters) {
        writes.add(new Write(sql.strip(), expected, Collections.unmodifiableList(Arrays.asList(parameters))));
        return this;
    }

    /** Takes over what the other has collected, in its order. */
    public Writes addAll(Writes other) {
        writes.addAll(other.writes);
        other.writes.clear();
        return this;
    }

    public boolean isEmpty() {
        return writes.isEmpty();
    }

    /** Sends everything on the connection of the current transaction, and forgets it. */
    public void send(DataSource database) {
        if (writes.isEmpty()) {
            return;
        }
        Connection connection = DataSourceUtils.getConnection(database);
        try {
            send(connection);
        } catch (SQLException e) {
            SQLExceptionTranslator translator = new SQLErrorCodeSQLExceptionTranslator("PostgreSQL");
            var translated = translator.translate("writes", null, e);
            throw translated != null ? translated : new IllegalStateException(e);
        } finally {
            DataSourceUtils.releaseConnection(connection, database);
        }
    }

    private void send(Connection connection) throws SQLException {
        var sql = new StringBuilder();
        for (Write write : writes) {
            sql.append(sql.isEmpty() ? "" : ";\n").append(write.sql);
        }
        try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
            int index = 1;
            for (Write write : writes) {
                for (Object parameter : write.parameters) {
                    statement.setObject(index++, adapted(parameter));
                }
            }
            boolean isResultSet = statement.execute();
            for (Write write : writes) {
                int count = isResultSet ? ANY : statement.getUpdateCount();
                if (write.expected != ANY && count != write.expected) {
                    throw new OptimisticLockingFailureException(
                            "expected " + write.expected + " row, got " + count + ": " + write.sql);
                }
                isResultSet = statement.getMoreResults();
            }
        } finally {
            writes.clear();
        }
    }

    private static @Nullable Object adapted(@Nullable Object parameter) {
        return switch (parameter) {
            case null -> null;
            case Instant instant -> OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
            case Timestamp timestamp -> OffsetDateTime.ofInstant(timestamp.toInstant(), ZoneOffset.UTC);
            case Enum<?> constant -> constant.name();
            default -> parameter;
        };
    }
}
