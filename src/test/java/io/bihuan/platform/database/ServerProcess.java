package io.bihuan.platform.database;

import io.bihuan.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Another Java process that runs the server of a folder, to be killed. */
public final class ServerProcess implements AutoCloseable {
    private final Process process;
    private final long serverPid;

    private ServerProcess(Process process, long serverPid) {
        this.process = process;
        this.serverPid = serverPid;
    }

    /** Comes back when the server of the other process serves. */
    public static ServerProcess start(Path folder) {
        try {
            var process = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-Xmx128m",
                            "-Dbihuan.binaries=" + TestDatabase.shareBinaries(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            ServerProcess.class.getName(),
                            folder.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            var lines = process.inputReader(StandardCharsets.UTF_8);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("server ")) {
                    return new ServerProcess(process, Long.parseLong(line.substring("server ".length())));
                }
            }
            throw new IllegalStateException(
                    "The other process ended with " + process.onExit().join().exitValue());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    public ProcessHandle server() {
        return ProcessHandle.of(serverPid).orElseThrow();
    }

    /** As {@code kill -9}: nothing in that process gets a chance to clean up. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    public static void main(String[] arguments) throws InterruptedException {
        var server = EmbeddedServer.start(Path.of(arguments[0]));
        var out = new java.io.PrintStream(
                new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8);
        out.println("server " + server.pid());
        new CountDownLatch(1).await();
    }
}
