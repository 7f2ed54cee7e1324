package io.bihuan.clock;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import io.bihuan.clock.Clock.Warning;
import io.bihuan.platform.Writes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Fires the alarms of all clocks, on every node, each exactly once. The pending alarm stands on the clock's own row; a pass claims due
 * rows, lets their targets add what must be true together, notes them as fired and moves each clock to its next warn point, all in one
 * transaction. The loop looks when the next alarm is due, at least every 500 ms; with {@code bihuan.alarms.enabled=false} there
 * is no loop and {@link #fireDue()} is called by hand.
 */
@Component
public class Alarms implements SmartLifecycle {
    /** Beyond this a fired alarm is noted as late. */
    static final Duration PUNCTUAL = Duration.ofSeconds(1);

    /** So often a target may refuse an alarm before it is parked. */
    static final int MOST_ATTEMPTS = 5;

    private static final Logger log = LoggerFactory.getLogger(Alarms.class);
    private static final int PASS = 100;
    private static final long POLL_MILLIS = 500;
    /** Subjects that are locked by a command are offered again after this. */
    private static final long AGAIN_MILLIS = 20;

    private static final String COLUMNS = """
            subject_id, id, subject_kind, name, pack, pack_version, severity, unit, calendar, amount, grade, started_at, due_at, state,
            stopped_at, rebased_at, warn_at, pause_count, fired_level, next_alarm_at, next_alarm_level, alarm_attempts
            """;

    /** A clock whose row this transaction holds, and its warn point that is due. */
    private record Claim(Clock clock, int level, Instant offeredAt, int pauseCount, int attempts) {
        Alarm alarm() {
            return new Alarm(
                    clock.id(),
                    clock.subject(),
                    clock.name(),
                    clock.grade(),
                    level,
                    clock.dueAt(),
                    clock.warningAt(level));
        }

        Claim with(List<Pause> pauses) {
            return new Claim(clock.withPauses(pauses), level, offeredAt, pauseCount, attempts);
        }
    }

    /** Where a round stands, so that alarms whose subjects are locked do not keep it from those behind them. */
    private record Position(Instant at, UUID id) {
        static final Position START = new Position(Instant.EPOCH, new UUID(0, 0));
    }

    private final JdbcClient jdbc;
    private final DataSource database;
    private final TransactionTemplate transaction;
    private final InstantSource time;
    private final AlarmSignal signal;
    private final Map<String, AlarmTarget> targets;
    private final String[] kinds;
    private final String node;
    private final boolean isEnabled;
    private volatile @Nullable Thread loop;

    @Autowired
    Alarms(
            JdbcClient jdbc,
            DataSource database,
            PlatformTransactionManager transactions,
            InstantSource time,
            AlarmSignal signal,
            ObjectProvider<AlarmTarget> targets,
            @Value("${bihuan.alarms.enabled:true}") boolean isEnabled) {
        this(jdbc, database, transactions, time, signal, targets.orderedStream(), thisNode(), isEnabled);
    }

    Alarms(
            JdbcClient jdbc,
            DataSource database,
            PlatformTransactionManager transactions,
            InstantSource time,
            AlarmSignal signal,
            Stream<AlarmTarget> targets,
            String node,
            boolean isEnabled) {
        this.jdbc = jdbc;
        this.database = database;
        this.transaction = new TransactionTemplate(transactions);
        this.time = time;
        this.signal = signal;
        this.targets = targets.collect(toMap(AlarmTarget::subjectKind, Function.identity()));
        this.kinds = this.targets.keySet().toArray(String[]::new);
        this.node = node;
        this.isEnabled = isEnabled;
    }

    /**
     * Fires everything that is due and whose subject is free, each warn point of a clock after the one before it, and returns how many
     * alarms that were. Throws when the database is away; whatever was claimed then stays due.
     */
    public int fireDue() {
        int fired = 0;
        int inRound;
        do {
            inRound = round();
            fired += inRound;
        } while (inRound > 0);
        return fired;
    }

    /** When the next alarm is due; null when none is pending. */
    @Nullable
    Instant nextDue() {
        OffsetDateTime next = jdbc.sql("""
                        select next_alarm_at from clock.clock
                        where next_alarm_at is not null and subject_kind = any(?::text[])
                        order by next_alarm_at, id limit 1
                        """)
                .param(kinds)
                .query(OffsetDateTime.class)
                .optional()
                .orElse(null);
        return next == null ? null : next.toInstant();
    }

    /** Offers every due alarm once. */
    private int round() {
        int fired = 0;
        for (UUID[] key : refusedBefore()) {
            fired += alone(key[0], key[1]);
        }
        Position position = Position.START;
        while (true) {
            var claims = new ArrayList<Claim>();
            fired += pass(claims, position);
            if (claims.size() < PASS) {
                return fired;
            }
            Claim last = claims.getLast();
            position = new Position(last.offeredAt(), last.clock().id());
        }
    }

    private int pass(List<Claim> claims, Position after) {
        try {
            return Objects.requireNonNull(transaction.execute(status -> {
                Instant now = time.instant();
                claims.addAll(claim(now, after));
                return fire(claims, now);
            }));
        } catch (RuntimeException | Error e) {
            if (claims.isEmpty()) {
                throw e;
            }
            // One of them is at fault, and must not hold back the others.
            log.warn("A pass over {} alarms failed; each is now tried alone: {}", claims.size(), e.toString());
            int fired = 0;
            for (Claim claim : claims) {
                fired += alone(claim.clock().subject().id(), claim.clock().id());
            }
            return fired;
        }
    }

    /** Fires one alarm in a transaction of its own; a failure is written on its clock. */
    private int alone(UUID subjectId, UUID clockId) {
        var claims = new ArrayList<Claim>();
        try {
            return Objects.requireNonNull(transaction.execute(status -> {
                Instant now = time.instant();
                claims.addAll(claim(now, subjectId, clockId));
                return fire(claims, now);
            }));
        } catch (RuntimeException | Error e) {
            if (claims.isEmpty()) {
                throw e;
            }
            refuse(claims.getFirst(), e);
            return 0;
        }
    }

    private int fire(List<Claim> claims, Instant now) {
        if (claims.isEmpty()) {
            return 0;
        }
        var writes = new Writes();
        var taken = new HashSet<UUID>();
        Map<String, List<Claim>> byKind = claims.stream()
                .collect(groupingBy(claim -> claim.clock().subject().kind()));
        byKind.forEach((kind, ofKind) -> {
            List<Alarm> offered = ofKind.stream().map(Claim::alarm).toList();
            for (Alarm alarm : Objects.requireNonNull(targets.get(kind)).fire(offered, writes, now)) {
                taken.add(alarm.clockId());
            }
        });
        List<Claim> fired = claims.stream()
                .filter(claim -> taken.contains(claim.clock().id()))
                .toList();
        if (!fired.isEmpty()) {
            note(fired, writes, now);
        }
        writes.send(database);
        return fired.size();
    }

    private List<Claim> claim(Instant now, Position after) {
        List<Claim> claims = jdbc.sql("select " + COLUMNS + """
                        from clock.clock
                        where next_alarm_at <= ? and (next_alarm_at, id) > (?, ?) and subject_kind = any(?::text[]) and alarm_attempts = 0
                        order by next_alarm_at, id limit ?
                        for no key update skip locked
                        """)
                .param(sql(now))
                .param(sql(after.at()))
                .param(after.id())
                .param(kinds)
                .param(PASS)
                .query(Alarms::claim)
                .list();
        return withPauses(claims);
    }

    private List<Claim> claim(Instant now, UUID subjectId, UUID clockId) {
        // bounded: one clock by its key
        List<Claim> claims = jdbc.sql("select " + COLUMNS + """
                        from clock.clock
                        where subject_id = ? and id = ? and next_alarm_at <= ?
                        for no key update skip locked
                        """)
                .param(subjectId)
                .param(clockId)
                .param(sql(now))
                .query(Alarms::claim)
                .list();
        return withPauses(claims);
    }

    /** Read after the rows are locked: a pause that ended while this transaction waited for nothing would be missing in a join. */
    private List<Claim> withPauses(List<Claim> claims) {
        List<Claim> paused =
                claims.stream().filter(claim -> claim.pauseCount() > 0).toList();
        if (paused.isEmpty()) {
            return claims;
        }
        record Row(UUID clockId, Pause pause) {}
        Map<UUID, List<Row>> pauses = jdbc
                .sql("""
                        select p.clock_id, p.reason, p.actor, p.from_at, p.to_at
                        from unnest(?::uuid[], ?::uuid[]) k (subject_id, clock_id)
                        join clock.pause p on p.subject_id = k.subject_id and p.clock_id = k.clock_id
                        order by p.clock_id, p.number
                        """)
                .param(texts(paused, claim -> claim.clock().subject().id()))
                .param(texts(paused, claim -> claim.clock().id()))
                .query((row, number) -> new Row(
                        ClockRows.uuid(row, "clock_id"),
                        new Pause(
                                ClockRows.text(row, "reason"),
                                ClockRows.text(row, "actor"),
                                Objects.requireNonNull(ClockRows.instant(row, "from_at")),
                                ClockRows.instant(row, "to_at"))))
                .list()
                .stream()
                .collect(groupingBy(Row::clockId));
        return claims.stream()
                .map(claim -> claim.with(pauses.getOrDefault(claim.clock().id(), List.of()).stream()
                        .map(Row::pause)
                        .toList()))
                .toList();
    }

    private static Claim claim(ResultSet row, int number) throws SQLException {
        return new Claim(
                ClockRows.clock(row, List.of()),
                row.getInt("next_alarm_level"),
                Objects.requireNonNull(ClockRows.instant(row, "next_alarm_at")),
                row.getInt("pause_count"),
                row.getInt("alarm_attempts"));
    }

    /** Arrays keep the text of the statements the same for any number of alarms, so that they stay prepared. */
    private void note(List<Claim> fired, Writes writes, Instant now) {
        String[] subjects = texts(fired, claim -> claim.clock().subject().id());
        String[] clocks = texts(fired, claim -> claim.clock().id());
        int[] levels = fired.stream().mapToInt(Claim::level).toArray();
        writes.add(
                """
                insert into clock.fired (subject_id, clock_id, level, warning_at, fired_at, node, late)
                select f.subject_id, f.clock_id, f.level, f.warning_at, n.now, n.node, n.now - f.warning_at > n.punctual
                from unnest(?::uuid[], ?::uuid[], ?::integer[], ?::timestamptz[]) f (subject_id, clock_id, level, warning_at),
                     (select ?::timestamptz, ?::text, ?::interval) n (now, node, punctual)
                """,
                subjects,
                clocks,
                levels,
                texts(fired, claim -> claim.clock().warningAt(claim.level())),
                now,
                node,
                PUNCTUAL.toString());
        List<@Nullable Warning> next = fired.stream()
                .map(claim -> claim.clock().warningAbove(claim.level()))
                .toList();
        writes.add(
                """
                update clock.clock c
                set fired_level = f.level, next_alarm_at = f.next_at, next_alarm_level = f.next_level,
                    alarm_attempts = 0, alarm_error = null
                from unnest(?::uuid[], ?::uuid[], ?::integer[], ?::timestamptz[], ?::integer[])
                     f (subject_id, clock_id, level, next_at, next_level)
                where c.subject_id = f.subject_id and c.id = f.clock_id
                """,
                subjects,
                clocks,
                levels,
                texts(next, warning -> warning == null ? null : warning.at()),
                texts(next, warning -> warning == null ? null : warning.level()));
    }

    private void refuse(Claim claim, Throwable error) {
        int attempts = claim.attempts() + 1;
        boolean isParked = attempts >= MOST_ATTEMPTS;
        Clock clock = claim.clock();
        Instant again = time.instant().plusSeconds(1L << attempts);
        String text = error.toString().replace("\0", "");
        jdbc.sql("""
                        update clock.clock set alarm_attempts = ?, alarm_error = ?, next_alarm_at = ?
                        where subject_id = ? and id = ? and next_alarm_level = ? and alarm_attempts = ? and next_alarm_at is not null
                        """)
                .param(attempts)
                .param(text.length() > 1_000 ? text.substring(0, 1_000) : text)
                .param(isParked ? null : sql(again))
                .param(clock.subject().id())
                .param(clock.id())
                .param(claim.level())
                .param(claim.attempts())
                .update();
        if (isParked) {
            log.error(
                    "The alarm at {} % of clock {} ({}) on {} is parked after {} attempts",
                    claim.level(), clock.name(), clock.id(), clock.subject(), attempts, error);
        } else {
            log.warn(
                    "The alarm at {} % of clock {} ({}) on {} failed and is tried again at {}: {}",
                    claim.level(), clock.name(), clock.id(), clock.subject(), again, error.toString());
        }
    }

    /** Alarms that failed before and are due again go alone, lest they take a hundred others with them each time. */
    private List<UUID[]> refusedBefore() {
        return jdbc.sql("""
                        select subject_id, id from clock.clock
                        where alarm_error is not null and next_alarm_at <= ? and subject_kind = any(?::text[])
                        order by next_alarm_at limit ?
                        """)
                .param(sql(time.instant()))
                .param(kinds)
                .param(PASS)
                .query((row, number) -> new UUID[] {ClockRows.uuid(row, "subject_id"), ClockRows.uuid(row, "id")})
                .list();
    }

    @Override
    public void start() {
        if (loop == null) {
            // Known before it runs, because it runs only while it is the one that is known.
            Thread thread = Thread.ofVirtual().name("alarms").unstarted(this::keepFiring);
            loop = thread;
            thread.start();
        }
    }

    @Override
    public void stop() {
        Thread running = loop;
        loop = null;
        if (running != null) {
            // Not interrupted: that would break the connection under a pass. It ends within one.
            signal.wake();
            try {
                running.join(Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return loop != null;
    }

    @Override
    public boolean isAutoStartup() {
        return isEnabled && kinds.length > 0;
    }

    private void keepFiring() {
        boolean isAway = false;
        while (isOurs()) {
            long sleep = POLL_MILLIS;
            Instant look = Instant.MIN;
            try {
                int fired = fireDue();
                if (isAway) {
                    isAway = false;
                    log.info("Alarms fire again; {} had become due", fired);
                }
                Instant now = time.instant();
                Instant next = nextDue();
                if (next != null) {
                    sleep = Math.clamp(Duration.between(now, next).toMillis() + 1, AGAIN_MILLIS, POLL_MILLIS);
                }
                look = now.plusMillis(sleep);
            } catch (RuntimeException | Error e) {
                if (!isAway && isOurs()) {
                    isAway = true;
                    log.error("Alarms cannot fire; tried every {} ms until they can", POLL_MILLIS, e);
                }
            }
            try {
                signal.await(sleep, look);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private boolean isOurs() {
        return Thread.currentThread().equals(loop);
    }

    private static <T extends @Nullable Object> String[] texts(List<T> values, Function<T, @Nullable Object> text) {
        return values.stream()
                .map(value -> {
                    Object found = text.apply(value);
                    return found == null ? null : found.toString();
                })
                .toArray(String[]::new);
    }

    private static OffsetDateTime sql(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static String thisNode() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "localhost";
        }
        return host + ":" + ProcessHandle.current().pid();
    }
}
