package benchmark;

import benchmark.Pages.Page;
import benchmark.Pages.Reader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Open complaints that may be about the same matter. */
final class Similar {
    private static final int ROUNDS = 10;
    private static final double SLOWEST = 100;

    private Similar() {}

    static List<String> run(long complaints) throws Exception {
        Path folder = Fill.filled(complaints);
        try (Application application = Application.start(folder, "/actuator/health");
                var api = new Connection(application.port())) {
            Reading.settle(application);
            Supplier<String> number = Ground.each(new Ground(application).open);
            var page =
                    new Page("similar", Reader.PROGRAM, 0, 0, () -> "/api/v1/complaints/" + number.get() + "/similar");
            var wrong = new TreeSet<String>();
            for (int warm = 0; warm < 3; warm++) {
                Reading.times(page, wrong, api, api, api);
            }
            var figures = new double[3][ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                long[] times = Reading.times(page, wrong, api, api, api);
                figures[0][round] = Spread.percentile(times, 0.5) / 1e6;
                figures[1][round] = Spread.percentile(times, 0.95) / 1e6;
                figures[2][round] = Spread.percentile(times, 0.99) / 1e6;
            }
            Spread p99 = Spread.of(figures[2]);
            System.out.printf(
                    "Similar complaints among %,d: p50 %s ms, p95 %s ms, p99 %s ms.%n",
                    complaints,
                    Spread.of(figures[0]).text(1),
                    Spread.of(figures[1]).text(1),
                    p99.text(1));
            Figure.of("similar", complaints, "similar complaints", "ms p50", Spread.of(figures[0]))
                    .keep();
            Figure.of("similar", complaints, "similar complaints", "ms p99", p99)
                    .keep();
            var beyond = new ArrayList<String>(wrong);
            if (p99.median() > SLOWEST) {
                beyond.add("similar complaints, p99 " + p99.text(1) + " ms, at most " + SLOWEST);
            }
            return beyond;
        }
    }
}
