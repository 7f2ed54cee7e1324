package benchmark;

import io.bihuan.complaint.Stories;
import io.bihuan.platform.database.ServerAccess;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/**
 * Alarms of registered complaints that come due at 500 a second among 1,000,000 open clocks, on two applications with one database:
 * how late each fires. Every round is the next warn point of the same complaints, brought near by shifting their clocks.
 */
final class Firing {
    private static final int OPEN = Integer.getInteger("benchmark.clocks", 1_000_000);
    private static final int RATE = Integer.getInteger("benchmark.alarms", 500);
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("benchmark.firing.seconds", 60));
    private static final int DUE = Math.toIntExact(RATE * TIME.toSeconds());
    private static final Duration DISTANCE = Duration.ofSeconds(1).dividedBy(RATE);
    private static final Duration LEAD = Duration.ofSeconds(8);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final double BOUND = 1_000;

    /** The compilers of the JVM need the first one. */
    private static final String WARM_UP = "50%";

    private static final List<String> MEASURED = List.of("75%", "90%", "100%");

    /** Of the alarms of one round: how late in milliseconds, and how many in each second. */
    private record Round(double[] delays, long[] seconds, double[] waiting, long late, int nodes) {
        double delay(double share) {
            return at(delays, share);
        }

        double waiting(double share) {
            return at(waiting, share);
        }

        private static double at(double[] sorted, double share) {
            return sorted[Math.min(sorted.length - 1, (int) Math.ceil(sorted.length * share) - 1)];
        }
    }

    private Firing() {}

    static List<String> run() throws Exception {
        Path folder = Application.DATA.resolve("firing").toAbsolutePath();
        Path beside = Application.DATA.resolve("firing-beside").toAbsolutePath();
        Registrations.delete(folder);
        Registrations.delete(beside);
        Application.start(folder, "/actuator/health").close(); // makes the database
        Generator.fillOpen(folder, DUE, DISTANCE);
        try (Application one = Application.start(folder, "/actuator/health")) {
            ServerAccess access = one.access();
            try (Application other = Application.start(
                            beside,
                            "/actuator/health",
                            "--bihuan.master-key="
                                    + Files.readString(folder.resolve("secrets/master.key"))
                                            .strip(),
                            "--spring.datasource.url=" + access.url(),
                            "--spring.datasource.username=" + access.username(),
                            "--spring.datasource.password=" + access.password());
                    Connection database = one.database()) {
                fill(database);
                settle(one);
                settle(other);
                return measure(one, other, database);
            }
        }
    }

    /** Clocks of subjects whose alarms are far away, of all grades. */
    private static void fill(Connection database) throws SQLException {
        long before = System.nanoTime();
        try (PreparedStatement insert = database.prepareStatement("""
                        insert into clock.clock (subject_id, id, subject_kind, name, pack, pack_version, revision, severity, calendar,
                            calendar_version, amount, grade, started_at, due_at, state, next_alarm_at, next_alarm_point)
                        select gen_random_uuid(), gen_random_uuid(), t.subject_kind, t.name, t.pack, t.pack_version, t.revision, t.severity,
                            t.calendar, t.calendar_version, t.amount, (array['LEGAL', 'CONTRACT', 'INTERNAL'])[1 + n % 3], now(),
                            now() + interval '20 days' + n * interval '1 second', 'RUNNING',
                            now() + interval '10 days' + n * interval '1 second', t.next_alarm_point
                        from generate_series(1, ?) n, (select * from clock.clock where next_alarm_at is not null limit 1) t
                        """);
                Statement statement = database.createStatement()) {
            insert.setInt(1, OPEN);
            insert.executeUpdate();
            statement.execute("vacuum analyze");
        }
        System.out.printf("%d more open clocks in %.0f s.%n", OPEN, (System.nanoTime() - before) / 1e9);
    }

    /** Until its search index is complete. */
    private static void settle(Application application) throws Exception {
        String last = "/api/v1/complaints?query="
                + URLEncoder.encode(Stories.of(DUE - 1).serial(), StandardCharsets.UTF_8);
        try (var connection = new benchmark.Connection(application.port())) {
            while (!connection.get(last, Application.BEARER).text().contains("\"number\"")) {
                Thread.sleep(200);
            }
        }
    }

    private static List<String> measure(Application one, Application other, Connection database) throws Exception {
        round(database, WARM_UP);
        System.out.println(
                "| warn point | fired a second | late ms p50 | p99 | max | beyond 1 s | the longest waiting, seen from "
                        + "outside, ms p50 | p99 | max | processor of both applications |");
        System.out.println("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        var beyond = new ArrayList<String>();
        var p99 = new double[MEASURED.size()];
        for (String point : MEASURED) {
            Duration before = processor(one).plus(processor(other));
            Round round = round(database, point);
            double seconds = processor(one).plus(processor(other)).minus(before).toMillis() / 1e3;
            p99[MEASURED.indexOf(point)] = round.delay(0.99);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d–%d | %.0f | %.0f | %.0f | %d | %.0f | %.0f | %.0f | %.0f s of %d |%n",
                    point,
                    round.seconds()[0],
                    round.seconds()[round.seconds().length - 1],
                    round.delay(0.5),
                    round.delay(0.99),
                    round.delay(1),
                    round.late(),
                    round.waiting(0.5),
                    round.waiting(0.99),
                    round.waiting(1),
                    seconds,
                    TIME.toSeconds());
            if (round.delays().length != DUE) {
                beyond.add("fired at " + point + ": " + round.delays().length + " of " + DUE);
            }
            if (round.nodes() != 2) {
                beyond.add("nodes that fired at " + point + ": " + round.nodes());
            }
        }
        Spread spread = Spread.of(p99);
        if (spread.median() > BOUND) {
            beyond.add("firing p99 " + spread.text(0) + " ms late, at most " + BOUND);
        }
        long warned = number(database, "select count(*) from complaint.event where type = 'ClockWarned'");
        long expected = (long) DUE * (1 + MEASURED.size());
        if (warned != expected) {
            beyond.add("warnings in the histories: " + warned + ", not " + expected);
        }
        System.out.println("\nAfter it: " + one.memory() + "; the other: " + other.memory() + ".");
        return beyond;
    }

    /** Brings the next warn point of all complaints near and waits until it has fired everywhere. */
    private static Round round(Connection database, String point) throws Exception {
        Instant first = shift(database, point);
        double[] waiting = watch(database, first);
        try (PreparedStatement query = database.prepareStatement("""
                select extract(epoch from fired_at - warning_at) * 1000 as delay, extract(epoch from fired_at - ?)::integer as second, late,
                    node
                from clock.fired f join clock.clock c on c.subject_id = f.subject_id and c.id = f.clock_id
                where point = ? and c.name = 'solve' order by 1
                """)) {
            query.setObject(1, OffsetDateTime.ofInstant(first, ZoneOffset.UTC));
            query.setString(2, point);
            var delays = new ArrayList<Double>();
            var seconds = new long[Math.toIntExact(PATIENCE.toSeconds())];
            var nodes = new HashSet<String>();
            long late = 0;
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    delays.add(row.getDouble("delay"));
                    seconds[Math.clamp(row.getInt("second"), 0, seconds.length - 1)]++;
                    late += row.getBoolean("late") ? 1 : 0;
                    nodes.add(row.getString("node"));
                }
            }
            // The first and the last second are halves.
            long[] whole = Arrays.copyOfRange(seconds, 1, Math.toIntExact(TIME.toSeconds()) - 1);
            Arrays.sort(whole);
            return new Round(
                    delays.stream().mapToDouble(Double::doubleValue).toArray(), whole, waiting, late, nodes.size());
        }
    }

    /** The complaints' own columns stay: an alarm goes by the clock alone. */
    private static Instant shift(Connection database, String point) throws SQLException {
        try (PreparedStatement update = database.prepareStatement("""
                        with moved as (
                            select clock_timestamp() + ?::interval - min(next_alarm_at) as distance from clock.clock
                            where subject_id in (select id from complaint.complaint) and name = 'solve' and next_alarm_point = ? and state = 'RUNNING'
                        ), shifted as (
                            update clock.clock
                            set started_at = started_at + distance, due_at = due_at + distance, next_alarm_at = next_alarm_at + distance
                            from moved
                            where subject_id in (select id from complaint.complaint) and name = 'solve' and next_alarm_point = ? and state = 'RUNNING'
                            returning next_alarm_at
                        )
                        select min(next_alarm_at), count(*) from shifted
                        """)) {
            update.setString(1, LEAD.toString());
            update.setString(2, point);
            update.setString(3, point);
            try (ResultSet row = update.executeQuery()) {
                row.next();
                if (row.getInt(2) != DUE) {
                    throw new IllegalStateException(row.getInt(2) + " clocks wait for " + point + ", not " + DUE);
                }
                return row.getObject(1, OffsetDateTime.class).toInstant();
            }
        }
    }

    /** How long the alarm has waited that is due the longest and has not fired for the others to see; looks often. */
    private static double[] watch(Connection database, Instant first) throws Exception {
        Instant end = first.plus(TIME);
        Instant giveUp = end.plus(PATIENCE);
        var waiting = new ArrayList<Double>();
        try (PreparedStatement query = database.prepareStatement("""
                select extract(epoch from now() - min(next_alarm_at)) * 1000 as waiting, now() as now
                from clock.clock where grade = 'INTERNAL' and next_alarm_at <= now() and alarm_error is null
                """)) {
            while (true) {
                try (ResultSet row = query.executeQuery()) {
                    row.next();
                    double waits = row.getDouble("waiting"); // 0 when none does
                    Instant now = row.getObject("now", OffsetDateTime.class).toInstant();
                    if (!now.isBefore(first)) {
                        waiting.add(waits);
                    }
                    if (now.isAfter(end) && waits == 0) {
                        return waiting.stream()
                                .mapToDouble(Double::doubleValue)
                                .sorted()
                                .toArray();
                    }
                    if (now.isAfter(giveUp)) {
                        throw new IllegalStateException("alarms wait since " + waits + " ms");
                    }
                }
                Thread.sleep(20);
            }
        }
    }

    private static Duration processor(Application application) {
        return ProcessHandle.of(application.pid())
                .orElseThrow()
                .info()
                .totalCpuDuration()
                .orElseThrow();
    }

    private static long number(Connection database, String sql) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
