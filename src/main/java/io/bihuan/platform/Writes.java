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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
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
    record Write(String sql, int expected, List<@Nullable Object> parameters) {
        /** One more row of the same insert: it costs a fraction of a statement of its own. */
        boolean isRowOf(Write other) {
            return expected == 1
                    && other.expected == 1
                    && sql.equals(other.sql)
                    && INSERT.matcher(sql).matches();
        }

        String row() {
            return sql.substring(sql.lastIndexOf(VALUES) + VALUES.length());
        }
    }

    private static final int ANY = -1;
    private static final String VALUES = "values ";
    private static final Pattern INSERT = Pattern.compile("(?s)insert into [^()]+\\([^()]+\\)\\s+values \\([^()]+\\)");
    final List<Write> writes = new ArrayList<>();
    private final Map<Object, Integer> places = new HashMap<>();

    /** Adds a statement with JDBC {@code ?} parameters; any number of rows may be touched. */
    public Writes add(String sql, @Nullable Object... parameters) {
        return add(sql, ANY, parameters);
    }

    /** Adds a statement that must touch exactly one row, else {@link #send} throws and the transaction rolls back. */
    public Writes addOne(String sql, @Nullable Object... parameters) {
        return add(sql, 1, parameters);
    }

    /** Adds a statement that must touch so many rows, else {@link #send} throws and the transaction rolls back. */
    public Writes addMany(int rows, String sql, @Nullable Object... parameters) {
        return add(sql, rows, parameters);
    }

    /**
     * Adds the insert of a row that later writes of the same transaction may still {@link #replaceInsert change}.
     *
     * @param key of the row, unlike that of any other
     */
    public Writes addInsert(Object key, String sql, @Nullable Object... parameters) {
        places.put(key, writes.size());
        return add(sql, 1, parameters);
    }

    /** Changes what an insert that has not been sent will store; false if there is none with this key. */
    public boolean replaceInsert(Object key, @Nullable Object... parameters) {
        Integer place = places.get(key);
        if (place == null) {
            return false;
        }
        writes.set(place, new Write(writes.get(place).sql, 1, Collections.unmodifiableList(Arrays.asList(parameters))));
        return true;
    }

    private Writes add(String sql, int expected, @Nullable Object... parameters) {
        writes.add(new Write(sql.strip(), expected, Collections.unmodifiableList(Arrays.asList(parameters))));
        return this;
    }

    /** Takes over what the other has collected, in its order. */
    public Writes addAll(Writes other) {
        int shift = writes.size();
        writes.addAll(other.writes);
        other.places.forEach((key, place) -> places.put(key, place + shift));
        other.clear();
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
        List<List<Write>> statements = statements();
        var sql = new StringBuilder();
        for (List<Write> rows : statements) {
            sql.append(sql.isEmpty() ? "" : ";\n").append(rows.getFirst().sql);
            for (Write row : rows.subList(1, rows.size())) {
                sql.append(", ").append(row.row());
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
            int index = 1;
            for (Write write : writes) {
                for (Object parameter : write.parameters) {
                    statement.setObject(index++, adapted(parameter));
                }
            }
            boolean isResultSet = statement.execute();
            for (List<Write> rows : statements) {
                Write write = rows.getFirst();
                int count = isResultSet ? ANY : statement.getUpdateCount();
                int expected = rows.size() > 1 ? rows.size() : write.expected;
                if (expected != ANY && count != expected) {
                    throw new OptimisticLockingFailureException(
                            "expected " + expected + " row, got " + count + ": " + write.sql);
                }
                isResultSet = statement.getMoreResults();
            }
        } finally {
            clear();
        }
    }

    /** Rows of the same insert that follow each other are one statement. */
    private List<List<Write>> statements() {
        var statements = new ArrayList<List<Write>>();
        for (Write write : writes) {
            if (!statements.isEmpty() && write.isRowOf(statements.getLast().getFirst())) {
                statements.getLast().add(write);
            } else {
                statements.add(new ArrayList<>(List.of(write)));
            }
        }
        return statements;
    }

    void clear() {
        writes.clear();
        places.clear();
    }

    static @Nullable Object adapted(@Nullable Object parameter) {
        return switch (parameter) {
            case null -> null;
            case Instant instant -> OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
            case Timestamp timestamp -> OffsetDateTime.ofInstant(timestamp.toInstant(), ZoneOffset.UTC);
            case Enum<?> constant -> constant.name();
            default -> parameter;
        };
    }
}
