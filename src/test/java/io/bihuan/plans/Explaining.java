package io.bihuan.plans;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.postgresql.PGConnection;

/**
 * Carries out statements again, in a transaction that never ends well, and hears from auto_explain how. A statement with its own values
 * is carried out as such, and then so often that PostgreSQL plans it for all values if it holds that to be as good, as it does in an
 * application that runs for long.
 */
final class Explaining implements AutoCloseable {
    /** The driver prepares, and the server takes a plan for all values, from the sixth execution on. */
    private static final int OFTEN = 7;

    private final Connection connection;
    private final boolean isPossible;
    private final Set<String> large = new TreeSet<>();

    /** Begins the transaction. */
    Explaining(Connection connection) throws SQLException {
        this.connection = connection;
        this.isPossible = isInstalled();
        connection.setAutoCommit(false);
        execute("set idle_in_transaction_session_timeout = 0");
    }

    private boolean isInstalled() {
        try {
            execute("load 'auto_explain'");
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    boolean isPossible() {
        return isPossible;
    }

    /** From now on it explains; what is filled is filled. */
    void begin() throws SQLException {
        try (var statement = connection.createStatement();
                var tables = statement.executeQuery("""
                        select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
                        where c.relkind = 'r' and c.reltuples >= %d and n.nspname not like 'pg\\_%%' and n.nspname <> 'public'
                        """.formatted(Filling.LARGE * Filling.DENSITY))) {
            while (tables.next()) {
                large.add(tables.getString(1));
            }
        }
        for (String setting : List.of(
                "auto_explain.log_min_duration = 0",
                "auto_explain.log_analyze = on",
                "auto_explain.log_buffers = on",
                "auto_explain.log_timing = off",
                "auto_explain.log_verbose = on",
                "auto_explain.log_format = json",
                "auto_explain.log_level = notice",
                "auto_explain.log_parameter_max_length = 0",
                "client_min_messages = notice",
                "statement_timeout = '30s'",
                "lock_timeout = '2s'")) {
            execute("set " + setting);
        }
    }

    /** The tables that are not to be read as a whole. */
    Set<String> large() {
        return large;
    }

    List<Plan> plans(String sql) throws SQLException {
        connection.unwrap(PGConnection.class).setPrepareThreshold(0);
        try (PreparedStatement prepared = connection.prepareStatement(sql)) {
            return plans(prepared, List.of());
        }
    }

    /** How it is carried out with each of its values, and when it was carried out often. */
    List<Plan> plans(Sent.Statement statement) throws SQLException {
        var plans = new ArrayList<Plan>();
        List<Collection<Sent.Setter>> executions = statement.executions();
        connection.unwrap(PGConnection.class).setPrepareThreshold(0);
        try (PreparedStatement prepared = connection.prepareStatement(statement.sql())) {
            for (Collection<Sent.Setter> setters : executions) {
                plans.addAll(plans(prepared, setters));
            }
        }
        if (statement.sql().strip().regionMatches(true, 0, "insert", 0, 6)) {
            return plans;
        }
        connection.unwrap(PGConnection.class).setPrepareThreshold(1);
        try (PreparedStatement prepared = connection.prepareStatement(statement.sql())) {
            execute("set auto_explain.log_min_duration = -1");
            for (int time = 1; time < OFTEN; time++) {
                plans(prepared, executions.get(time % executions.size()));
            }
            execute("set auto_explain.log_min_duration = 0");
            plans.addAll(plans(prepared, executions.getFirst()));
        }
        return plans;
    }

    private List<Plan> plans(PreparedStatement prepared, Collection<Sent.Setter> setters) throws SQLException {
        var plans = new ArrayList<Plan>();
        var before = connection.setSavepoint();
        try (var end = connection.createStatement()) {
            for (Sent.Setter setter : setters) {
                setter.on(prepared);
            }
            prepared.clearWarnings();
            prepared.execute();
            // The server tells of a plan when the next statement takes its place.
            end.execute("select 1");
            collect(prepared.getWarnings(), plans);
            collect(end.getWarnings(), plans);
        } catch (SQLException e) {
            // A row that was written then is there already; any other refusal would hide a statement.
            if (!String.valueOf(e.getSQLState()).startsWith("23")) {
                throw e;
            }
        }
        connection.rollback(before);
        connection.releaseSavepoint(before);
        return plans;
    }

    private static void collect(SQLWarning warning, List<Plan> plans) {
        for (SQLWarning each = warning; each != null; each = each.getNextWarning()) {
            String notice = String.valueOf(each.getMessage());
            if (Plan.isOne(notice)) {
                Plan plan = Plan.of(notice);
                if (!plan.sql().equals("select 1")) {
                    plans.add(plan);
                }
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Nobody has seen what was filled in. */
    @Override
    public void close() throws SQLException {
        connection.rollback();
        connection.close();
    }
}
