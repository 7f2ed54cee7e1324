package benchmark;

import benchmark.Pages.Page;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What people and programs read most: one reader, each time another page. */
final class Reading {
    private static final int ROUNDS = 3;
    private static final int REQUESTS = Integer.getInteger("benchmark.requests", 100);
    /** Only the pages whose name matches, and then with the statements that they were made of. */
    private static final @Nullable String ONLY = System.getProperty("benchmark.pages");

    /** A page that takes so long shows what it is with fewer requests. */
    private static final Duration LONGEST = Duration.ofSeconds(4);

    private static final int FEWEST = 5;

    private Reading() {}

    static List<String> run(long complaints) throws Exception {
        Path folder = Fill.filled(complaints);
        try (Application application = Application.start(folder, "/actuator/health")) {
            settle(application);
            try (Connection lead = application.signedIn("manager1");
                    Connection agent = application.signedIn("agent1");
                    var api = new Connection(application.port())) {
                var beyond = new ArrayList<String>();
                var pages = new ArrayList<Page>();
                for (Page page : new Pages(new Ground(application), lead, agent, api).all(application)) {
                    if (ONLY != null
                            && !Pattern.compile(ONLY).matcher(page.name()).find()) {
                        continue;
                    }
                    int status =
                            answer(page, page.path().get(), lead, agent, api).status();
                    if (status == 200) {
                        pages.add(page);
                    } else {
                        beyond.add(page.name() + " is not measured: " + status);
                    }
                }
                beyond.addAll(measure(complaints, pages, lead, agent, api));
                if (ONLY != null) {
                    statements(application, pages, lead, agent, api);
                }
                Application.Memory memory = application.memory();
                System.out.println("\nAfter it: " + memory + ".");
                Figure.of("reading", complaints, "heap in use after it", "MB", Spread.of(memory.heap()))
                        .keep();
                Figure.of("reading", complaints, "highest resident memory", "MB", Spread.of(memory.highest()))
                        .keep();
                return beyond;
            }
        }
    }

    /** What one request of each page asks of the database. */
    private static void statements(
            Application application, List<Page> pages, Connection lead, Connection agent, Connection api)
            throws Exception {
        var statements = new Statements(application);
        for (Page page : pages) {
            statements.reset();
            times(page, new TreeSet<>(), lead, agent, api);
            System.out.println("\n" + page.name() + ", " + REQUESTS + " requests:");
            statements.print();
        }
    }

    /**
     * Until the search index is complete, all chains are anchored for the first time and no alarm waits; then the planner is told what
     * there is.
     */
    static void settle(Application application) throws Exception {
        long before = System.nanoTime();
        try (Connection desk = application.signedIn()) {
            while (!isComplete(desk)) {
                Thread.sleep(200);
            }
        }
        System.out.printf("The search index was ready after %.1f s.%n", (System.nanoTime() - before) / 1e9);
        try (var database = application.database();
                var statement = database.createStatement()) {
            until(statement, "select 1 from complaint.anchor limit 1", true);
            until(
                    statement,
                    "select 1 from clock.clock where next_alarm_at < now() and alarm_error is null limit 1",
                    false);
            statement.execute("analyze");
        }
    }

    /** Waits until the query finds something, or nothing any more. */
    private static void until(Statement statement, String query, boolean isFound) throws Exception {
        while (true) {
            try (ResultSet row = statement.executeQuery(query)) {
                if (row.next() == isFound) {
                    return;
                }
            }
            Thread.sleep(200);
        }
    }

    /** While the index is filled, a search says so. */
    static boolean isComplete(Connection desk) throws Exception {
        return !desk.get("/desk/complaints?q=" + Ground.encoded("投诉")).text().contains("card-notice");
    }

    private static List<String> measure(
            long complaints, List<Page> pages, Connection lead, Connection agent, Connection api) throws Exception {
        var wrong = new TreeSet<String>();
        var p50 = new double[pages.size()][ROUNDS];
        var p95 = new double[pages.size()][ROUNDS];
        for (int round = -1; round < ROUNDS; round++) { // the compilers of the JVM need the first one
            System.out.println(Yardstick.now());
            for (int each = 0; each < pages.size(); each++) {
                long[] times = times(pages.get(each), wrong, lead, agent, api);
                if (round >= 0) {
                    p50[each][round] = Spread.percentile(times, 0.5) / 1e6;
                    p95[each][round] = Spread.percentile(times, 0.95) / 1e6;
                }
            }
        }
        var beyond = new ArrayList<String>(wrong);
        System.out.println("\n| " + complaints + " complaints | p50 ms | p95 ms |");
        System.out.println("|---|--:|--:|");
        for (int each = 0; each < pages.size(); each++) {
            Page page = pages.get(each);
            Spread median = Spread.of(p50[each]);
            Spread slow = Spread.of(p95[each]);
            System.out.printf("| %s | %s | %s |%n", page.name(), median.text(1), slow.text(1));
            Figure.of("reading", complaints, page.name(), "ms p50", median).keep();
            Figure.of("reading", complaints, page.name(), "ms p95", slow).keep();
            if (median.median() > page.median()) {
                beyond.add(page.name() + " p50 " + median.text(1) + " ms, at most " + page.median());
            }
            if (slow.median() > page.p95()) {
                beyond.add(page.name() + " p95 " + slow.text(1) + " ms, at most " + page.p95());
            }
        }
        return beyond;
    }

    /** In nanoseconds, sorted; addresses that were not answered are added to the wrong ones. */
    static long[] times(Page page, Set<String> wrong, Connection lead, Connection agent, Connection api)
            throws Exception {
        long[] nanos = new long[REQUESTS];
        long end = System.nanoTime() + LONGEST.toNanos();
        int done = 0;
        while (done < REQUESTS && (done < FEWEST || System.nanoTime() < end)) {
            String path = page.path().get();
            long before = System.nanoTime();
            Connection.Answer answer = answer(page, path, lead, agent, api);
            nanos[done++] = System.nanoTime() - before;
            if (answer.status() != 200) {
                wrong.add(path + ": " + answer.status());
            }
        }
        long[] times = Arrays.copyOf(nanos, done);
        Arrays.sort(times);
        return times;
    }

    private static Connection.Answer answer(Page page, String path, Connection lead, Connection agent, Connection api)
            throws Exception {
        return switch (page.reader()) {
            case LEAD -> lead.get(path);
            case AGENT -> agent.get(path);
            case PROGRAM -> api.get(path, Application.BEARER);
        };
    }
}
