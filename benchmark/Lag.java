package benchmark;

import io.bihuan.complaint.Stories;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * How far the followers are behind while 1,000 events a second come in, each a message of a customer through the API: for each the
 * age of the oldest event that it has not read, as its stored position says; for the search index the time until a text is found.
 */
final class Lag {
    private static final int RATE = Integer.getInteger("benchmark.events", 1_000);
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("benchmark.lag.seconds", 60));
    private static final int CLIENTS = 16;
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final Duration LONGEST_SEARCH = Duration.ofMinutes(1);
    private static final double SLOWEST_SECONDS = 10;
    private static final String INDEX = "search index";

    private static final String BEHIND = """
            select f.name, greatest(0, coalesce(extract(epoch from clock_timestamp() - e.at) * 1000, 0)) as behind
            from platform.follower f left join lateral (
                select at from complaint.event e where (e.epoch, e.txid, e.id) > (f.epoch, f.txid, f.id)
                order by e.epoch, e.txid, e.id limit 1) e on true
            """;

    private Lag() {}

    static List<String> run(long complaints) throws Exception {
        Path folder = Fill.filled(complaints);
        try (Application application = Application.start(folder, "/actuator/health");
                Connection database = application.database()) {
            Reading.settle(application);
            System.out.printf("The followers were ready after %.1f s.%n", catchUp(application));
            long before = events(database);
            Supplier<String> number = Ground.each(new Ground(application).open);
            load(application, number, Duration.ofSeconds(10), new TreeMap<>()); // the compilers of the JVM need so long
            catchUp(application);
            long warmed = events(database);
            Map<String, List<Double>> behind = new TreeMap<>();
            long started = System.nanoTime();
            load(application, number, TIME, behind);
            double seconds = (System.nanoTime() - started) / 1e9;
            double caughtUp = catchUp(application);
            return report(complaints, (events(database) - warmed) / seconds, behind, caughtUp, application, before);
        }
    }

    /** Waits until every follower has read everything; in seconds. */
    static double catchUp(Application application) throws Exception {
        long before = System.nanoTime();
        try (Connection database = application.database();
                PreparedStatement query = database.prepareStatement(BEHIND)) {
            while (true) {
                double most = 0;
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        most = Math.max(most, row.getDouble("behind"));
                    }
                }
                if (most == 0) {
                    return (System.nanoTime() - before) / 1e9;
                }
                if (System.nanoTime() - before > PATIENCE.toNanos()) {
                    throw new IllegalStateException("a follower does not catch up: " + most + " ms behind");
                }
                Thread.sleep(50);
            }
        }
    }

    private static long events(Connection database) throws Exception {
        return Ground.number(database, "select count(*) from complaint.event");
    }

    /** That many events a second, and meanwhile how far behind each is. */
    private static void load(
            Application application, Supplier<String> number, Duration time, Map<String, List<Double>> behind)
            throws Exception {
        long start = System.nanoTime();
        long end = start + time.toNanos();
        var turn = new AtomicLong();
        var refused = new AtomicLong();
        var running = new ArrayList<Future<?>>();
        try (var threads = Executors.newFixedThreadPool(CLIENTS + 2)) {
            for (int client = 0; client < CLIENTS; client++) {
                running.add(threads.submit(() -> {
                    try (var api = new benchmark.Connection(application.port())) {
                        while (true) {
                            long due = start + turn.getAndIncrement() * 1_000_000_000L / RATE;
                            if (due > end || System.nanoTime() > end) {
                                return null;
                            }
                            Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
                            if (Ground.inform(api, number.get(), Stories.of(due).content(), "") != 200) {
                                refused.incrementAndGet();
                            }
                        }
                    }
                }));
            }
            var found = new ArrayList<Double>();
            running.add(threads.submit(() -> search(application, number, end, found)));
            sample(application, end, behind);
            for (Future<?> each : running) {
                each.get();
            }
            behind.put(INDEX, found);
        }
        if (refused.get() > 0) { // such as those of a complaint that was closed meanwhile
            System.out.printf("%d were refused.%n", refused.get());
        }
    }

    private static void sample(Application application, long end, Map<String, List<Double>> behind) throws Exception {
        try (Connection database = application.database();
                PreparedStatement query = database.prepareStatement(BEHIND)) {
            while (System.nanoTime() < end) {
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        behind.computeIfAbsent(row.getString("name"), name -> new ArrayList<>())
                                .add(row.getDouble("behind"));
                    }
                }
                Thread.sleep(100);
            }
        }
    }

    /** From the answer to a message until a colleague finds it. */
    private static Void search(Application application, Supplier<String> number, long end, List<Double> found)
            throws Exception {
        try (benchmark.Connection api = new benchmark.Connection(application.port());
                benchmark.Connection desk = application.signedIn()) {
            while (System.nanoTime() < end) {
                String mark = "s" + ThreadLocalRandom.current().nextLong(1_000_000_000_000L);
                if (Ground.inform(api, number.get(), mark, "") != 200) {
                    continue;
                }
                long said = System.nanoTime();
                long latest = said + LONGEST_SEARCH.toNanos();
                while (System.nanoTime() < latest
                        && !desk.get("/desk/complaints?q=" + mark).text().contains("card-count")) {
                    Thread.sleep(100); // a page is work, too
                }
                found.add((System.nanoTime() - said) / 1e6);
                Thread.sleep(200);
            }
            return null;
        }
    }

    private static List<String> report(
            long complaints,
            double rate,
            Map<String, List<Double>> behind,
            double caughtUp,
            Application application,
            long before)
            throws Exception {
        System.out.printf(
                Locale.ROOT,
                "%,.0f events a second for %d s (%d a second asked), among %,d events.%n%n",
                rate,
                TIME.toSeconds(),
                RATE,
                before);
        System.out.println("| behind, ms | p50 | p99 | most |");
        System.out.println("|---|--:|--:|--:|");
        for (Map.Entry<String, List<Double>> each : behind.entrySet()) {
            double[] sorted =
                    each.getValue().stream().mapToDouble(Double::doubleValue).toArray();
            Arrays.sort(sorted);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.0f | %.0f | %.0f |%n",
                    each.getKey(),
                    at(sorted, 0.5),
                    at(sorted, 0.99),
                    at(sorted, 1));
            Figure.of("lag", complaints, "behind, " + each.getKey(), "ms p99", Spread.of(at(sorted, 0.99)))
                    .keep();
        }
        System.out.printf(Locale.ROOT, "%nAll had caught up %.1f s after the last one.%n", caughtUp);
        System.out.println("After it: " + application.memory() + ".");
        Figure.of("lag", complaints, "events", "a second", Spread.of(rate)).keep();
        Figure.of("lag", complaints, "followers caught up", "s", Spread.of(caughtUp))
                .keep();
        var beyond = new ArrayList<String>();
        if (rate < 0.95 * RATE) {
            beyond.add("events a second: %.0f of %d".formatted(rate, RATE));
        }
        if (caughtUp > SLOWEST_SECONDS) {
            beyond.add("followers caught up after %.1f s, at most %.0f".formatted(caughtUp, SLOWEST_SECONDS));
        }
        return beyond;
    }

    private static double at(double[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[Math.min(sorted.length - 1, (int) Math.ceil(sorted.length * share) - 1)];
    }
}
