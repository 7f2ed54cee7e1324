package benchmark;

import io.bihuan.platform.database.EmbeddedServer;
import io.bihuan.platform.database.ServerAccess;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code bin/bihuan} with its usual options with its own PostgreSQL, in a process of its own. */
final class Application implements AutoCloseable {
    static final String TOKEN = "benchmark-token-0123456789-0123456789-abc";
    static final String PASSWORD = "benchmark-administrator";
    static final String BEARER = "Authorization: Bearer " + TOKEN;
    static final Path DATA = Path.of("target", "benchmark");
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final Pattern HEAP = Pattern.compile("used (\\d+)K");

    private final Path folder;
    private final Process process;
    private final int port;
    private final Duration start;

    private Application(Path folder, Process process, int port, Duration start) {
        this.folder = folder;
        this.process = process;
        this.port = port;
        this.start = start;
    }

    /** Comes back with the first 200 of the path. */
    static Application start(Path folder, String path, String... settings) throws Exception {
        return start(List.of("bin/bihuan"), folder, path, settings);
    }

    /** Without anything prepared: {@code java -Xmx512m -jar target/bihuan.jar}. */
    static Application startPlainly(Path folder, String path) throws Exception {
        String java = ProcessHandle.current().info().command().orElseThrow();
        return start(
                List.of(java, "-Xmx512m", "--enable-native-access=ALL-UNNAMED", "-jar", "target/bihuan.jar"),
                folder,
                path);
    }

    private static Application start(List<String> program, Path folder, String path, String... settings)
            throws Exception {
        Files.createDirectories(folder);
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        var command = new ArrayList<>(program);
        command.addAll(List.of(
                "--server.port=" + port,
                "--bihuan.data=" + folder,
                "--bihuan.bootstrap.admin-password=" + PASSWORD,
                "--bihuan.bootstrap.api-token=" + TOKEN));
        command.addAll(List.of(settings));
        var starting = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("application.log").toFile());
        starting.environment().put("JAVA_HOME", System.getProperty("java.home"));
        // As it is started everywhere: the script knows the options.
        starting.environment().remove("JAVA_OPTIONS");
        long before = System.nanoTime();
        Process process = starting.start();
        while (!answers(port, path)) {
            Duration waited = Duration.ofNanos(System.nanoTime() - before);
            if (!process.isAlive() || waited.compareTo(PATIENCE) > 0) {
                process.destroyForcibly();
                throw new IllegalStateException("no 200 of " + path + " after " + waited + ": "
                        + Files.readString(folder.resolve("application.log")));
            }
            Thread.sleep(5);
        }
        return new Application(folder, process, port, Duration.ofNanos(System.nanoTime() - before));
    }

    private static boolean answers(int port, String path) {
        try (var connection = new Connection(port)) {
            return connection.get(path).status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    int port() {
        return port;
    }

    /** From the start of the process to the first 200. */
    Duration startTime() {
        return start;
    }

    long pid() {
        return process.pid();
    }

    ServerAccess access() {
        return EmbeddedServer.running(folder).orElseThrow();
    }

    java.sql.Connection database() throws Exception {
        ServerAccess access = access();
        return DriverManager.getConnection(access.url(), access.username(), access.password());
    }

    /** A connection of somebody who has signed in. */
    Connection signedIn() throws IOException {
        var connection = new Connection(port);
        Matcher csrf = CSRF.matcher(connection.get("/sign-in").text());
        if (!csrf.find()) {
            throw new IllegalStateException("the sign-in page has no form");
        }
        Connection.Answer answer = connection.post(
                "/sign-in",
                "login=admin&password=" + PASSWORD + "&_csrf="
                        + java.net.URLEncoder.encode(csrf.group(1), StandardCharsets.UTF_8),
                "Content-Type: application/x-www-form-urlencoded");
        if (answer.status() / 100 != 3) {
            throw new IllegalStateException("not signed in: " + answer.status());
        }
        return connection;
    }

    /** Heap that is in use after a collection, and resident memory now and at its highest, in MB. */
    String memory() throws Exception {
        tool("GC.run");
        Matcher heap = HEAP.matcher(tool("GC.heap_info"));
        List<Long> resident = Machine.resident(process.pid());
        return "heap in use %s MB of 512 after a collection, resident %d MB (highest %d MB), PostgreSQL aside"
                .formatted(
                        heap.find() ? Long.toString(Long.parseLong(heap.group(1)) >> 10) : "?",
                        resident.get(0),
                        resident.get(1));
    }

    private String tool(String command) throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(this.process.pid()),
                        command)
                .redirectErrorStream(true)
                .start();
        String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return words;
    }

    /** Stops it as the system does, and waits for the end. */
    @Override
    public void close() throws Exception {
        process.destroy();
        process.waitFor();
    }
}
