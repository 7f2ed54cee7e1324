package benchmark;

import io.bihuan.platform.database.EmbeddedServer;
import io.bihuan.platform.database.ServerAccess;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code bin/bihuan} with its usual options with its own PostgreSQL, in a process of its own. */
final class Application implements AutoCloseable {
    static final String TOKEN = "benchmark-token-0123456789-0123456789-abc";
    static final String PASSWORD = "benchmark-administrator";
    static final String BEARER = "Authorization: Bearer " + TOKEN;
    static final Path DATA = Path.of("target", "benchmark");
    private static final Duration PATIENCE = Duration.ofMinutes(10);
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
        int port = free();
        var command = new ArrayList<>(program);
        command.addAll(List.of(
                "--server.port=" + port,
                "--bihuan.data=" + folder,
                "--bihuan.anchors.look=5s", // else the first ones come in the middle of a run
                "--bihuan.check.at=23:59", // the check of all histories is for the night, not for the middle of a
                // figure
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

    /** Below those that the system gives to clients: one of them may take it before the application does, even who asks for it. */
    private static int free() throws IOException {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(16_000, 32_000);
            try (var socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (BindException e) {
                // somebody else's
            }
        }
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

    Path folder() {
        return folder;
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

    /** Heap that is in use after a collection, and resident memory now and at its highest, in MB. */
    record Memory(long heap, long resident, long highest) {
        @Override
        public String toString() {
            return "heap in use %d MB of 512 after a collection, resident %d MB (highest %d MB), PostgreSQL aside"
                    .formatted(heap, resident, highest);
        }
    }

    /** A connection of the administrator, signed in. */
    Connection signedIn() throws IOException {
        return signedIn("admin");
    }

    /** A connection of somebody who has signed in. */
    Connection signedIn(String login) throws IOException {
        var connection = new Connection(port);
        Matcher csrf = CSRF.matcher(connection.get("/sign-in").text());
        if (!csrf.find()) {
            throw new IllegalStateException("the sign-in page has no form");
        }
        Connection.Answer answer = connection.post(
                "/sign-in",
                "login=" + login + "&password=" + PASSWORD + "&_csrf="
                        + java.net.URLEncoder.encode(csrf.group(1), StandardCharsets.UTF_8),
                "Content-Type: application/x-www-form-urlencoded");
        if (answer.status() / 100 != 3) {
            throw new IllegalStateException("not signed in: " + answer.status());
        }
        return connection;
    }

    Memory memory() throws Exception {
        long heap = heap(true);
        List<Long> resident = Machine.resident(process.pid());
        return new Memory(heap, resident.get(0), resident.get(1));
    }

    /**
     * Heap in use in MB.
     *
     * @param collected after a collection, which stops everything for a moment
     */
    long heap(boolean collected) throws Exception {
        if (collected) {
            tool("GC.run");
        }
        String info = tool("GC.heap_info");
        int metaspace = info.indexOf("Metaspace");
        Matcher generation = HEAP.matcher(metaspace < 0 ? info : info.substring(0, metaspace));
        long used = 0;
        while (generation.find()) {
            used += Long.parseLong(generation.group(1));
        }
        return used >> 10;
    }

    /** What {@code jcmd} answers to a command. */
    String tool(String... command) throws Exception {
        var words = new ArrayList<String>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        words.add(Long.toString(this.process.pid()));
        words.addAll(List.of(command));
        var process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return answer;
    }

    /** What may take time while it stands still: it has no part in it, and sees only what is left of it afterwards. */
    interface Quiet<T> {
        T run() throws Exception;
    }

    <T> T standingStill(Quiet<T> work) throws Exception {
        signal("STOP");
        try {
            return work.run();
        } finally {
            signal("CONT");
        }
    }

    private void signal(String name) throws Exception {
        int status = new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid())
                .inheritIO()
                .start()
                .waitFor();
        if (status != 0) {
            throw new IllegalStateException("kill -" + name + ": " + status);
        }
    }

    /** A connection that may do everything. */
    java.sql.Connection superuser() throws Exception {
        return superuser(folder, access());
    }

    static java.sql.Connection superuser(Path folder, ServerAccess access) throws Exception {
        String password =
                Files.readString(folder.resolve("secrets/superuser.password")).strip();
        return DriverManager.getConnection(access.url(), "postgres", password);
    }

    /** Stops it as the system does, and waits for the end. */
    @Override
    public void close() throws Exception {
        process.destroy();
        process.waitFor();
    }
}
