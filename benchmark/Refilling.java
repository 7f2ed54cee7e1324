package benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The search index is lost: how long it takes to fill it again, while somebody goes on working. */
final class Refilling {
    private static final double SLOWEST = 50;

    private Refilling() {}

    static List<String> run(long complaints) throws Exception {
        Path folder = Fill.filled(complaints);
        Registrations.delete(folder.resolve("search"));
        try (Application application = Application.start(folder, "/actuator/health");
                Connection desk = application.signedIn()) {
            long before = System.nanoTime();
            var times = new ArrayList<Long>();
            for (int at = 0; at % 10 != 0 || !Reading.isComplete(desk); at++) {
                long asked = System.nanoTime();
                int status = desk.get("/desk/complaints?state=" + (at % 2 == 0 ? "OPEN" : "ALL"))
                        .status();
                times.add(System.nanoTime() - asked);
                if (status != 200) {
                    throw new IllegalStateException("the worklist while the index is filled: " + status);
                }
                Thread.sleep(20);
            }
            double seconds = (System.nanoTime() - before) / 1e9;
            long[] sorted = times.stream().mapToLong(Long::longValue).toArray();
            Arrays.sort(sorted);
            double p50 = Spread.percentile(sorted, 0.5) / 1e6;
            double p95 = Spread.percentile(sorted, 0.95) / 1e6;
            System.out.printf(
                    Locale.ROOT,
                    "The search index of %,d complaints was filled again in %.0f s: %,.0f a second, while the worklist answered %,d"
                            + " times: p50 %.1f ms, p95 %.1f ms.%n",
                    complaints,
                    seconds,
                    complaints / seconds,
                    times.size(),
                    p50,
                    p95);
            System.out.println("After it: " + application.memory() + ".");
            Figure.of("index", complaints, "search index filled again", "s", Spread.of(seconds))
                    .keep();
            Figure.of("index", complaints, "search index filled again", "a second", Spread.of(complaints / seconds))
                    .keep();
            Figure.of("index", complaints, "worklist while the index is filled", "ms p95", Spread.of(p95))
                    .keep();
            return p95 <= SLOWEST
                    ? List.of()
                    : List.of("worklist while the index is filled, p95 %.1f ms, at most %.0f".formatted(p95, SLOWEST));
        }
    }
}
