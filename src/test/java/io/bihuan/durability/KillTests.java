package io.bihuan.durability;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Whatever was answered with 201 is there, once and whole, although the application or its database is killed while programs register
 * complaints. The long form: {@code -Dbihuan.kill.seconds=60 -Dbihuan.kill.clients=16}.
 */
@Tag("slow")
class KillTests {
    private static final Logger log = LoggerFactory.getLogger(KillTests.class);
    private static final Duration LOAD = Duration.ofSeconds(Integer.getInteger("bihuan.kill.seconds", 3));
    private static final int CLIENTS = Integer.getInteger("bihuan.kill.clients", 8);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int REPEATED = 200;
    /** Far enough for warnings of the first answer, not for one of the solution. */
    private static final Duration SHIFT = Duration.ofMinutes(40);

    @TempDir(factory = TestDatabase.InMemory.class, cleanup = CleanupMode.ALWAYS)
    private Path folder;

    @Test
    void whatWasAnsweredOutlivesTheApplication() {
        var clients = new Clients("application");
        Node killed = Node.start(folder);
        clients.start(killed.address(), CLIENTS);
        letWork(clients);
        killed.kill();
        clients.stop();
        assertThat(clients.unknown()).as("requests that were on the way").isPositive();
        log.info("{} answered, {} unknown", clients.told().size(), clients.unknown());

        try (Node again = Node.start(folder)) {
            settle(clients, again);
        }
    }

    @Test
    void whatWasAnsweredOutlivesTheDatabase() {
        var clients = new Clients("database");
        try (Node node = Node.start(folder)) {
            clients.start(node.address(), CLIENTS);
            letWork(clients);
            node.killDatabase();
            Waiting.until("something is refused", PATIENCE, () -> clients.unknown() > 0);
            int before = clients.told().size();
            Duration away = Waiting.until(
                    "the application goes on", PATIENCE, () -> clients.told().size() > before + CLIENTS);
            clients.stop();
            log.info(
                    "{} answered, {} unknown, back after {} ms",
                    clients.told().size(),
                    clients.unknown(),
                    away.toMillis());

            assertThat(node.isAlive()).isTrue();
            settle(clients, node);
        }
    }

    @Test
    void tenThousandDueAlarmsFireOnceEachAlthoughOneOfTwoNodesIsKilled() {
        TestDatabase shared = TestDatabase.fresh();
        JdbcClient database = shared.jdbcClient();
        int complaints = 5_000;
        int alarms = 2 * complaints; // half and three quarters of the time to the solution
        Path beside = folder.resolve("beside");
        try (Node survivor = Node.start(folder.resolve("survivor"), shared);
                Node killed = Node.start(beside, shared)) {
            Batch.register(shared, folder.resolve("batch"), complaints, Duration.ofHours(19));
            Waiting.until("both nodes fire", PATIENCE, () -> nodes(database) == 2 && fired(database) > 500);
            killed.kill();
            int before = fired(database);
            assertThat(before).as("in the middle").isLessThan(alarms);

            Duration rest = Waiting.until("all alarms have fired", PATIENCE, () -> fired(database) >= alarms);
            log.info("{} of {} alarms had fired, the others after {} ms", before, alarms, rest.toMillis());
            // The plan tells nobody of half the time, and of three quarters the owner.
            Waiting.until("the owner is told", PATIENCE, () -> told(database) >= complaints);

            assertThat(survivor.isAlive()).isTrue();
            assertThat(fired(database)).isEqualTo(alarms);
            assertThat(due(database, Duration.ZERO)).isZero();
            assertThat(warned(database)).hasSize(complaints).containsOnly(2);
            assertThat(told(database)).isEqualTo(complaints);
            assertThat(database.sql(
                                    "select count(*) from complaint.event where type = 'Escalated' group by complaint_id")
                            .query(Integer.class)
                            .list())
                    .hasSize(complaints)
                    .containsOnly(1);
        }
        Node.runs(beside, "verify-history", Node.settings(shared));
    }

    @Test
    void anAlarmFiresOnceAlthoughItsNodeIsKilled() {
        var clients = new Clients("alarms");
        int complaints = 25 * CLIENTS;
        Node first = Node.start(folder);
        clients.register(first.address(), complaints);
        first.kill();

        int levels = clients.told().values().stream()
                .mapToInt(told -> warnings(told.answer().path("severity").asString()))
                .sum();
        Node second = Node.startLater(folder, SHIFT);
        Waiting.until("alarms fire", PATIENCE, () -> fired(second.database()) > 0);
        second.kill();

        try (Node third = Node.startLater(folder, SHIFT)) {
            JdbcClient database = third.database();
            log.info("{} of {} alarms had fired", fired(database), levels);
            Waiting.until("all alarms have fired", PATIENCE, () -> due(database, SHIFT) == 0);

            assertThat(fired(database)).isEqualTo(levels);
            assertThat(warned(database)).hasSize(complaints);
            assertThat(database.sql("""
                            select c.severity, count(*) as warned
                            from complaint.event e join complaint.complaint c on c.id = e.complaint_id
                            where e.type = 'ClockWarned' group by c.id
                            """)
                            .query((row, number) -> row.getInt("warned") - warnings(row.getString("severity")))
                            .list())
                    .containsOnly(0);
            Comparison.agree(clients, third.address(), database);
            Node.runs(folder, "verify-history");
        }
    }

    private static void letWork(Clients clients) {
        Waiting.until("complaints come in", PATIENCE, () -> clients.told().size() > CLIENTS);
        LockSupport.parkNanos(LOAD.toNanos());
    }

    private void settle(Clients clients, Node node) {
        clients.resolve(node.address());
        clients.repeat(node.address(), someKeys(clients));
        Comparison.agree(clients, node.address(), node.database());
        Node.runs(folder, "verify-history");
    }

    private static List<String> someKeys(Clients clients) {
        return clients.told().keySet().stream().limit(REPEATED).toList();
    }

    private static int fired(JdbcClient database) {
        return database.sql("select count(*) from clock.fired")
                .query(Integer.class)
                .single();
    }

    /** How often each complaint was warned. */
    private static List<Integer> warned(JdbcClient database) {
        return database.sql("select count(*) from complaint.event where type = 'ClockWarned' group by complaint_id")
                .query(Integer.class)
                .list();
    }

    /** How often the first answer has warned after 40 minutes: at 75 and 100 % of 30 minutes, or at 150 % of 15 or 5 too. */
    static int warnings(String severity) {
        return severity.equals("GENERAL") ? 2 : 3;
    }

    private static int nodes(JdbcClient database) {
        return database.sql("select count(distinct node) from clock.fired")
                .query(Integer.class)
                .single();
    }

    /** Of how many complaints' alarms somebody was told, alone or in a bundle, or will be when the next bundle may come. */
    private static int told(JdbcClient database) {
        return database.sql("""
                        select (select coalesce(sum(case text_key when 'complaint.notice.many' then arguments[1]::integer else 1 end), 0)
                                from message.staff_notice
                                where text_key = 'complaint.notice.many' or text_key like 'complaint.notice.clock%')
                            + (select count(*) from message.waiting_notice where text_key like 'complaint.notice.clock%')
                        """).query(Integer.class).single();
    }

    private static int due(JdbcClient database, Duration later) {
        return database.sql("select count(*) from clock.clock where next_alarm_at <= ?")
                .param(Instant.now().plus(later).atOffset(ZoneOffset.UTC))
                .query(Integer.class)
                .single();
    }
}
