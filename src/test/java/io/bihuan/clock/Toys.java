package io.bihuan.clock;

import io.bihuan.TestDatabase;
import io.bihuan.calendar.Calendars;
import io.bihuan.calendar.TestCalendars;
import io.bihuan.calendar.WorkCalendar;
import io.bihuan.pack.Label;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Writes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A small owner of subjects with its own database: toys, whose history notes each alarm, without any constraint against doubles. */
final class Toys {
    static final String KIND = "toy";

    final DataSource database = TestDatabase.fresh().dataSource();
    final JdbcClient jdbc = JdbcClient.create(database);
    final AlarmSignal signal = new AlarmSignal();
    final InstantSource time = InstantSource.fixed(Instant.parse("2026-11-22T00:00:00Z"));
    final Calendars calendars = TestCalendars.in(jdbc, time);
    final Policies policies = new Policies(jdbc, time);
    final ClockRows rows = new ClockRows(jdbc, policies, calendars);
    final Clocks clocks = new Clocks(jdbc, rows, calendars, signal);
    private final List<ClockPolicy> versions = new ArrayList<>();
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));

    Toys() {
        jdbc.sql("create schema toy").update();
        jdbc.sql("create table toy.toy (id uuid primary key, changes integer not null default 0)")
                .update();
        jdbc.sql(
                        "create table toy.history (toy_id uuid not null references toy.toy, clock_id uuid not null, point text not null)")
                .update();
    }

    /** A policy of minutes, the same for every severity. */
    static ClockPolicy terms(int minutes, Integer... warnAt) {
        return terms(Grade.INTERNAL, minutes, warnAt);
    }

    static ClockPolicy terms(Grade grade, int minutes, Integer... warnAt) {
        return new ClockPolicy(
                "respond",
                new Label("响应", "Response"),
                "registered",
                Set.of("responded"),
                Set.of(),
                Counting.of(Unit.MINUTE),
                WorkCalendar.ALWAYS,
                Map.of(Severity.GENERAL, minutes, Severity.URGENT, minutes, Severity.MAJOR, minutes),
                grade,
                Stream.of(warnAt).map(WarnPoint::percent).toList(),
                List.of(),
                List.of(),
                Dispatch.SENT,
                null,
                null,
                null);
    }

    PolicyVersion policy(int minutes, Integer... warnAt) {
        return version(terms(minutes, warnAt));
    }

    PolicyVersion policy(Grade grade, int minutes, Integer... warnAt) {
        return version(terms(grade, minutes, warnAt));
    }

    /** Writes the policy down as one more version of the shop's. */
    PolicyVersion version(ClockPolicy terms) {
        int revision = versions.indexOf(terms);
        if (revision < 0) {
            revision = versions.size();
            versions.add(terms);
            jdbc.sql("""
                            insert into clock.policy (pack, pack_version, name, revision, origin, terms, effective_from, published_at,
                                published_by, reason)
                            values ('shop', 1, ?, ?, 'SHIPPED', ?::jsonb, 'epoch', 'epoch', 'system:-', 'test')
                            """)
                    .param(terms.name())
                    .param(revision)
                    .param(PolicyCodec.write(terms))
                    .update();
        }
        return new PolicyVersion("shop", 1, revision, terms);
    }

    /** That many toys with a running clock each. */
    List<Clock> started(int count, PolicyVersion policy, Instant at) {
        var started = new ArrayList<Clock>();
        command(writes -> {
            for (int i = 0; i < count; i++) {
                UUID id = Ids.next();
                writes.addOne("insert into toy.toy (id) values (?)", id);
                started.add(clocks.start(writes, new Subject(KIND, id), policy, Severity.GENERAL, List.of(), at));
            }
        });
        return started;
    }

    Clock started(PolicyVersion policy, Instant at) {
        return started(1, policy, at).getFirst();
    }

    /** One transaction. */
    void command(Consumer<Writes> command) {
        transaction.executeWithoutResult(status -> {
            var writes = new Writes();
            command.accept(writes);
            writes.send(database);
        });
    }

    /** Locks the toy, as a command does, before it reads the clock. */
    Clock change(Clock clock, Function<Changing, Clock> change) {
        var changed = new ArrayList<Clock>();
        command(writes -> {
            UUID id = clock.subject().id();
            jdbc.sql("select id from toy.toy where id = ? for update")
                    .param(id)
                    .query(UUID.class)
                    .single();
            Clock current = clocks.of(id).stream()
                    .filter(each -> each.id().equals(clock.id()))
                    .findFirst()
                    .orElseThrow();
            writes.addOne("update toy.toy set changes = changes + 1 where id = ?", id);
            changed.add(change.apply(new Changing(writes, current)));
        });
        return changed.getFirst();
    }

    record Changing(Writes writes, Clock clock) {}

    Clock read(Clock clock) {
        return clocks.of(clock.subject().id()).stream()
                .filter(each -> each.id().equals(clock.id()))
                .findFirst()
                .orElseThrow();
    }

    /** A node's alarms, without a loop until started. */
    Alarms node(String name, InstantSource time, AlarmTarget... targets) {
        return node(name, time, database, targets);
    }

    Alarms node(String name, InstantSource time, DataSource through, AlarmTarget... targets) {
        return new Alarms(
                JdbcClient.create(through),
                new ClockRows(JdbcClient.create(through), policies, calendars),
                through,
                new JdbcTransactionManager(through),
                time,
                signal,
                Stream.of(targets),
                name,
                true);
    }

    AlarmTarget target() {
        return target(alarms -> {});
    }

    /** Does something with the alarms whose toys it locked, before it takes them. */
    AlarmTarget target(Consumer<List<Alarm>> before) {
        return new AlarmTarget() {
            @Override
            public String subjectKind() {
                return KIND;
            }

            @Override
            public List<Alarm> fire(List<Alarm> due, Writes writes, Instant now) {
                var locked = new HashSet<>(
                        jdbc.sql("select id from toy.toy where id = any(?::uuid[]) for update skip locked")
                                .param(due.stream()
                                        .map(alarm -> alarm.subject().id().toString())
                                        .toArray(String[]::new))
                                .query(UUID.class)
                                .list());
                List<Alarm> taken = due.stream()
                        .filter(alarm -> locked.contains(alarm.subject().id()))
                        .toList();
                before.accept(taken);
                for (Alarm alarm : taken) {
                    writes.add(
                            "insert into toy.history (toy_id, clock_id, point) values (?, ?, ?)",
                            alarm.subject().id(),
                            alarm.clockId(),
                            alarm.point().toString());
                }
                return taken;
            }
        };
    }

    /** The warn points in the history of a toy, in the order in which they fired. */
    List<String> points(Clock clock) {
        return jdbc.sql("select point from toy.history where clock_id = ? order by ctid")
                .param(clock.id())
                .query(String.class)
                .list();
    }

    long count(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }
}
