package benchmark;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What people and programs read most, with 100,000 complaints: one reader, each time another page. */
final class Reading {
    static final long COMPLAINTS = Long.getLong("benchmark.complaints", 100_000);
    private static final int ROUNDS = 3;
    private static final int REQUESTS = 200;
    private static final double SLOWEST_LIST = 50;
    private static final double SLOWEST_PAGE = 10;
    private static final Pattern NEXT = Pattern.compile("\"next\":\"([^\"]+)\"");

    /** What is read; the bounds are milliseconds, infinite where there is none. */
    private record Page(String name, boolean isApi, double median, double p95, Supplier<String> path) {
        static Page list(String name, boolean isApi, Supplier<String> path) {
            return new Page(name, isApi, Double.POSITIVE_INFINITY, SLOWEST_LIST, path);
        }
    }

    private Reading() {}

    static List<String> run() throws Exception {
        Path folder = Application.DATA.resolve("reading").toAbsolutePath();
        Application.start(folder, "/actuator/health").close(); // makes the database if there is none
        Generator.fill(folder, COMPLAINTS);
        try (Application application = Application.start(folder, "/actuator/health")) {
            settle(application);
            return measure(application);
        }
    }

    /** Until the search index is complete and no alarm waits. */
    static void settle(Application application) throws Exception {
        long before = System.nanoTime();
        try (var connection = new Connection(application.port())) {
            String last = Texts.of(COMPLAINTS - 1).serial();
            while (!connection
                    .get(api("query=" + last), Application.BEARER)
                    .text()
                    .contains("\"number\"")) {
                Thread.sleep(200);
            }
        }
        System.out.printf("The search index was ready after %.1f s.%n", (System.nanoTime() - before) / 1e9);
        try (var database = application.database();
                var query =
                        database.prepareStatement("select 1 from clock.clock where next_alarm_at < now() limit 1")) {
            boolean isBusy = true;
            while (isBusy) {
                try (ResultSet row = query.executeQuery()) {
                    isBusy = row.next();
                }
                if (isBusy) {
                    Thread.sleep(200);
                }
            }
        }
        try (var database = application.database();
                var statement = database.createStatement()) {
            statement.execute("analyze");
        }
    }

    private static List<String> measure(Application application) throws Exception {
        var random = new SplittableRandom(7);
        List<String> numbers = numbers(application);
        Supplier<String> number = () -> numbers.get(random.nextInt(numbers.size()));
        try (Connection desk = application.signedIn();
                var api = new Connection(application.port())) {
            List<String> cursors = cursors(api);
            var pages = new ArrayList<Page>();
            pages.add(Page.list("worklist, open by due time", false, () -> "/desk/complaints"));
            pages.add(Page.list(
                    "worklist of a department", false, () -> "/desk/complaints?department=" + department(random)));
            pages.add(Page.list("worklist, archived", false, () -> "/desk/complaints?state=ARCHIVED"));
            pages.add(new Page(
                    "complaint page",
                    false,
                    SLOWEST_PAGE,
                    Double.POSITIVE_INFINITY,
                    () -> "/desk/complaints/" + number.get()));
            for (int characters : List.of(2, 4, 8)) {
                pages.add(Page.list(
                        "desk search, %d characters, common".formatted(characters),
                        false,
                        () -> desk(Texts.common(characters, random))));
                pages.add(Page.list(
                        "desk search, %d characters, rare".formatted(characters),
                        false,
                        () -> desk(Texts.rare(characters, COMPLAINTS, random))));
            }
            for (int characters : List.of(2, 4, 8)) {
                pages.add(Page.list(
                        "API search, %d characters, common".formatted(characters),
                        true,
                        () -> api("query=" + encoded(Texts.common(characters, random)))));
                pages.add(Page.list(
                        "API search, %d characters, rare".formatted(characters),
                        true,
                        () -> api("query=" + encoded(Texts.rare(characters, COMPLAINTS, random)))));
            }
            pages.add(Page.list("API list, open", true, () -> api("state=OPEN")));
            pages.add(Page.list(
                    "API list, a later page of all",
                    true,
                    () -> api("cursor=" + encoded(cursors.get(random.nextInt(cursors.size()))))));
            pages.add(Page.list("API complaint", true, () -> "/api/v1/complaints/" + number.get()));
            pages.add(Page.list("API history", true, () -> "/api/v1/complaints/" + number.get() + "/history"));

            for (int warm = 0; warm < 2; warm++) { // the compilers of the JVM need so long
                for (Page page : pages) {
                    times(page, page.isApi() ? api : desk);
                }
            }
            var medians = new double[pages.size()][ROUNDS];
            var slowest = new double[pages.size()][ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                for (int page = 0; page < pages.size(); page++) {
                    long[] times = times(pages.get(page), pages.get(page).isApi() ? api : desk);
                    medians[page][round] = Spread.percentile(times, 0.5) / 1e6;
                    slowest[page][round] = Spread.percentile(times, 0.95) / 1e6;
                }
            }
            List<String> beyond = report(pages, medians, slowest);
            System.out.println("\nAfter it: " + application.memory() + ".");
            return beyond;
        }
    }

    private static List<String> report(List<Page> pages, double[][] medians, double[][] slowest) {
        var beyond = new ArrayList<String>();
        System.out.println("| " + COMPLAINTS + " complaints | p50 ms | p95 ms |");
        System.out.println("|---|--:|--:|");
        for (int each = 0; each < pages.size(); each++) {
            Page page = pages.get(each);
            Spread median = Spread.of(medians[each]);
            Spread p95 = Spread.of(slowest[each]);
            System.out.printf("| %s | %s | %s |%n", page.name(), median.text(1), p95.text(1));
            if (median.median() > page.median()) {
                beyond.add(page.name() + " p50 " + median.text(1) + " ms, at most " + page.median());
            }
            if (p95.median() > page.p95()) {
                beyond.add(page.name() + " p95 " + p95.text(1) + " ms, at most " + page.p95());
            }
        }
        return beyond;
    }

    private static long[] times(Page page, Connection connection) throws Exception {
        long[] nanos = new long[REQUESTS];
        for (int request = 0; request < REQUESTS; request++) {
            String path = page.path().get();
            long before = System.nanoTime();
            Connection.Answer answer = page.isApi() ? connection.get(path, Application.BEARER) : connection.get(path);
            nanos[request] = System.nanoTime() - before;
            if (answer.status() != 200) {
                throw new IllegalStateException(path + ": " + answer.status() + " " + answer.text());
            }
        }
        Arrays.sort(nanos);
        return nanos;
    }

    static List<String> numbers(Application application) throws Exception {
        var numbers = new ArrayList<String>();
        try (var database = application.database();
                var query = database.createStatement();
                ResultSet row =
                        query.executeQuery("select number from complaint.complaint order by md5(number) limit 2000")) {
            while (row.next()) {
                numbers.add(row.getString(1));
            }
        }
        return numbers;
    }

    private static List<String> cursors(Connection api) throws Exception {
        var cursors = new ArrayList<String>();
        for (String query = ""; cursors.size() < 20; query = "cursor=" + encoded(cursors.getLast())) {
            Matcher next = NEXT.matcher(api.get(api(query), Application.BEARER).text());
            if (!next.find()) {
                throw new IllegalStateException("no next page");
            }
            cursors.add(next.group(1));
        }
        return cursors;
    }

    private static String department(SplittableRandom random) {
        return Texts.DEPARTMENTS.get(random.nextInt(Texts.DEPARTMENTS.size()));
    }

    private static String desk(String words) {
        return "/desk/complaints?q=" + encoded(words);
    }

    private static String api(String query) {
        return "/api/v1/complaints?" + query;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
