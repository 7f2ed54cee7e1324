package benchmark;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/** Open complaints that may be about the same matter, with 100,000 complaints; 1,000,000 with -Dbenchmark.complaints=1000000. */
final class Similar {
    private static final int WARM = 300;
    private static final int REQUESTS = 1_000;
    private static final double SLOWEST = 100;

    private Similar() {}

    static List<String> run() throws Exception {
        Path folder = Application.DATA.resolve("reading").toAbsolutePath();
        Application.start(folder, "/actuator/health").close(); // makes the database if there is none
        Generator.fill(folder, Reading.COMPLAINTS);
        try (Application application = Application.start(folder, "/actuator/health")) {
            Reading.settle(application);
            List<String> numbers = Reading.numbers(application);
            var random = new SplittableRandom(14);
            try (var api = new Connection(application.port())) {
                for (int i = 0; i < WARM; i++) {
                    ask(api, numbers.get(random.nextInt(numbers.size())));
                }
                var times = new long[REQUESTS];
                for (int i = 0; i < REQUESTS; i++) {
                    String number = numbers.get(random.nextInt(numbers.size()));
                    long before = System.nanoTime();
                    ask(api, number);
                    times[i] = System.nanoTime() - before;
                }
                double p50 = Spread.percentile(times, 0.5) / 1e6;
                double p95 = Spread.percentile(times, 0.95) / 1e6;
                double p99 = Spread.percentile(times, 0.99) / 1e6;
                System.out.printf(
                        "Similar complaints among %,d: p50 %.1f ms, p95 %.1f ms, p99 %.1f ms.%n",
                        Reading.COMPLAINTS, p50, p95, p99);
                return p99 <= SLOWEST ? List.of() : List.of("similar complaints, p99: %.1f ms".formatted(p99));
            }
        }
    }

    private static void ask(Connection api, String number) throws Exception {
        String answer = api.get("/api/v1/complaints/" + number + "/similar", Application.BEARER)
                .text();
        if (!answer.contains("\"items\"")) {
            throw new IllegalStateException(answer);
        }
    }
}
