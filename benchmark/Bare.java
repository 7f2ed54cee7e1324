package benchmark;

import io.bihuan.platform.Ids;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The rows of one registration, written by JDBC alone: all inserts in one round trip, then the commit. The rows are those that the
 * application wrote for a request of the benchmark; ids, numbers and keys are new each time, the rest stays.
 */
final class Bare implements Load.Worker {
    private static final AtomicLong COUNT = new AtomicLong();

    /** One row; the marks say what of it is new each time. */
    record Row(String table, List<String> columns, List<Object> values) {}

    /** What the application wrote for one request. */
    record Registration(UUID id, Instant at, List<Row> rows) {
        private static final Map<String, String> TABLES = Map.of(
                "complaint.complaint", "id = ?",
                "complaint.event", "complaint_id = ? order by seq",
                "clock.clock", "subject_id = ? order by id",
                "intake.request_key", "complaint_number = (select number from complaint.complaint where id = ?)",
                "message.staff_notice", "occasion in (select id from complaint.event where complaint_id = ?)");
        private static final List<String> ORDER = List.of(
                "complaint.complaint", "complaint.event", "clock.clock", "intake.request_key", "message.staff_notice");

        static Registration read(Connection connection, String key) throws SQLException {
            UUID id;
            Instant at;
            try (var query = connection.prepareStatement("""
                    select c.id, c.registered_at from complaint.complaint c
                    join intake.request_key k on k.complaint_number = c.number where k.key = ?
                    """)) {
                query.setString(1, key);
                try (ResultSet row = query.executeQuery()) {
                    row.next();
                    id = row.getObject(1, UUID.class);
                    at = row.getObject(2, OffsetDateTime.class).toInstant();
                }
            }
            var rows = new ArrayList<Row>();
            for (String table : ORDER) {
                try (var query =
                        connection.prepareStatement("select * from " + table + " where " + TABLES.get(table))) {
                    query.setObject(1, id);
                    try (ResultSet row = query.executeQuery()) {
                        while (row.next()) {
                            rows.add(row(table, row));
                        }
                    }
                }
            }
            return new Registration(id, at, List.copyOf(rows));
        }

        private static Row row(String table, ResultSet row) throws SQLException {
            ResultSetMetaData meta = row.getMetaData();
            var columns = new ArrayList<String>();
            var values = new ArrayList<Object>();
            for (int column = 1; column <= meta.getColumnCount(); column++) {
                String type = meta.getColumnTypeName(column);
                if (!type.equals("xid8")) { // given by the database
                    columns.add(meta.getColumnName(column));
                    values.add(
                            type.equals("timestamptz")
                                    ? row.getObject(column, OffsetDateTime.class)
                                    : row.getObject(column));
                }
            }
            return new Row(table, columns, values);
        }

        /** How many rows of each table. */
        Map<String, Long> counts() {
            var counts = new HashMap<String, Long>();
            rows.forEach(row -> counts.merge(row.table(), 1L, Long::sum));
            return counts;
        }
    }

    private final Connection connection;
    private final Registration registration;
    private final PreparedStatement statement;

    Bare(String url, String user, String password, Registration registration) throws SQLException {
        this.registration = registration;
        connection = DriverManager.getConnection(url, user, password);
        connection.setAutoCommit(false);
        var sql = new StringBuilder();
        for (Row row : registration.rows()) {
            sql.append(sql.isEmpty() ? "" : ";\n")
                    .append("insert into ")
                    .append(row.table())
                    .append(" (")
                    .append(String.join(", ", row.columns()))
                    .append(") values (")
                    .append("?, ".repeat(row.columns().size() - 1))
                    .append("?)");
        }
        statement = connection.prepareStatement(sql.toString());
    }

    @Override
    public void once() throws SQLException {
        UUID id = Ids.next();
        long count = COUNT.incrementAndGet();
        Duration later = Duration.between(registration.at(), Instant.now());
        int index = 1;
        for (Row row : registration.rows()) {
            for (int column = 0; column < row.columns().size(); column++) {
                statement.setObject(
                        index++, renewed(row.columns().get(column), row.values().get(column), id, count, later));
            }
        }
        statement.execute();
        connection.commit();
    }

    private Object renewed(String column, Object value, UUID id, long count, Duration later) {
        if (value instanceof UUID same && same.equals(registration.id())) {
            return id;
        }
        if (value instanceof UUID && (column.equals("id") || column.equals("occasion"))) {
            return Ids.next();
        }
        if (value instanceof OffsetDateTime at) {
            return OffsetDateTime.ofInstant(at.toInstant().plus(later), ZoneOffset.UTC);
        }
        return switch (column) {
            case "number", "complaint_number" -> "B" + count;
            case "external_number", "key" -> value + "-" + count;
            default -> value;
        };
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
