package benchmark;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;

/**
 * What the database of a running application was busy with, from pg_stat_statements, which the embedded server counts always:
 * {@link #reset} before the load, {@link #print} after it. Both need the superuser of the data folder.
 */
final class Statements {
    private static final int SLOWEST = Integer.getInteger("benchmark.statements", 10);
    private static final int LONGEST = 160;

    private final Application application;

    Statements(Application application) {
        this.application = application;
    }

    /** Begins to count anew. */
    void reset() throws Exception {
        try (Connection database = application.superuser();
                var statement = database.createStatement()) {
            statement.execute("select pg_stat_statements_reset()");
        }
    }

    /** The ten that took most time since, with what one call of each did, as a table. */
    void print() throws Exception {
        try (Connection database = application.superuser();
                var query = database.prepareStatement("""
                        select query, calls, total_exec_time, mean_exec_time, max_exec_time, rows,
                            shared_blks_hit + shared_blks_read as pages, shared_blks_read as read, temp_blks_written as spilled,
                            wal_bytes, sum(total_exec_time) over () as everything
                        from pg_stat_statements s
                        where s.dbid = (select oid from pg_database where datname = current_database())
                        order by total_exec_time desc limit ?
                        """)) {
            query.setInt(1, SLOWEST);
            System.out.println(
                    "| share | calls | total s | mean ms | most ms | rows | pages | of them read | spilled | statement |");
            System.out.println("|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|");
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    print(row);
                }
            }
        }
    }

    /** Rows and pages are those of one call. */
    private static void print(ResultSet row) throws SQLException {
        double calls = row.getLong("calls");
        System.out.printf(
                Locale.ROOT,
                "| %.0f %% | %.0f | %.1f | %.3f | %.1f | %.1f | %.1f | %.2f | %.2f | `%s` |%n",
                100 * row.getDouble("total_exec_time") / row.getDouble("everything"),
                calls,
                row.getDouble("total_exec_time") / 1_000,
                row.getDouble("mean_exec_time"),
                row.getDouble("max_exec_time"),
                row.getLong("rows") / calls,
                row.getLong("pages") / calls,
                row.getLong("read") / calls,
                row.getLong("spilled") / calls,
                shortened(row.getString("query")));
    }

    /** Its beginning and its end, where the condition and the order stand. */
    private static String shortened(String sql) {
        String line = sql.replaceAll("\\s+", " ").strip().replace("|", "\\|").replace('`', '\'');
        return line.length() <= LONGEST
                ? line
                : line.substring(0, LONGEST / 3) + " … " + line.substring(line.length() - LONGEST * 2 / 3);
    }
}
