package benchmark;

import java.nio.file.Path;
import java.util.List;

/** From {@code java -jar} after a clean stop to the first 200 of the home page. */
final class Starts {
    private static final int ROUNDS = 5;
    private static final double BOUND_SECONDS = 4;

    private Starts() {}

    static List<String> run() throws Exception {
        Path folder = Application.DATA.resolve("reading").toAbsolutePath();
        Application.start(folder, "/").close(); // makes the database if there is none
        double[] seconds = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            try (Application application = Application.start(folder, "/")) {
                seconds[round] = application.startTime().toMillis() / 1e3;
            }
        }
        Spread spread = Spread.of(seconds);
        System.out.println("Start: " + spread.text(2) + " s to the first 200 of /, " + ROUNDS + " times.");
        return spread.median() > BOUND_SECONDS
                ? List.of("start " + spread.text(2) + " s, at most " + BOUND_SECONDS)
                : List.of();
    }
}
