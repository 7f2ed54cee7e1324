package benchmark;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.tools.ToolProvider;

/** How many deadlines in working time one core computes in a second, by JMH. */
final class Arithmetic {
    private static final double BOUND = 5_000_000;
    private static final Path FOLDER = Path.of("target/benchmark/arithmetic");

    private Arithmetic() {}

    static List<String> run() throws Exception {
        Path classes = Files.createDirectories(FOLDER.resolve("classes"));
        String libraries = System.getProperty("java.class.path");
        // JMH's generated code is no code of ours: it is made here and not in the build, where warnings are errors.
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-d",
                        classes.toString(),
                        "-cp",
                        libraries,
                        "-processor",
                        "org.openjdk.jmh.generators.BenchmarkProcessor",
                        "-proc:full",
                        "benchmark/Reach.java");
        if (failed != 0) {
            throw new IllegalStateException("benchmark/Reach.java does not compile");
        }
        Path result = FOLDER.resolve("result.csv");
        Files.deleteIfExists(result);
        Path log = FOLDER.resolve("jmh.txt");
        int ended = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classes + File.pathSeparator + libraries,
                        "org.openjdk.jmh.Main",
                        "benchmark.Reach",
                        "-rf",
                        "csv",
                        "-rff",
                        result.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        if (ended != 0 || !Files.exists(result)) {
            throw new IllegalStateException("JMH ended with " + ended + ": " + log);
        }
        List<String> lines = Files.readAllLines(result);
        double score = value(lines, "Score");
        double error = value(lines, "Score Error (99.9%)");
        System.out.printf(
                "Deadlines in working time on one core of %s: %,.0f ± %,.0f per second (JMH, 99.9 %%; %s).%n",
                Machine.core(), score, error, log);
        return score < BOUND
                ? List.of(String.format("arithmetic %,.0f per second, at least %,.0f", score, BOUND))
                : List.of();
    }

    private static double value(List<String> lines, String column) {
        int index = Arrays.asList(lines.getFirst().split(",", -1)).indexOf('"' + column + '"');
        return Double.parseDouble(lines.get(1).split(",", -1)[index]);
    }
}
