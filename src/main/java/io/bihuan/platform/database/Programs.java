package io.bihuan.platform.database;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the programs of PostgreSQL, as an ordinary user and as root. */
final class Programs {
    private static final File NOTHING = new File("/dev/null");

    private final Path bin;
    private final boolean isRoot;

    Programs(Path installation) throws IOException {
        this.bin = installation.resolve("bin");
        this.isRoot = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        if (isRoot
                && new ProcessBuilder("unshare", "-U", "true")
                                .start()
                                .onExit()
                                .join()
                                .exitValue()
                        != 0) {
            throw new CannotStart(
                    "PostgreSQL does not run as root, and this machine gives root no user namespace (unshare -U).",
                    "Start the application as an ordinary user, or set spring.datasource.url to a running PostgreSQL.");
        }
    }

    /** Starts the server as a child of this process; it outlives signals to the terminal's group. */
    Process server(Path cluster, Path log) throws IOException {
        // Without its own session Ctrl-C would stop the server before the application has finished with it.
        List<String> session = Files.isExecutable(Path.of("/usr/bin/setsid")) ? List.of("/usr/bin/setsid") : List.of();
        return builder(session, "postgres", "-D", cluster.toString())
                .directory(cluster.toFile())
                .redirectInput(NOTHING)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** Runs a program to its end and gives back what it said; a failure is an exception with that text. */
    String run(String input, String program, String... arguments) throws IOException, InterruptedException {
        Process process = builder(List.of(), program, arguments).start();
        try (var writer = process.outputWriter(StandardCharsets.UTF_8)) {
            writer.write(input);
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(program + " failed: " + output.strip());
        }
        return output;
    }

    private ProcessBuilder builder(List<String> session, String program, String... arguments) {
        var command = new ArrayList<String>(session);
        if (isRoot) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(bin.resolve(program).toString());
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        builder.environment().put("LC_ALL", "C");
        return builder;
    }
}
