package io.bihuan;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.bihuan.platform.database.CannotStart;
import io.bihuan.platform.database.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A new, migrated database of its own. All are on one server for the whole test run: an embedded one, or the one that the system
 * property {@code bihuan.test.url} names ({@code jdbc:postgresql://host/database?user=…&password=…}).
 */
public final class TestDatabase {
    private static final String PREFIX =
            "bihuan_test_" + ProcessHandle.current().pid() + "_";
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** Faster than a disk, and the tests keep nothing. */
    private static final Path MEMORY = Path.of("/dev/shm");

    private final String name;
    private final String url;
    private final Server server;
    private @Nullable HikariDataSource pool;

    private TestDatabase(Server server, String name) {
        this.server = server;
        this.name = name;
        this.url = server.prefix + name + server.suffix;
    }

    /** A new database with all migrations, empty otherwise. */
    public static TestDatabase fresh() {
        return Server.ONE.create("template " + Server.ONE.template() + Server.ONE.copying);
    }

    /** A new database without anything in it. */
    public static TestDatabase empty() {
        return Server.ONE.create("");
    }

    /** Lets all embedded servers of the run use one unpacked copy of PostgreSQL; gives its folder. */
    public static String shareBinaries() {
        return System.getProperties()
                .computeIfAbsent(
                        "bihuan.binaries",
                        key -> Path.of("target/postgres-binaries")
                                .toAbsolutePath()
                                .toString())
                .toString();
    }

    /** A connection of the server's superuser to the database of that address. */
    public static Connection asAdministrator(String url) throws SQLException {
        return DriverManager.getConnection(url, Server.ONE.administrator, Server.ONE.administratorPassword);
    }

    public String url() {
        return url;
    }

    public String username() {
        return server.username;
    }

    public String password() {
        return server.password;
    }

    /** A small pool, closed at the end of the test run. */
    public synchronized DataSource dataSource() {
        if (pool == null) {
            var settings = new HikariConfig();
            settings.setJdbcUrl(url);
            settings.setUsername(username());
            settings.setPassword(password());
            settings.setMaximumPoolSize(12);
            settings.setMinimumIdle(0);
            settings.setIdleTimeout(10_000);
            settings.setPoolName(name);
            pool = new HikariDataSource(settings);
            server.pools.add(pool);
        }
        return pool;
    }

    public JdbcClient jdbcClient() {
        return JdbcClient.create(dataSource());
    }

    /** For {@code @TempDir} of tests that start servers of their own. */
    public static final class InMemory implements TempDirFactory {
        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext test) throws IOException {
            return Files.isWritable(MEMORY)
                    ? Files.createTempDirectory(MEMORY, "bihuan-test")
                    : Files.createTempDirectory("bihuan-test");
        }
    }

    /** The server of the test run. */
    private static final class Server {
        static final Server ONE = started();

        private final String prefix;
        private final String suffix;
        private final String username;
        private final String password;
        private final String administrator;
        private final String administratorPassword;
        private final String administratorUrl;
        private final String copying;
        private final List<HikariDataSource> pools = new ArrayList<>();
        private @Nullable String template;

        private Server(
                String url,
                String username,
                String password,
                String administrator,
                String administratorPassword,
                String copying) {
            int query = url.indexOf('?') < 0 ? url.length() : url.indexOf('?');
            int slash = url.lastIndexOf('/', query);
            this.prefix = url.substring(0, slash + 1);
            this.suffix = url.substring(query);
            this.username = username;
            this.password = password;
            this.administrator = administrator;
            this.administratorPassword = administratorPassword;
            this.administratorUrl = url;
            this.copying = copying;
        }

        private static Server started() {
            String given = System.getProperty("bihuan.test.url", "");
            if (!given.isEmpty()) {
                String user = parameter(given, "user");
                String password = parameter(given, "password");
                var server = new Server(given, user, password, user, password, "");
                atTheEnd(server::dropAll);
                return server;
            }
            shareBinaries();
            Embedded embedded = embedded();
            var access = embedded.server.access();
            atTheEnd(embedded.server::close);
            Path secret = embedded.folder.resolve("secrets/superuser.password");
            try {
                var server = new Server(
                        access.url(),
                        access.username(),
                        access.password(),
                        "postgres",
                        Files.readString(secret).strip(),
                        // In memory that is quicker than writing it down a second time.
                        " strategy = file_copy");
                server.dropAll();
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** After the applications of the tests; Spring runs no handlers where no application ever ran. */
        private static void atTheEnd(Runnable stop) {
            SpringApplication.getShutdownHandlers().add(stop);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                if (!TestEnvironment.hasSeenApplications()) {
                    stop.run();
                }
            }));
        }

        private record Embedded(Path folder, EmbeddedServer server) {}

        /** Another run in the same project may have the first folder. */
        private static Embedded embedded() {
            Path target = Path.of("target").toAbsolutePath();
            String place = HexFormat.of().toHexDigits(target.toString().hashCode());
            CannotStart last = null;
            for (int attempt = 0; attempt < 5; attempt++) {
                Path folder = Files.isWritable(MEMORY)
                        ? MEMORY.resolve("bihuan-test-" + System.getProperty("user.name") + "-" + place + "-" + attempt)
                        : target.resolve("test-postgres-" + attempt);
                try {
                    return new Embedded(folder, EmbeddedServer.start(folder));
                } catch (CannotStart e) {
                    last = e;
                }
            }
            throw new IllegalStateException(last);
        }

        private static String parameter(String url, String name) {
            for (String parameter : url.substring(url.indexOf('?') + 1).split("&", -1)) {
                if (parameter.startsWith(name + "=")) {
                    return URLDecoder.decode(parameter.substring(name.length() + 1), StandardCharsets.UTF_8);
                }
            }
            throw new IllegalArgumentException("bihuan.test.url needs ?user=…&password=…");
        }

        private synchronized String template() {
            if (template == null) {
                TestDatabase made = create("");
                Flyway.configure()
                        .dataSource(made.url, username, password)
                        .locations("classpath:db/migration")
                        .outOfOrder(true)
                        .load()
                        .migrate();
                template = made.name;
            }
            return template;
        }

        private synchronized TestDatabase create(String how) {
            String name = PREFIX + COUNT.incrementAndGet();
            execute("create database " + name + " owner " + username + " " + how);
            return new TestDatabase(this, name);
        }

        /** Of this run or, on the embedded server, of earlier ones. */
        private synchronized void dropAll() {
            pools.forEach(HikariDataSource::close);
            String own = System.getProperty("bihuan.test.url", "").isEmpty() ? "bihuan_test_%" : PREFIX + "%";
            var names = new ArrayList<String>();
            try (Connection connection = connect();
                    var query = connection.prepareStatement("select datname from pg_database where datname like ?")) {
                query.setString(1, own);
                try (var rows = query.executeQuery()) {
                    while (rows.next()) {
                        names.add(rows.getString(1));
                    }
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            names.forEach(name -> execute("drop database if exists " + name + " with (force)"));
        }

        private void execute(String sql) {
            try (Connection connection = connect();
                    var statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException(sql, e);
            }
        }

        private Connection connect() throws SQLException {
            return DriverManager.getConnection(administratorUrl, administrator, administratorPassword);
        }
    }
}
