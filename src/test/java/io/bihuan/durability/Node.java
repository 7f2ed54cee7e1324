package io.bihuan.durability;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.Bihuan;
import io.bihuan.TestDatabase;
import io.bihuan.platform.database.EmbeddedServer;
import io.bihuan.platform.database.ServerAccess;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The real application in a Java process of its own, on its own PostgreSQL, to be killed. */
final class Node implements AutoCloseable {
    static final String TOKEN = "kill-tests-0123456789-0123456789-abcdefgh";
    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

    private final Path folder;
    private final Process process;
    private final URI address;

    private Node(Path folder, Process process, URI address) {
        this.folder = folder;
        this.process = process;
        this.address = address;
    }

    /** Comes back when the application answers. */
    static Node start(Path folder) {
        return start(folder, Bihuan.class, classPath(), List.of(), List.of());
    }

    /** One of several nodes on a database; the folder is its own. */
    static Node start(Path folder, TestDatabase database) {
        return start(folder, Bihuan.class, classPath(), List.of(), settings(database));
    }

    /** What makes an application one more node of a database. */
    static List<String> settings(TestDatabase database) {
        return List.of(
                "--bihuan.master-key=" + Base64.getEncoder().encodeToString(new byte[32]),
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.username(),
                "--spring.datasource.password=" + database.password());
    }

    /** An application that believes it is later. */
    static Node startLater(Path folder, Duration shift) {
        return start(
                folder,
                ShiftedApplication.class,
                classPath() + File.pathSeparator + alone(folder, ShiftedApplication.class),
                List.of("-D" + ShiftedApplication.SHIFT + "=" + shift),
                List.of());
    }

    private static Node start(
            Path folder, Class<?> main, String classPath, List<String> options, List<String> settings) {
        try {
            Path log = Files.createTempFile(Files.createDirectories(folder), "node", ".log");
            var command = command(classPath, options);
            command.addAll(List.of(
                    main.getName(),
                    "--server.port=0",
                    "--bihuan.data=" + data(folder),
                    "--bihuan.bootstrap.admin-password=kill-tests-administrator",
                    "--bihuan.bootstrap.api-token=" + TOKEN));
            command.addAll(settings);
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Waiting.until("the application is up", Duration.ofMinutes(2), () -> {
                assertThat(process.isAlive()).as(() -> read(log)).isTrue();
                return PORT.matcher(read(log)).find();
            });
            Matcher port = PORT.matcher(read(log));
            assertThat(port.find()).isTrue();
            return new Node(folder, process, URI.create("http://127.0.0.1:" + port.group(1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command of the application and gives its exit code, its words in the failure message. */
    static void runs(Path folder, String command) {
        runs(folder, command, List.of());
    }

    static void runs(Path folder, String command, List<String> settings) {
        try {
            Path log = Files.createTempFile(folder, command, ".log");
            var line = command(classPath(), List.of());
            line.addAll(List.of(Bihuan.class.getName(), command, "--bihuan.data=" + data(folder)));
            line.addAll(settings);
            int code = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start()
                    .waitFor();
            assertThat(code).as(() -> command + ": " + read(log)).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> command(String classPath, List<String> options) {
        var command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-Dbihuan.binaries=" + TestDatabase.shareBinaries()));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath));
        return command;
    }

    /** Without the tests: what runs is the application and nothing else. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** A folder with one class of the tests. */
    private static Path alone(Path folder, Class<?> one) {
        Path file = folder.resolve("classes").resolve(one.getName().replace('.', '/') + ".class");
        try (InputStream bytes = Objects.requireNonNull(one.getResourceAsStream(one.getSimpleName() + ".class"))) {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.write(file, bytes.readAllBytes());
            return folder.resolve("classes");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path data(Path folder) {
        return folder.resolve("data");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI address() {
        return address;
    }

    /** The database of the application, past it. */
    JdbcClient database() {
        ServerAccess access = EmbeddedServer.running(data(folder)).orElseThrow();
        return JdbcClient.create(new DriverManagerDataSource(access.url(), access.username(), access.password()));
    }

    /** As {@code kill -9}: nothing in that process gets a chance to clean up. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** As {@code kill -9} of PostgreSQL, while the application lives. */
    void killDatabase() {
        try {
            Path pid = data(folder).resolve("postgres/postmaster.pid");
            long server = Long.parseLong(Files.readAllLines(pid).getFirst().strip());
            ProcessHandle.of(server).orElseThrow().destroyForcibly();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** As the system stops it. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
