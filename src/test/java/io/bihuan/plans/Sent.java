package io.bihuan.plans;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** What an application sent to its database, each text once, with some of the values that it was sent with. */
final class Sent {
    private static final int KEPT = 3;
    private static final Set<String> STREAMS =
            Set.of("setBinaryStream", "setCharacterStream", "setAsciiStream", "setBlob", "setClob");

    /** A setter with its values, to be called again on another connection. */
    record Setter(Method method, Object[] values) {
        void on(PreparedStatement statement) throws SQLException {
            try {
                method.invoke(statement, values);
            } catch (InvocationTargetException e) {
                throw new SQLException(e.getCause());
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** One statement, with the values of its first and its latest executions, and whoever asked for it first. */
    static final class Statement {
        private final String sql;
        private final String asker;
        private final List<Collection<Setter>> executions = new ArrayList<>();

        private Statement(String sql, String asker) {
            this.sql = sql;
            this.asker = asker;
        }

        String sql() {
            return sql;
        }

        String asker() {
            return asker;
        }

        synchronized List<Collection<Setter>> executions() {
            return List.copyOf(executions);
        }

        private synchronized void add(Collection<Setter> setters) {
            if (executions.size() == KEPT) {
                executions.remove(1);
            }
            executions.add(setters);
        }
    }

    // Of the one application that a test listens to.
    private static final ThreadLocal<@Nullable Map<String, Integer>> COUNTS = new ThreadLocal<>();
    private static final ThreadLocal<String> ASKER =
            ThreadLocal.withInitial(() -> Thread.currentThread().getName());

    private final Map<String, Statement> statements = new LinkedHashMap<>();

    /** Gives what listens to all statements of the pool. */
    DataSource listeningTo(DataSource pool) {
        return new DelegatingDataSource(pool) {
            @Override
            public Connection getConnection() throws SQLException {
                return proxy(Connection.class, listening(super.getConnection()));
            }
        };
    }

    /** Runs it and says how often it sent which text. */
    Map<String, Integer> counted(String name, Runnable work) {
        var counted = new HashMap<String, Integer>();
        COUNTS.set(counted);
        ASKER.set(name);
        try {
            work.run();
        } finally {
            COUNTS.remove();
            ASKER.remove();
        }
        return counted;
    }

    List<Statement> statements() {
        synchronized (statements) {
            return List.copyOf(statements.values());
        }
    }

    private InvocationHandler listening(Connection connection) {
        return (self, method, values) -> {
            Object result = call(method, connection, values);
            if (result instanceof PreparedStatement statement
                    && values != null
                    && values.length > 0
                    && values[0] instanceof String sql) {
                return proxy(PreparedStatement.class, listening(statement, sql));
            }
            return result;
        };
    }

    private InvocationHandler listening(PreparedStatement statement, String sql) {
        var setters = new TreeMap<Integer, Setter>();
        return (self, method, values) -> {
            String name = method.getName();
            if (name.startsWith("set") && values != null && values.length > 1 && values[0] instanceof Integer index) {
                setters.put(index, new Setter(method, values.clone()));
            } else if (name.startsWith("execute")) {
                sent(sql, setters.values());
            }
            return call(method, statement, values);
        };
    }

    private void sent(String sql, Collection<Setter> setters) {
        // Lists of values differ in their length only.
        String text = sql.replaceAll("\\?(\\s*,\\s*\\?)+", "?, …")
                .replaceAll("\\s+", " ")
                .strip();
        Map<String, Integer> counted = COUNTS.get();
        if (counted != null) {
            counted.merge(text, 1, Integer::sum);
        }
        if (setters.stream()
                .noneMatch(setter -> STREAMS.contains(setter.method().getName()))) {
            Statement statement;
            synchronized (statements) {
                statement = statements.computeIfAbsent(text, key -> new Statement(sql, ASKER.get()));
            }
            if (statement.sql().equals(sql)) {
                statement.add(List.copyOf(setters));
            }
        }
    }

    private static @Nullable Object call(Method method, Object target, Object @Nullable [] values) throws Throwable {
        try {
            return method.invoke(target, values);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(Sent.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
