package io.bihuan.platform.database;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL of the application's own, in its data folder: durable, on this machine's loopback only, with a generated password.
 * One process holds a folder at a time. While open, a server that dies is started again on the same port.
 */
public final class EmbeddedServer implements AutoCloseable {
    private static final Map<String, String> DURABLE =
            Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on", "data_checksums", "on");

    private static final String SETTINGS = """
            # Written by Bihuan at every start. Own settings belong into postgresql.conf, below the include of this file.
            listen_addresses = '127.0.0.1'
            port = %d
            unix_socket_directories = ''
            password_encryption = 'scram-sha-256'
            fsync = on
            synchronous_commit = on
            full_page_writes = on
            wal_compression = on
            # A crash repeats at most what was written since the last checkpoint: requests wait that long.
            checkpoint_timeout = '5min'
            max_wal_size = '2GB'
            # After a crash one call instead of one a file: with many tables that is seconds against milliseconds.
            recovery_init_sync_method = 'syncfs'
            shared_buffers = '128MB'
            max_connections = 100
            idle_in_transaction_session_timeout = '10s'
            jit = off
            shared_preload_libraries = 'pg_stat_statements'
            timezone = 'UTC'
            log_timezone = 'UTC'
            # A refused statement is told to the caller; its values may be personal and stay out of the file.
            log_min_messages = 'log'
            log_min_error_statement = 'panic'
            log_error_verbosity = 'terse'
            logging_collector = off
            """;

    private static final Duration STOPPING = Duration.ofMinutes(2);
    private static final Duration STARTING = Duration.ofMinutes(10);
    private static final Duration RETRY = Duration.ofMillis(200);
    private static final long LOG_LIMIT = 10_000_000;

    private final DataFolder folder;
    private final FolderLock lock;
    private final Programs programs;
    private final Log log;
    private final int port;
    private final ServerAccess access;
    private final Thread watchdog;
    private volatile Process server;
    private volatile boolean closing;

    private EmbeddedServer(DataFolder folder, FolderLock lock, Programs programs, Log log)
            throws IOException, InterruptedException {
        this.folder = folder;
        this.lock = lock;
        this.programs = programs;
        this.log = log;
        folder.prepareSecrets();
        if (folder.hasCluster()) {
            stopLeftOver();
        } else {
            createCluster();
        }
        this.port = freePort(folder.lastPort());
        this.access = folder.access(port);
        Files.writeString(folder.cluster().resolve("bihuan.conf"), SETTINGS.formatted(port));
        this.server = launch();
        folder.keepPort(port);
        this.watchdog = Thread.ofVirtual().name("database-watchdog").start(this::keepAlive);
    }

    /**
     * Starts the server of this folder, making it on the first start.
     *
     * @throws CannotStart if another process holds the folder, or the server does not run or is not durable
     */
    public static EmbeddedServer start(Path dataFolder) {
        return start(dataFolder, LogFactory.getLog(EmbeddedServer.class));
    }

    static EmbeddedServer start(Path dataFolder, Log log) {
        DataFolder folder = DataFolder.at(dataFolder);
        FolderLock lock = null;
        try {
            lock = FolderLock.take(folder.lock());
            String shared = System.getProperty("bihuan.binaries");
            var programs = new Programs(Binaries.in(shared == null ? folder.binaries() : Path.of(shared)));
            return new EmbeddedServer(folder, lock, programs, log);
        } catch (FolderLock.Held e) {
            throw new CannotStart(
                    "The data folder " + folder.root() + " is in use by " + e.getMessage() + ".",
                    "Stop that process first, or set bihuan.data to another folder. Several nodes share one database with"
                            + " spring.datasource.url.",
                    e);
        } catch (IOException e) {
            release(lock);
            throw new CannotStart(
                    "The database in " + folder.root() + " did not start: " + e.getMessage(),
                    "Look into " + folder.log() + ". If programs are damaged, delete " + folder.binaries()
                            + ": it is unpacked again.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            release(lock);
            throw new CannotStart("The start of the database was interrupted.", "Start again.", e);
        } catch (RuntimeException e) {
            release(lock);
            throw e;
        }
    }

    /** How to reach the server that another process runs in this folder; empty if none does. */
    public static Optional<ServerAccess> running(Path dataFolder) {
        if (!Files.isDirectory(dataFolder)) {
            return Optional.empty();
        }
        DataFolder folder = DataFolder.at(dataFolder);
        try {
            FolderLock.take(folder.lock()).close();
            return Optional.empty();
        } catch (FolderLock.Held e) {
            try {
                Integer port = folder.lastPort();
                return port == null ? Optional.empty() : Optional.of(folder.access(port));
            } catch (IOException unreadable) {
                throw cannotAttach(folder, unreadable);
            }
        } catch (IOException e) {
            throw cannotAttach(folder, e);
        }
    }

    private static CannotStart cannotAttach(DataFolder folder, IOException e) {
        return new CannotStart(
                "The running server's address and password in " + folder.root() + " cannot be read: " + e + ".",
                "Run the command as the user who runs the application.",
                e);
    }

    public ServerAccess access() {
        return access;
    }

    /** Process id of the PostgreSQL server; changes when the server had to be started again. */
    public long pid() {
        return server.pid();
    }

    /** Stops the server cleanly and lets go of the folder; nothing is deleted. */
    @Override
    public void close() {
        if (closing) {
            return;
        }
        closing = true;
        watchdog.interrupt();
        try {
            watchdog.join();
            stop(server);
        } catch (IOException e) {
            log.error("The database could not be stopped cleanly; it recovers at its next start.", e);
            server.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            release(lock);
        }
    }

    private static void release(@Nullable FolderLock lock) {
        if (lock == null) {
            return;
        }
        try {
            lock.close();
        } catch (IOException e) {
            LogFactory.getLog(EmbeddedServer.class).warn("The lock of the data folder was not released.", e);
        }
    }

    /** Everything up to the application's own role and database is made aside, so that a crash leaves no half of it. */
    private void createCluster() throws IOException, InterruptedException {
        Path unfinished = folder.unfinishedCluster();
        DataFolder.deleteTree(unfinished);
        log.info("Making a new database in " + folder.cluster());
        programs.run(
                "",
                "initdb",
                "--pgdata=" + unfinished,
                "--username=postgres",
                "--auth=scram-sha-256",
                "--pwfile=" + folder.superuserPassword(),
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--data-checksums");
        Files.writeString(
                unfinished.resolve("postgresql.conf"), "\ninclude = 'bihuan.conf'\n", StandardOpenOption.APPEND);
        Files.writeString(unfinished.resolve("bihuan.conf"), SETTINGS.formatted(5432));
        Files.writeString(unfinished.resolve("pg_hba.conf"), """
                # One way in: this machine, with the password.
                host all all 127.0.0.1/32 scram-sha-256
                """);
        // The password is random: stretching it would add nothing but time to every connection.
        programs.run(
                """
                create extension pg_stat_statements;
                set scram_iterations = 1;
                create role %1$s login password '%2$s';
                grant pg_monitor to %1$s;
                create database %1$s owner %1$s;
                """.formatted(DataFolder.DATABASE, folder.access(0).password()),
                "postgres",
                "--single",
                "-D",
                unfinished.toString(),
                "template1");
        Files.move(unfinished, folder.cluster(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** A JVM that was killed leaves its server behind: it is stopped, and what a server that was killed left is cleared. */
    private void stopLeftOver() throws IOException, InterruptedException {
        Path pidFile = folder.cluster().resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
        if (isOurs(pid) && stop(pid)) {
            return;
        }
        // The number may belong to any process by now, and the server would take that for its twin.
        // Its own safeguard, the shared memory, is named in this file: so first wait for all that use the folder.
        long deadline = System.nanoTime() + STOPPING.toNanos();
        for (List<Long> left = processesInCluster(); !left.isEmpty(); left = processesInCluster()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("processes " + left + " of a dead server still use " + folder.cluster());
            }
            Thread.sleep(20);
        }
        Files.deleteIfExists(pidFile);
    }

    /** False when it died meanwhile without having cleared up: whoever was killed is still to be seen for a moment. */
    private boolean stop(long pid) throws IOException, InterruptedException {
        log.warn("Stopping the database server " + pid + " that an earlier process left behind.");
        try {
            programs.run(
                    "",
                    "pg_ctl",
                    "stop",
                    "--pgdata=" + folder.cluster(),
                    "--mode=fast",
                    "--timeout=" + STOPPING.toSeconds());
            return true;
        } catch (IOException e) {
            if (isOurs(pid)) {
                throw e;
            }
            return false;
        }
    }

    private boolean isOurs(long pid) {
        try {
            // A zombie has no command line.
            var commandLine = Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.UTF_8);
            return List.of(commandLine.split("\0", -1))
                    .contains(folder.cluster().toString());
        } catch (IOException e) {
            return false;
        }
    }

    private List<Long> processesInCluster() throws IOException {
        var found = new ArrayList<Long>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                try {
                    if (Files.readSymbolicLink(process.resolve("cwd")).equals(folder.cluster())) {
                        found.add(Long.valueOf(process.getFileName().toString()));
                    }
                } catch (IOException e) {
                    log.trace("Ended meanwhile, or another user's", e);
                }
            }
        }
        return found;
    }

    /** Starts the server and waits until it serves; safe to repeat. */
    private Process launch() throws IOException, InterruptedException {
        Path output = folder.log();
        if (Files.exists(output) && Files.size(output) > LOG_LIMIT) {
            Files.move(output, output.resolveSibling("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        long before = Files.exists(output) ? Files.size(output) : 0;
        Process started = programs.server(folder.cluster(), output);
        try {
            awaitReady(started, before);
            refuseUnlessDurable();
            return started;
        } catch (IOException | InterruptedException | RuntimeException e) {
            stop(started);
            throw e;
        }
    }

    private void awaitReady(Process started, long logBefore) throws IOException, InterruptedException {
        Path pidFile = folder.cluster().resolve("postmaster.pid");
        long deadline = System.nanoTime() + STARTING.toNanos();
        while (!isReady(pidFile, started.pid())) {
            if (started.waitFor(5, TimeUnit.MILLISECONDS)) {
                throw new IOException("the server ended with " + started.exitValue() + ": " + tail(logBefore));
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("the server was not ready within " + STARTING + ": " + tail(logBefore));
            }
        }
    }

    /** The eighth line of the file is the server's state (see pidfile.h of PostgreSQL). */
    private static boolean isReady(Path pidFile, long pid) throws IOException {
        try {
            List<String> lines = Files.readAllLines(pidFile);
            return lines.size() >= 8
                    && lines.getFirst().strip().equals(Long.toString(pid))
                    && lines.get(7).strip().equals("ready");
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private String tail(long from) throws IOException {
        try (var file = new RandomAccessFile(folder.log().toFile(), "r")) {
            file.seek(Math.max(from, file.length() - 2_000));
            var bytes = new byte[(int) (file.length() - file.getFilePointer())];
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8).strip();
        }
    }

    private void refuseUnlessDurable() throws IOException {
        var found = new TreeMap<String, String>();
        try (var connection = DriverManager.getConnection(access.url(), access.username(), access.password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        select name, setting from pg_settings
                        where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums')
                        """)) {
            while (rows.next()) {
                found.put(rows.getString(1), rows.getString(2));
            }
        } catch (SQLException e) {
            throw new IOException("the server does not accept the application: " + e.getMessage(), e);
        }
        if (!found.equals(DURABLE)) {
            throw new CannotStart(
                    "The database in " + folder.root() + " could lose complaints at a power cut: " + found + ".",
                    "All of these must be on. Take the settings that switch them off out of "
                            + folder.cluster().resolve("postgresql.conf") + " and postgresql.auto.conf beside it.");
        }
    }

    private void stop(Process running) throws IOException, InterruptedException {
        if (!running.isAlive()) {
            return;
        }
        // INT asks for a fast stop (sessions end, everything is written), QUIT for an immediate one.
        programs.run("", "pg_ctl", "kill", "INT", Long.toString(running.pid()));
        if (!running.waitFor(STOPPING)) {
            programs.run("", "pg_ctl", "kill", "QUIT", Long.toString(running.pid()));
            running.waitFor(Duration.ofSeconds(10));
            running.destroyForcibly();
        }
    }

    private void keepAlive() {
        try {
            while (!closing) {
                int code = server.waitFor();
                if (!closing) {
                    log.error("The database server ended with " + code + "; starting it again.");
                    revive();
                }
            }
        } catch (InterruptedException e) {
            // closing
        }
    }

    private void revive() throws InterruptedException {
        @Nullable String told = null;
        while (!closing) {
            try {
                stopLeftOver();
                server = launch();
                log.warn("The database server is back.");
                return;
            } catch (IOException | RuntimeException e) {
                String problem = String.valueOf(e.getMessage());
                if (!problem.equals(told)) {
                    log.error("The database server does not start; trying on. " + problem);
                    told = problem;
                }
                Thread.sleep(RETRY);
            }
        }
    }

    /** The port of the last start if it is free, else one below the range that the system gives to outgoing connections. */
    private static int freePort(@Nullable Integer last) throws IOException {
        if (last != null && isFree(last)) {
            return last;
        }
        for (int attempt = 0; attempt < 100; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(15_000, 30_000);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IOException("no free port between 15000 and 30000");
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
