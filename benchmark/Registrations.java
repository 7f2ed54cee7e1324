package benchmark;

import io.bihuan.platform.database.EmbeddedServer;
import io.bihuan.platform.database.ServerAccess;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Complaints registered through the API, beside the same rows written by JDBC alone into a database of the same layout on the same
 * server; in turn, so that whatever the machine does meanwhile meets both.
 */
final class Registrations {
    private static final List<Integer> CLIENTS = List.of(1, 4, 16, 64);
    private static final int ROUNDS = 3;
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("benchmark.seconds", 8));
    private static final int BOUND_CLIENTS = 16;
    private static final double BOUND = 0.3;
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

    static List<String> run() throws Exception {
        Path folder = Application.DATA.resolve("registration").toAbsolutePath();
        delete(folder);
        try (Application first = Application.start(folder, "/actuator/health");
                var connection = new benchmark.Connection(first.port())) {
            register(connection, "template");
            awaitNotice(first);
        }
        copyDatabase(folder);
        try (Application application = Application.start(folder, "/actuator/health")) {
            return compare(application);
        }
    }

    /** The owner is told by a follower, a moment after the registration. */
    private static void awaitNotice(Application application) throws Exception {
        try (Connection connection = application.database();
                var query = connection.prepareStatement("select 1 from message.staff_notice limit 1")) {
            for (int attempt = 0; attempt < 300; attempt++) {
                try (var row = query.executeQuery()) {
                    if (row.next()) {
                        return;
                    }
                }
                Thread.sleep(100);
            }
        }
        throw new IllegalStateException("the owner is not told");
    }

    /** While the application is down: a database that is copied may not be in use. */
    private static void copyDatabase(Path folder) throws Exception {
        try (EmbeddedServer server = EmbeddedServer.start(folder)) {
            String password = Files.readString(folder.resolve("secrets/superuser.password"))
                    .strip();
            String url = server.access().url().replaceFirst("/[^/]*$", "/postgres");
            try (Connection connection = DriverManager.getConnection(url, "postgres", password);
                    var statement = connection.createStatement()) {
                statement.execute("create database bare template bihuan owner bihuan");
            }
        }
    }

    private static List<String> compare(Application application) throws Exception {
        ServerAccess access = application.access();
        String url = access.url().replaceFirst("/[^/]*$", "/bare");
        try (Connection ours = application.database();
                Connection bare = DriverManager.getConnection(url, access.username(), access.password())) {
            Bare.Registration registration = Bare.Registration.read(bare, "template");
            var bareRun = (Runner) (clients, time) ->
                    Load.run(clients, time, () -> new Bare(url, access.username(), access.password(), registration));
            var ourRun = (Runner) (clients, time) -> {
                Load.Result result = Load.run(clients, time, () -> new Client(application.port()));
                settle(application);
                return result;
            };
            ourRun.run(16, Duration.ofSeconds(60)); // the compilers of the JVM need so long
            bareRun.run(16, Duration.ofSeconds(5));

            System.out.println(
                    "| clients | bare PostgreSQL a second | API a second | ratio | API p50 ms | API p95 ms |");
            System.out.println("|--:|--:|--:|--:|--:|--:|");
            var beyond = new ArrayList<String>();
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
                if (clients == BOUND_CLIENTS && ratio.median() < BOUND) {
                    beyond.add("ratio at " + clients + " clients " + ratio.text(2) + ", at least " + BOUND);
                }
            }
            System.out.println("\nAfter it: " + application.memory() + ".");
            beyond.addAll(otherRows(counts(ours), counts(bare)));
            return beyond;
        }
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

    /** Rows of each table for one complaint. */
    private static Map<String, Double> counts(Connection connection) throws Exception {
        var tables = new ArrayList<String>();
        try (var query = connection.createStatement();
                var row = query.executeQuery("select schemaname || '.' || relname from pg_stat_user_tables")) {
            while (row.next()) {
                tables.add(row.getString(1));
            }
        }
        var counts = new TreeMap<String, Double>();
        for (String table : tables) {
            try (var query = connection.createStatement();
                    var row = query.executeQuery("select count(*) from " + table)) {
                row.next();
                counts.put(table, (double) row.getLong(1));
            }
        }
        double complaints = counts.get("complaint.complaint");
        counts.replaceAll((table, count) -> Math.round(100 * count / complaints) / 100.0);
        counts.values().removeIf(share -> share == 0);
        return counts;
    }

    /** Both must have written the same, else the ratio means nothing. */
    private static List<String> otherRows(Map<String, Double> ours, Map<String, Double> bare) {
        System.out.println("Rows for one complaint, by the application: " + ours);
        return ours.equals(bare) ? List.of() : List.of("the bare rows are others: " + bare);
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
