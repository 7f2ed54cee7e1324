package io.bihuan.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.bihuan.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

class EmbeddedServerTests {
    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(2);

    @TempDir(factory = TestDatabase.InMemory.class)
    private static Path common;

    @TempDir(factory = TestDatabase.InMemory.class)
    private Path temporary;

    /** As a clean stop leaves it. */
    private Path folder;

    @BeforeAll
    static void startOnce() {
        TestDatabase.shareBinaries();
        EmbeddedServer.start(common.resolve("data")).close();
    }

    @BeforeEach
    void copy() throws IOException {
        folder = temporary.resolve("data");
        FileSystemUtils.copyRecursively(common.resolve("data"), folder);
        try (var files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                Files.setPosixFilePermissions(
                        file, PosixFilePermissions.fromString(Files.isDirectory(file) ? "rwx------" : "rw-------"));
            }
        }
    }

    @Test
    void theServerIsDurableAndReachableFromThisMachineOnly() {
        try (var server = EmbeddedServer.start(folder)) {
            assertThat(setting(server, "fsync")).isEqualTo("on");
            assertThat(setting(server, "synchronous_commit")).isEqualTo("on");
            assertThat(setting(server, "full_page_writes")).isEqualTo("on");
            assertThat(setting(server, "data_checksums")).isEqualTo("on");
            assertThat(setting(server, "listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(setting(server, "unix_socket_directories")).isEmpty();
            assertThat(setting(server, "server_encoding")).isEqualTo("UTF8");
            assertThat(setting(server, "idle_in_transaction_session_timeout")).isEqualTo("10s");
            assertThat(setting(server, "is_superuser")).isEqualTo("off");
            assertThat(jdbc(server.access())
                            .sql("select count(*) from pg_stat_statements")
                            .query(Long.class)
                            .single())
                    .isNotNegative();
        }
    }

    @Test
    void onlyTheGeneratedPasswordOpensIt() throws IOException {
        folder = temporary.resolve("new");
        try (var server = EmbeddedServer.start(folder)) {
            var access = server.access();
            assertThat(access.password()).hasSizeGreaterThanOrEqualTo(32);
            assertThat(Base64.getDecoder().decode(access.masterKey())).hasSize(32);
            assertThat(access.toString()).doesNotContain(access.password()).doesNotContain(access.masterKey());
            for (String user : new String[] {access.username(), "postgres"}) {
                for (String wrong : new String[] {"", "postgres", access.password() + "x"}) {
                    assertThatThrownBy(() -> DriverManager.getConnection(access.url(), user, wrong)
                                    .close())
                            .as(user + " with '" + wrong + "'")
                            .isInstanceOf(SQLException.class);
                }
            }
            assertThat(superuser(server)
                            .sql("select rolpassword from pg_authid where rolcanlogin order by rolname")
                            .query(String.class)
                            .list())
                    .hasSize(2)
                    .allMatch(stored -> stored.startsWith("SCRAM-SHA-256$"));
            assertThat(superuser(server)
                            .sql("select distinct auth_method from pg_hba_file_rules")
                            .query(String.class)
                            .list())
                    .containsExactly("scram-sha-256");
            try (var secrets = Files.list(folder.resolve("secrets"))) {
                assertThat(secrets)
                        .hasSize(3)
                        .allSatisfy(secret -> assertThat(
                                        PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                                .isEqualTo("rw-------"));
            }
        }
    }

    @Test
    void aRestartKeepsDataAddressAndSecrets() {
        ServerAccess first;
        try (var server = EmbeddedServer.start(folder)) {
            first = server.access();
            note(first, "kept");
        }
        assertThatThrownBy(() -> notes(first)).isInstanceOf(DataAccessException.class);

        try (var server = EmbeddedServer.start(folder)) {
            assertThat(server.access()).isEqualTo(first);
            assertThat(notes(server.access())).isEqualTo("kept");
        }
        assertThat(folder.resolve("postgres/PG_VERSION")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fsync", "synchronous_commit", "full_page_writes"})
    void aServerThatCouldLoseComplaintsIsRefused(String setting) throws IOException {
        Path settings = folder.resolve("postgres/postgresql.conf");
        Files.writeString(settings, setting + " = off\n", StandardOpenOption.APPEND);

        assertThatThrownBy(() -> EmbeddedServer.start(folder))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(setting + "=off")
                .hasMessageContaining(settings.toString());

        Files.writeString(settings, setting + " = on\n", StandardOpenOption.APPEND);
        EmbeddedServer.start(folder).close();
    }

    @Test
    void aSecondStartInTheSameProcessIsRefusedAndHarmsNothing() {
        try (var server = EmbeddedServer.start(folder)) {
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(() -> EmbeddedServer.start(folder))
                        .isInstanceOf(CannotStart.class)
                        .hasMessageContaining(folder.toString())
                        .hasMessageContaining(
                                Long.toString(ProcessHandle.current().pid()));
            }
            assertThat(setting(server, "fsync")).isEqualTo("on");
        }
    }

    @Test
    void aSecondProcessIsRefusedButMayAttach() {
        assertThat(EmbeddedServer.running(temporary.resolve("nowhere"))).isEmpty();
        assertThat(EmbeddedServer.running(folder)).isEmpty();
        try (var other = ServerProcess.start(folder)) {
            assertThatThrownBy(() -> EmbeddedServer.start(folder))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("in use by process " + other.pid())
                    .hasMessageContaining("bihuan.data");

            var access = EmbeddedServer.running(folder).orElseThrow();
            note(access, "attached");
            assertThat(notes(access)).isEqualTo("attached");

            other.kill();
            assertThat(EmbeddedServer.running(folder)).isEmpty();
            EmbeddedServer.start(folder).close();
        }
    }

    @Test
    void theServerOfAKilledProcessIsStoppedAndStartedAgainWithItsData() {
        try (var other = ServerProcess.start(folder)) {
            var access = EmbeddedServer.running(folder).orElseThrow();
            note(access, "before the kill");
            var leftOver = other.server();
            other.kill();
            assertThat(leftOver.isAlive()).isTrue();

            try (var server = EmbeddedServer.start(folder)) {
                assertThat(server.pid()).isNotEqualTo(leftOver.pid());
                assertThat(server.access()).isEqualTo(access);
                assertThat(notes(access)).isEqualTo("before the kill");
                await(() -> !leftOver.isAlive());
            }
        }
    }

    @Test
    void bothKilledTheDataStays() {
        try (var other = ServerProcess.start(folder)) {
            var access = EmbeddedServer.running(folder).orElseThrow();
            note(access, "before both were killed");
            var leftOver = other.server();
            other.kill();
            leftOver.destroyForcibly();

            try (var server = EmbeddedServer.start(folder)) {
                assertThat(notes(server.access())).isEqualTo("before both were killed");
            }
        }
    }

    @Test
    void aDeadServerIsStartedAgainAndThePoolGoesOn() {
        try (var server = EmbeddedServer.start(folder);
                var pool = pool(server.access())) {
            var jdbc = JdbcClient.create(pool);
            note(server.access(), "before the death");
            for (int death = 0; death < 2; death++) {
                long dead = server.pid();
                ProcessHandle.of(dead).orElseThrow().destroyForcibly();

                await(() -> server.pid() != dead && "before the death".equals(read(jdbc)));
            }
            assertThat(EmbeddedServer.running(folder)).contains(server.access());
        }
        EmbeddedServer.start(folder).close();
    }

    @Test
    void aPidFileWhoseNumberBelongsToAnotherProcessNowStopsNothing() throws IOException {
        Files.writeString(
                folder.resolve("postgres/postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + folder.resolve("postgres") + "\n");

        try (var server = EmbeddedServer.start(folder)) {
            assertThat(setting(server, "fsync")).isEqualTo("on");
        }
    }

    @Test
    void aFirstStartThatWasCutOffIsDoneAgain() throws IOException {
        folder = temporary.resolve("new");
        Files.createDirectories(folder.resolve("postgres.new/base"));
        Files.writeString(folder.resolve("postgres.new/PG_VERSION"), "18\n");

        try (var server = EmbeddedServer.start(folder)) {
            assertThat(setting(server, "fsync")).isEqualTo("on");
        }
        assertThat(folder.resolve("postgres.new")).doesNotExist();
    }

    @Test
    void aLostMasterKeyIsNotReplacedByANewOne() throws IOException {
        Path key = folder.resolve("secrets/master.key");
        String before = Files.readString(key);
        Files.delete(key);

        assertThatThrownBy(() -> EmbeddedServer.start(folder))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(key.toString())
                .hasMessageContaining("back-up");
        assertThat(key).doesNotExist();

        Files.writeString(key, before);
        EmbeddedServer.start(folder).close();
    }

    @Test
    void aTakenPortGivesWayToAnother() throws IOException {
        ServerAccess first;
        try (var server = EmbeddedServer.start(folder)) {
            first = server.access();
        }
        int port = URI.create(first.url().substring("jdbc:".length())).getPort();
        try (var taken = new java.net.ServerSocket(port, 1, java.net.InetAddress.getLoopbackAddress());
                var server = EmbeddedServer.start(folder)) {
            assertThat(taken.isBound()).isTrue();
            assertThat(server.access().url()).isNotEqualTo(first.url());
            assertThat(setting(server, "fsync")).isEqualTo("on");
        }
    }

    private static void note(ServerAccess access, String text) {
        var jdbc = jdbc(access);
        jdbc.sql("create table note (text text not null)").update();
        jdbc.sql("insert into note values (:text)").param("text", text).update();
    }

    private static String notes(ServerAccess access) {
        return read(jdbc(access));
    }

    private static String read(JdbcClient jdbc) {
        return jdbc.sql("select text from note").query(String.class).single();
    }

    private static String setting(EmbeddedServer server, String name) {
        return jdbc(server.access()).sql("show " + name).query(String.class).single();
    }

    private JdbcClient superuser(EmbeddedServer server) throws IOException {
        return JdbcClient.create(new DriverManagerDataSource(
                server.access().url(), "postgres", DataFolder.read(folder.resolve("secrets/superuser.password"))));
    }

    private static JdbcClient jdbc(ServerAccess access) {
        return JdbcClient.create(new DriverManagerDataSource(access.url(), access.username(), access.password()));
    }

    private static HikariDataSource pool(ServerAccess access) {
        var settings = new HikariConfig();
        settings.setJdbcUrl(access.url());
        settings.setUsername(access.username());
        settings.setPassword(access.password());
        settings.setMaximumPoolSize(4);
        return new HikariDataSource(settings);
    }

    /** A condition that throws because the database is away does not hold yet. */
    private static void await(Condition condition) {
        long deadline = System.nanoTime() + PATIENCE;
        RuntimeException last = null;
        while (System.nanoTime() < deadline) {
            try {
                if (condition.holds()) {
                    return;
                }
            } catch (DataAccessException e) {
                last = e;
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("not within " + PATIENCE + " ns", last);
    }

    private interface Condition {
        boolean holds();
    }
}
