package benchmark;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** From the start of the process after a clean stop to the first 200 of the home page. */
final class Starts {
    private static final int ROUNDS = 5;
    private static final double BOUND_SECONDS = 4;

    private Starts() {}

    static List<String> run() throws Exception {
        Path folder = Application.DATA.resolve("reading").toAbsolutePath();
        Application.start(folder, "/").close(); // makes the database if there is none
        Spread plain = times(() -> Application.startPlainly(folder, "/"));
        Spread spread = times(() -> Application.start(folder, "/"));
        System.out.println("Start, bin/bihuan: " + spread.text(2) + " s to the first 200 of /, " + ROUNDS + " times.");
        System.out.println("Start, java -jar with nothing prepared: " + plain.text(2) + " s.");
        return spread.median() > BOUND_SECONDS
                ? List.of("start " + spread.text(2) + " s, at most " + BOUND_SECONDS)
                : List.of();
    }

    private static Spread times(Callable<Application> start) throws Exception {
        double[] seconds = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            try (Application application = start.call()) {
                seconds[round] = application.startTime().toMillis() / 1e3;
            }
        }
        return Spread.of(seconds);
    }
}
