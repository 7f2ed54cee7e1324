package benchmark;

import io.bihuan.complaint.Stories;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * A working day: two hundred agents at the desk with the pages that follow what happens, registrations over the API and by the public
 * form, alarms and followers, all at once, for some minutes.
 */
final class Day {
    private static final long COMPLAINTS = Long.getLong("benchmark.complaints", 100_000);
    private static final int AGENTS = Integer.getInteger("benchmark.agents", 200);
    /** Registrations a second; one of ten by the public form, the others over the API. */
    private static final int REGISTRATIONS = Integer.getInteger("benchmark.registrations", 20);

    private static final int BY_FORM = Math.max(1, REGISTRATIONS / 10);
    private static final int BY_PROGRAMS = Math.max(1, REGISTRATIONS - BY_FORM);
    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("benchmark.warm", 60));
    private static final Duration SAMPLE = Duration.ofSeconds(2);
    /** The pool of the application; it has no connections beside it. */
    private static final int MOST_CONNECTIONS = 12;

    private static final double SLOWEST_LIST = 50;
    private static final double SLOWEST_COMPLAINT = 10;
    private static final double LATEST_ALARM = 1000;
    private static final int MOST_WRONG = 5;
    private static final int MOST_REASONS = 12;
    private static final int ATTEMPTS = 10;
    /** Heap that may be in use at the end beyond what was: the third part, and what a moment more or less makes. */
    private static final double HEAP_GROWTH = 1.33;

    private static final long HEAP_MOMENT = 24;
    /** One of so many agents measures how late the news are. */
    private static final int LISTENERS = 10;

    private static final String FORM = "Content-Type: application/x-www-form-urlencoded";
    private static final String JSON = "Content-Type: application/json";

    private final Application application;
    /** Numbers of open complaints. */
    private final List<String> open;

    private final boolean isProfiled;
    private final Statements statements;
    /** What is searched for: pieces of text that many complaints have, and that few have. */
    private final List<Supplier<String>> words = new ArrayList<>();

    private final Times times = new Times();
    private final Times lags = new Times();
    private final News.Heard heard = new News.Heard();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicInteger wrongs = new AtomicInteger();
    private final AtomicInteger meanwhile = new AtomicInteger();
    private final Map<String, LongAdder> done = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> refused = new ConcurrentSkipListMap<>();
    private final Set<String> claimed = ConcurrentHashMap.newKeySet();
    private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();
    private final AtomicInteger count = new AtomicInteger();
    private final Set<String> registered = ConcurrentHashMap.newKeySet();
    /** The newest that came in by programs. */
    private final Deque<String> fresh = new ConcurrentLinkedDeque<>();

    private final AtomicInteger listeners = new AtomicInteger();
    private volatile boolean isOn = true;

    // Sampled.
    private final List<Long> connections = new ArrayList<>();
    private final List<Double> followerLags = new ArrayList<>();
    private final Map<String, Double> slowest = new TreeMap<>();
    private final List<Long> threads = new ArrayList<>();
    private final List<String> heaps = new ArrayList<>();

    private Day(Application application, Ground ground, boolean isProfiled) {
        this.application = application;
        this.open = ground.open;
        this.isProfiled = isProfiled;
        statements = new Statements(application);
        for (int characters : List.of(2, 4, 8)) {
            words.add(ground.common(characters));
            words.add(ground.rare(characters));
        }
    }

    static List<String> run(Duration time, boolean isProfiled) throws Exception {
        Path folder = Fill.filled(COMPLAINTS);
        try (Application application = Application.start(folder, "/actuator/health")) {
            Reading.settle(application);
            System.out.printf("The followers were ready after %.1f s.%n", Lag.catchUp(application));
            return new Day(application, new Ground(application), isProfiled).measure(time);
        }
    }

    private static String login(int agent) {
        return "agent" + (1 + (agent - 1) % Fill.AGENTS);
    }

    // ---- what the agents ask of the day

    boolean isOn() {
        return isOn;
    }

    String words(SplittableRandom random) {
        return words.get(random.nextInt(words.size())).get();
    }

    void took(String name, long since) {
        times.add(name, System.nanoTime() - since);
    }

    void wrong(String what) {
        if (wrongs.incrementAndGet() <= MOST_WRONG) {
            wrong.add(what);
        }
    }

    void done(String deed) {
        done.computeIfAbsent(deed, key -> new LongAdder()).increment();
    }

    void refused(String deed, String why) {
        String full = deed + ": " + why;
        boolean isKnown = refused.size() < MOST_REASONS || refused.containsKey(full);
        refused.computeIfAbsent(isKnown ? full : deed, key -> new LongAdder()).increment();
    }

    void changedMeanwhile() {
        meanwhile.incrementAndGet();
    }

    News listen(String cookie, News.Page page) throws IOException {
        boolean isMeasured = listeners.incrementAndGet() % LISTENERS == 0;
        return new News(application.port(), cookie, heard, isMeasured ? lags : null, null, page);
    }

    String sentence(SplittableRandom random) {
        return Stories.of(random.nextInt(1 << 20)).reply();
    }

    /** One of the newest, or one of those on the list, or any, that nobody works on; empty when none was found. */
    String claim(List<String> listed, SplittableRandom random) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            String newest = random.nextInt(3) > 0 ? fresh.pollFirst() : null;
            if (newest != null) {
                fresh.addLast(newest); // there are more steps to do
            }
            List<String> others = attempt < ATTEMPTS / 2 ? listed : open;
            String wanted = newest == null ? others.get(random.nextInt(others.size())) : newest;
            if (claimed.add(wanted)) {
                return wanted;
            }
        }
        return "";
    }

    void release(String number) {
        claimed.remove(number);
    }

    // ---- the day

    private List<String> measure(Duration time) throws Exception {
        var agents = new ArrayList<Agent>();
        long signing = System.nanoTime();
        for (int agent = 1; agent <= AGENTS; agent++) {
            agents.add(new Agent(this, agent, application.signedIn(login(agent))));
        }
        System.out.printf("%d agents signed in, %.0f s.%n", AGENTS, (System.nanoTime() - signing) / 1e9);
        var heardOf = ConcurrentHashMap.<String>newKeySet();
        try (var database = application.database();
                Connection watcher = application.signedIn();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var toWatcher = new News.Heard();
            var watching = new News(application.port(), watcher.cookie(), toWatcher, null, heardOf, ids -> {});
            watching.ready();
            try (watching) {
                agents.forEach(agent -> threads.submit(agent::work));
                threads.submit(() -> pace(threads, BY_PROGRAMS, this::register));
                threads.submit(() -> pace(threads, BY_FORM, this::file));
                Thread.sleep(WARM_UP);
                Measured measured = watch(database, time);
                isOn = false;
                threads.shutdown();
                Thread.sleep(2_000); // news of the last
                long missed = toWatcher.everything.sum() > 0 ? 0 : missed(database, heardOf);
                return report(measured, database, missed, watching.trouble());
            }
        } finally {
            for (Agent agent : agents) {
                agent.close();
            }
            for (Connection each : idle) {
                each.close();
            }
        }
    }

    /** Processor time in milliseconds and the clock, at one moment. */
    private record Moment(
            OffsetDateTime at,
            long nanos,
            long java,
            long postgres,
            long own,
            long[] machine,
            long pressure,
            Map<String, Long> threads) {}

    private record Measured(Moment from, Moment to, long heapBefore, long heapAfter) {
        double seconds() {
            return (to.nanos() - from.nanos()) / 1e9;
        }
    }

    private Moment moment(long postmaster) throws IOException {
        return new Moment(
                OffsetDateTime.now(ZoneOffset.UTC),
                System.nanoTime(),
                Processor.of(application.pid()),
                Processor.withChildren(postmaster),
                Processor.of(ProcessHandle.current().pid()),
                Processor.machine(),
                Processor.pressure(),
                Processor.threads(application.pid()));
    }

    /** Samples while the others work. */
    private Measured watch(java.sql.Connection database, Duration time) throws Exception {
        long backend = number(database, "select pg_backend_pid()");
        long postmaster = ProcessHandle.of(backend)
                .flatMap(ProcessHandle::parent)
                .orElseThrow()
                .pid();
        if (isProfiled) {
            Profile.begin(application);
        }
        statements.reset();
        times.begin();
        lags.begin();
        Moment from = moment(postmaster);
        long start = System.nanoTime();
        long end = start + time.toNanos();
        // Memory that holds what comes again is filled by then.
        long settled = start + Math.min(Duration.ofMinutes(2).toNanos(), time.toNanos() / 3);
        long heapBefore = 0;
        long nextHeap = settled;
        while (System.nanoTime() < end) {
            sample(database);
            if (System.nanoTime() >= nextHeap) {
                boolean isFirst = heapBefore == 0;
                long heap = application.heap(isFirst);
                heapBefore = isFirst ? heap : heapBefore;
                heaps.add("%d%s".formatted(heap, isFirst ? " (collected)" : ""));
                nextHeap = System.nanoTime() + Math.max(Duration.ofSeconds(30).toNanos(), time.toNanos() / 10);
            }
            Thread.sleep(SAMPLE);
        }
        Moment to = moment(postmaster);
        times.end();
        lags.end();
        if (isProfiled) {
            Profile.end(application);
        }
        long heapAfter = application.heap(true);
        heaps.add(heapAfter + " (collected)");
        return new Measured(from, to, heapBefore, heapAfter);
    }

    private void sample(java.sql.Connection database) throws Exception {
        connections.add(number(
                database,
                "select count(*) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()"
                        + " and datname = current_database()"));
        try (var query = database.createStatement();
                // As a follower reads: what is left behind its position, the oldest first.
                ResultSet row = query.executeQuery("""
                        select f.name, extract(epoch from clock_timestamp() - waiting.at) * 1000 as lag
                        from platform.follower f cross join lateral (
                            select at from complaint.event where (epoch, txid, id) > (f.epoch, f.txid, f.id)
                            order by epoch, txid, id limit 1
                        ) waiting
                        order by 2 desc limit 1
                        """)) {
            boolean isWaiting = row.next();
            followerLags.add(isWaiting ? row.getDouble("lag") : 0);
            if (isWaiting) {
                slowest.merge(row.getString("name"), row.getDouble("lag"), Math::max);
            }
        }
        threads.add(Processor.count(application.pid()));
    }

    // ---- who registers

    private interface Doing {
        void once(long due) throws Exception;
    }

    /** Begins it so many times a second, whether or not those before have ended. */
    private Void pace(ExecutorService executor, int aSecond, Doing doing) throws InterruptedException {
        long due = System.nanoTime();
        while (isOn) {
            due += 1_000_000_000L / aSecond;
            long begin = due;
            Thread.sleep(Duration.ofNanos(Math.max(0, begin - System.nanoTime())));
            executor.submit(() -> {
                try {
                    doing.once(begin);
                } catch (Exception e) {
                    wrong(e.toString());
                }
            });
        }
        return null;
    }

    private void register(long due) throws Exception {
        int number = count.incrementAndGet();
        // Some write again and again.
        Stories.One text = Stories.of(COMPLAINTS + number);
        Stories.One who = number % 3 == 0 ? Stories.of(number % 100) : text;
        String key = "day-" + ProcessHandle.current().pid() + "-" + number;
        String body = """
                {"businessLine":"appliance","channel":"APP","title":"%s","content":"%s","externalNumber":"%s",\
                "customer":{"name":"%s","phone":"%s"},\
                "product":{"productType":"air-conditioner","brand":"%s","model":"%s"},"remedySought":"fee-refund"}
                """.formatted(
                        text.title(), text.content(), key, who.customer(), who.phone(), text.brand(), text.model());
        Connection connection = idle.poll();
        if (connection == null) {
            connection = new Connection(application.port());
        }
        Connection.Answer answer =
                connection.post("/api/v1/complaints", body, Application.BEARER, JSON, "Idempotency-Key: " + key);
        took("registration by API", due);
        idle.push(connection);
        String plain = answer.plain();
        int at = plain.indexOf("\"number\":\"");
        if (answer.status() != 201 || at < 0) {
            throw new IllegalStateException("/api/v1/complaints: " + answer.status() + " " + answer.text());
        }
        String registeredNumber = plain.substring(at + 10, plain.indexOf('"', at + 10));
        registered.add(registeredNumber);
        if (fresh.size() < 1000) {
            fresh.addFirst(registeredNumber);
        }
    }

    /** A customer with the public form; everybody has an address of his own, else the allowance of one would be used up. */
    private void file(long due) throws Exception {
        int number = count.incrementAndGet();
        byte[] address = {127, (byte) (1 + number / 62_500), (byte) (number / 250 % 250), (byte) (1 + number % 250)};
        try (var connection = new Connection(application.port(), InetAddress.getByAddress(address))) {
            long before = System.nanoTime();
            Connection.Answer form = connection.get("/complain", "Accept-Encoding: gzip");
            took("public form", before);
            String page = form.plain();
            Stories.One text = Stories.of(COMPLAINTS + number);
            String body = "_csrf=" + encoded(value(page, "_csrf")) + "&form=" + encoded(value(page, "form"))
                    + "&line=appliance&category=&product.productType=air-conditioner&content=" + encoded(text.content())
                    + "&name=" + encoded(text.customer()) + "&phone=" + encoded(text.phone());
            before = System.nanoTime();
            Connection.Answer sent = connection.post("/complain", body, FORM, "Accept-Encoding: gzip");
            took("registration by form", before);
            String next = sent.header("Location");
            if (sent.status() != 303 || next.isEmpty()) {
                throw new IllegalStateException("/complain: " + sent.status());
            }
            before = System.nanoTime();
            Connection.Answer receipt = connection.get(next, "Accept-Encoding: gzip");
            took("receipt", before);
            if (receipt.status() != 200 || !receipt.plain().contains("class=\"number\"")) {
                throw new IllegalStateException("receipt: " + receipt.status());
            }
            registered.add(next);
        }
    }

    private static String value(String page, String name) {
        String mark = "name=\"" + name + "\" value=\"";
        int from = page.indexOf(mark);
        if (from < 0) {
            throw new IllegalStateException("no " + name);
        }
        return page.substring(from + mark.length(), page.indexOf('"', from + mark.length()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    // ---- what came of it

    /** Registrations that an open page was not told of. */
    private long missed(java.sql.Connection database, Set<String> heardOf) throws SQLException {
        var expected = new ArrayList<String>();
        try (var query = database.prepareStatement("select id::text from complaint.complaint where number = any(?)")) {
            query.setArray(1, database.createArrayOf("text", registered.toArray()));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    expected.add(row.getString(1));
                }
            }
        }
        if (expected.isEmpty()) {
            throw new IllegalStateException("nothing was registered");
        }
        return expected.stream().filter(id -> !heardOf.contains(id)).count();
    }

    private static long number(java.sql.Connection database, String sql) throws SQLException {
        try (var statement = database.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private List<String> report(Measured measured, java.sql.Connection database, long missed, String silent)
            throws Exception {
        var beyond = new ArrayList<String>();
        double seconds = measured.seconds();
        Moment from = measured.from();
        Moment to = measured.to();
        System.out.printf(
                "%d complaints, %d agents, median of a pause %s s, %.0f s after %d s of warming up.%n%n",
                COMPLAINTS, AGENTS, System.getProperty("benchmark.pause", "6"), seconds, WARM_UP.toSeconds());
        System.out.println("| what | times | p50 ms | p95 ms | p99 ms |");
        System.out.println("|---|--:|--:|--:|--:|");
        for (String kind : times.kinds()) {
            long[] all = times.sorted(kind);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d | %.1f | %.1f | %.1f |%n",
                    kind,
                    all.length,
                    Times.ms(all, 0.5),
                    Times.ms(all, 0.95),
                    Times.ms(all, 0.99));
        }
        long requests = times.count();
        long registrations = times.sortedAll("registration").length;
        System.out.printf(
                Locale.ROOT,
                "%n%.0f requests a second; registrations %.1f a second, p99 %.0f ms; steps done %s; %d found that the page had"
                        + " changed meanwhile (409); refused by a rule (422): %s.%n",
                requests / seconds,
                registrations / seconds,
                Times.ms(times.sortedAll("registration"), 0.99),
                done,
                meanwhile.get(),
                refused);
        long[] lag = lags.sorted("registration");
        System.out.printf(
                Locale.ROOT,
                "Live: %d streams opened, %d messages with %d changes in %.1f MB, to read everything %d; a registration was heard of"
                        + " after p50 %.0f ms, p99 %.0f ms; %d not at all.%n",
                heard.opened.sum(),
                heard.messages.sum(),
                heard.changes.sum(),
                heard.bytes.sum() / 1e6,
                heard.everything.sum(),
                Times.ms(lag, 0.5),
                Times.ms(lag, 0.99),
                missed);
        double[] following = sorted(followerLags);
        System.out.printf(
                Locale.ROOT,
                "Followers: the oldest event that waited was p50 %.0f ms, p99 %.0f ms, at most %.0f ms old (%d looks); those that were last"
                        + " %s.%n",
                Spread.percentile(following, 0.5),
                Spread.percentile(following, 0.99),
                following[following.length - 1],
                following.length,
                slowest.entrySet().stream()
                        .map(each -> "%s %.0f".formatted(each.getKey(), each.getValue()))
                        .toList());
        double[] late = alarms(database, from.at(), to.at());
        System.out.printf(
                Locale.ROOT,
                "Alarms: %d fired, late p50 %.0f ms, p99 %.0f ms; %d that were due wait.%n",
                late.length,
                Spread.percentile(late, 0.5),
                Spread.percentile(late, 0.99),
                number(
                        database,
                        "select count(*) from clock.clock where next_alarm_at < clock_timestamp() - interval '2 seconds'"
                                + " and alarm_error is null"));
        long mostConnections =
                connections.stream().mapToLong(Long::longValue).max().orElse(0);
        System.out.printf(
                "Heap MB in use %s; threads of the system %d to %d; connections at most %d.%n",
                String.join(", ", heaps),
                threads.stream().mapToLong(Long::longValue).min().orElse(0),
                threads.stream().mapToLong(Long::longValue).max().orElse(0),
                mostConnections);
        double java = to.java() - from.java();
        double postgres = to.postgres() - from.postgres();
        double own = to.own() - from.own();
        double busy = to.machine()[0] - from.machine()[0];
        double idleTime = to.machine()[1] - from.machine()[1];
        System.out.printf(
                Locale.ROOT,
                "Processor: Java %.2f ms, PostgreSQL %.2f ms a request; of %d cores Java took %.0f %%, PostgreSQL %.0f %%, this load"
                        + " generator %.0f %%, all of the machine %.0f %%; somebody waited for a core %.0f %% of the time.%n",
                java / requests,
                postgres / requests,
                Runtime.getRuntime().availableProcessors(),
                share(java, busy + idleTime),
                share(postgres, busy + idleTime),
                share(own, busy + idleTime),
                share(busy, busy + idleTime),
                share(to.pressure() - from.pressure(), seconds * 1000));
        var byKind = new TreeMap<>(to.threads());
        byKind.replaceAll((kind, sum) -> sum - from.threads().getOrDefault(kind, 0L));
        byKind.replaceAll((kind, sum) -> Math.round(share(sum, java)));
        System.out.println("Of the time of Java in percent: " + byKind + ".");
        System.out.println("\nThe statements that took most time in the database:\n");
        statements.print();
        if (isProfiled) {
            Profile.print(application, requests, java / requests);
        }

        if (wrongs.get() > 0) {
            beyond.add(wrongs.get() + " errors: " + String.join(" | ", wrong));
        }
        if (!silent.isEmpty()) {
            beyond.add("a stream of news that stays open: " + silent);
        }
        if (missed > 0) {
            beyond.add("registrations that an open page was not told of: " + missed);
        }
        slow("worklist", 0.95, SLOWEST_LIST, beyond);
        slow("worklist, a later page", 0.95, SLOWEST_LIST, beyond);
        slow("search", 0.95, SLOWEST_LIST, beyond);
        slow("complaint", 0.5, SLOWEST_COMPLAINT, beyond);
        if (Spread.percentile(late, 0.99) > LATEST_ALARM) {
            beyond.add("alarms p99 %.0f ms late, at most %.0f".formatted(Spread.percentile(late, 0.99), LATEST_ALARM));
        }
        if (measured.heapAfter() > measured.heapBefore() * HEAP_GROWTH + HEAP_MOMENT) {
            beyond.add("heap grows: " + measured.heapBefore() + " MB, then " + measured.heapAfter());
        }
        if (mostConnections > MOST_CONNECTIONS) {
            beyond.add("connections: " + mostConnections + ", at most " + MOST_CONNECTIONS);
        }
        return beyond;
    }

    private void slow(String kind, double share, double bound, List<String> beyond) {
        double found = Times.ms(times.sorted(kind), share);
        if (found > bound) {
            beyond.add(String.format(Locale.ROOT, "%s p%.0f %.1f ms, at most %.0f", kind, share * 100, found, bound));
        }
    }

    private static double share(double part, double whole) {
        return whole == 0 ? 0 : 100 * part / whole;
    }

    private static double[] sorted(List<Double> values) {
        double[] all = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(all);
        return all;
    }

    /** How late those fired that were due in that time. */
    private static double[] alarms(java.sql.Connection database, OffsetDateTime from, OffsetDateTime to)
            throws SQLException {
        try (var query = database.prepareStatement("""
                select extract(epoch from fired_at - warning_at) * 1000 from clock.fired
                where warning_at between ? and ? and fired_at > ? order by 1
                """)) {
            query.setObject(1, from);
            query.setObject(2, to);
            query.setObject(3, from);
            var delays = new ArrayList<Double>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    delays.add(row.getDouble(1));
                }
            }
            return sorted(delays);
        }
    }
}
