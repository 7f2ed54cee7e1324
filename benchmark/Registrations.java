package benchmark;

import io.bihuan.platform.Ids;
import io.bihuan.platform.database.EmbeddedServer;
import io.bihuan.platform.database.ServerAccess;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Complaints registered through the API, beside the same rows with ids of their own, written by JDBC alone into the same tables with
 * all that is in them already; in turn, so that whatever the machine does meanwhile meets both. While JDBC writes, the application
 * stands still, and what was written is deleted before it goes on: else its followers, alarms and search would work at it. What the
 * application wrote is deleted at the end.
 */
final class Registrations {
    private static final List<Integer> CLIENTS = List.of(1, 4, 16, 64);
    private static final int ROUNDS = 3;
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("benchmark.seconds", 8));
    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("benchmark.warm", 60));
    private static final int BOUND_CLIENTS = 16;
    private static final double BOUND = 0.3;
    private static final String COMPLAINTS = "complaint.complaint";
    private static final String CONTENT = "七月装的KFR-35GW空调，师傅来了三次，每次收280元，还是不制冷。第一次说是缺氟，加完只用了两天；第二次说是主板，"
            + "等了一周才换上；第三次人来了什么都没带，看一眼就走。我打客服电话六次，每次都说会有人联系我，到今天没有一个人回电。"
            + "家里有老人和孩子，这个天气实在没法过。要求尽快修好，并退还前两次的费用。";

    private static final AtomicLong COUNT = new AtomicLong();

    private Registrations() {}

    /** One client of the API. */
    private static final class Client implements Load.Worker {
        private final benchmark.Connection connection;

        Client(int port) throws Exception {
            connection = new benchmark.Connection(port);
        }

        @Override
        public void once() throws Exception {
            register(connection, "benchmark-" + COUNT.incrementAndGet());
        }

        @Override
        public void close() throws Exception {
            connection.close();
        }
    }

    static void register(benchmark.Connection connection, String key) throws Exception {
        var answer = connection.post(
                "/api/v1/complaints",
                """
                {"businessLine":"appliance","channel":"APP","title":"空调修了三次还是不制冷","content":"%s","externalNumber":"%s",\
                "customer":{"name":"张三丰","phone":"13812345678"},\
                "product":{"productType":"air-conditioner","brand":"美的","model":"KFR-35GW"},"remedySought":"fee-refund"}
                """.formatted(CONTENT, key),
                Application.BEARER,
                "Content-Type: application/json",
                "Idempotency-Key: " + key);
        if (answer.status() != 201) {
            throw new IllegalStateException(answer.status() + " " + answer.text());
        }
    }

    static List<String> run(long complaints) throws Exception {
        Path folder = Fill.filled(complaints);
        Path since = folder.resolve("registrations-since");
        if (Files.exists(since)) { // of a run that was interrupted
            clean(folder, since);
        }
        try (Application application = Application.start(folder, "/actuator/health")) {
            Reading.settle(application);
        }
        copy(folder.resolve("search"), folder.resolve("search-before"));
        Files.writeString(since, Ids.next().toString());
        try (Application application = Application.start(folder, "/actuator/health")) {
            return compare(complaints, application);
        } finally {
            clean(folder, since);
        }
    }

    private static List<String> compare(long complaints, Application application) throws Exception {
        ServerAccess access = application.access();
        try (Connection database = application.database();
                var connection = new benchmark.Connection(application.port())) {
            String key = "template-" + Ids.next();
            register(connection, key);
            Lag.catchUp(application); // the owner is told a moment later
            Bare.Registration registration = Bare.Registration.read(database, key);
            var bareRun = (Runner) (clients, time) -> application.standingStill(() -> {
                UUID first = Ids.next();
                Load.Result result = Load.run(
                        clients,
                        time,
                        () -> new Bare(access.url(), access.username(), access.password(), registration));
                try (Connection superuser = application.superuser()) {
                    delete(superuser, first, "complaint_number like 'B%'");
                }
                return result;
            });
            var ourRun = (Runner) (clients, time) -> {
                Load.Result result = Load.run(clients, time, () -> new Client(application.port()));
                settle(application);
                return result;
            };
            var beyond = new ArrayList<String>(otherRows(rowsOf(application, database, ourRun), registration.counts()));
            ourRun.run(16, WARM_UP); // the compilers of the JVM need so long
            bareRun.run(16, Duration.ofSeconds(5));

            System.out.println(
                    "| clients | bare PostgreSQL a second | API a second | ratio | API p50 ms | API p95 ms |");
            System.out.println("|--:|--:|--:|--:|--:|--:|");
            for (int clients : CLIENTS) {
                ourRun.run(clients, Duration.ofSeconds(3));
                double[][] figures = new double[5][ROUNDS];
                for (int round = 0; round < ROUNDS; round++) {
                    Load.Result bareResult = bareRun.run(clients, TIME);
                    Load.Result result = ourRun.run(clients, TIME);
                    figures[0][round] = bareResult.rate();
                    figures[1][round] = result.rate();
                    figures[2][round] = result.rate() / bareResult.rate();
                    figures[3][round] = result.p50();
                    figures[4][round] = result.p95();
                }
                Spread ratio = Spread.of(figures[2]);
                System.out.printf(
                        "| %d | %s | %s | %s | %s | %s |%n",
                        clients,
                        Spread.of(figures[0]).text(0),
                        Spread.of(figures[1]).text(0),
                        ratio.text(2),
                        Spread.of(figures[3]).text(1),
                        Spread.of(figures[4]).text(1));
                String at = " at " + clients + " clients";
                keep(complaints, "bare PostgreSQL" + at, "a second", Spread.of(figures[0]));
                keep(complaints, "registration" + at, "a second", Spread.of(figures[1]));
                keep(complaints, "registration" + at, "of bare PostgreSQL", ratio);
                keep(complaints, "registration" + at, "ms p95", Spread.of(figures[4]));
                if (clients == BOUND_CLIENTS && ratio.median() < BOUND) {
                    beyond.add("ratio at " + clients + " clients " + ratio.text(2) + ", at least " + BOUND);
                }
            }
            System.out.println("\nAfter it: " + application.memory() + ".");
            return beyond;
        }
    }

    private static void keep(long complaints, String name, String unit, Spread spread) throws Exception {
        Figure.of("registration", complaints, name, unit, spread).keep();
    }

    private interface Runner {
        Load.Result run(int clients, Duration time) throws Exception;
    }

    /** Waits until the search index has what came in: it must not work while the other one is measured. */
    private static void settle(Application application) throws Exception {
        String key = "settled-" + COUNT.incrementAndGet();
        try (var connection = new benchmark.Connection(application.port())) {
            register(connection, key);
            String path = "/api/v1/complaints?query=" + URLEncoder.encode(key, StandardCharsets.UTF_8);
            for (int attempt = 0; attempt < 600; attempt++) {
                if (connection.get(path, Application.BEARER).text().contains("\"number\"")) {
                    return;
                }
                Thread.sleep(100);
            }
        }
        throw new IllegalStateException("the search index does not catch up");
    }

    /** Rows that came into each table for one complaint of a short run. */
    private static Map<String, Double> rowsOf(Application application, Connection database, Runner runner)
            throws Exception {
        Map<String, Long> before = counts(database);
        runner.run(1, Duration.ofSeconds(2));
        Lag.catchUp(application);
        Map<String, Long> after = counts(database);
        double complaints = after.get(COMPLAINTS) - before.get(COMPLAINTS);
        var rows = new TreeMap<String, Double>();
        after.forEach((table, count) ->
                rows.put(table, Math.round(10 * (count - before.getOrDefault(table, 0L)) / complaints) / 10.0));
        rows.values().removeIf(share -> share <= 0);
        return rows;
    }

    private static Map<String, Long> counts(Connection database) throws Exception {
        var counts = new TreeMap<String, Long>();
        for (String table : Ground.words(
                database,
                "select schemaname || '.' || relname from pg_stat_user_tables where schemaname <> 'platform'")) {
            counts.put(table, Ground.number(database, "select count(*) from " + table));
        }
        return counts;
    }

    /** Both must have written the same, else the ratio means nothing. */
    private static List<String> otherRows(Map<String, Double> ours, Map<String, Long> bare) {
        System.out.println("Rows for one complaint, by the application: " + ours + "\n");
        var same = new TreeMap<String, Double>();
        bare.forEach((table, count) -> same.put(table, count.doubleValue()));
        return ours.equals(same) ? List.of() : List.of("the bare rows are others: " + same + " beside " + ours);
    }

    private static void clean(Path folder, Path since) throws Exception {
        long before = System.nanoTime();
        try (EmbeddedServer server = EmbeddedServer.start(folder);
                Connection superuser = Application.superuser(folder, server.access());
                var statement = superuser.createStatement()) {
            delete(superuser, UUID.fromString(Files.readString(since)), "key ~ '^(benchmark|template|settled)-'");
            statement.execute("vacuum analyze");
        }
        // It would go on finding what is gone.
        delete(folder.resolve("search"));
        Files.move(folder.resolve("search-before"), folder.resolve("search"));
        Files.delete(since);
        System.out.printf("%nWhat came in was deleted in %.0f s.%n", (System.nanoTime() - before) / 1e9);
    }

    /** Takes away what came in since that id was given: all of it has an id that tells the time, or belongs to a complaint with one. */
    private static void delete(Connection superuser, UUID first, String requests) throws Exception {
        try (var statement = superuser.createStatement()) {
            // Whole complaints go: nothing is left that refers to them, and looking for it takes hours.
            statement.execute("set session_replication_role = replica");
            for (String column : Ground.words(superuser, """
                    select format('%I.%I where %I', table_schema, table_name, column_name)
                    from information_schema.columns join information_schema.tables using (table_schema, table_name)
                    where table_type = 'BASE TABLE' and data_type = 'uuid' and (
                        column_name in ('complaint_id', 'subject_id', 'occasion')
                        or table_schema = 'complaint' and table_name = 'complaint' and column_name = 'id')
                    """)) {
                statement.execute("delete from " + column + " >= '" + first + "'");
            }
            statement.execute("delete from intake.request_key where " + requests);
        }
    }

    private static void copy(Path from, Path to) throws Exception {
        delete(to);
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }

    static void delete(Path folder) throws Exception {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
