package benchmark;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** From the start of the process after a clean stop to the first 200 of the home page. */
final class Starts {
    private static final int ROUNDS = 5;
    private static final double BOUND_SECONDS = 4;

    private Starts() {}

    static List<String> run(long complaints) throws Exception {
        Path folder = Fill.filled(complaints);
        Application.start(folder, "/").close(); // a clean stop
        times("java -jar with nothing prepared", complaints, () -> Application.startPlainly(folder, "/"));
        Spread spread = times("bin/bihuan", complaints, () -> Application.start(folder, "/"));
        return spread.median() > BOUND_SECONDS
                ? List.of("start " + spread.text(2) + " s, at most " + BOUND_SECONDS)
                : List.of();
    }

    private static Spread times(String name, long complaints, Callable<Application> start) throws Exception {
        double[] seconds = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            try (Application application = start.call()) {
                seconds[round] = application.startTime().toMillis() / 1e3;
            }
        }
        Spread spread = Spread.of(seconds);
        Figure.of("start", complaints, "start, " + name, "s", spread).keep();
        System.out.printf(
                "Start, %s, among %,d complaints: %s s to the first 200 of /, %d times.%n",
                name, complaints, spread.text(2), ROUNDS);
        return spread;
    }
}
