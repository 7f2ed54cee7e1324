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
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
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
    private static final UUID FIRST = new UUID(0, 0);
    private static final int PASS = 100;
    /** A round that fired so many begins anew, lest what was put before its position meanwhile waits for a long backlog. */
    private static final int ROUND = 1_000;

    private static final long POLL_MILLIS = 500;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS);
    /** Alarms that come one after the other share a pass; subjects that are locked by a command are offered again after this. */
    private static final long AGAIN_MILLIS = 20;

    private static final String[] GRADES =
            Stream.of(Grade.values()).map(Grade::name).toArray(String[]::new);
    private static final String COLUMNS = ClockRows.COLUMNS + ", next_alarm_at, next_alarm_point, alarm_attempts ";

    /** A clock whose row this transaction holds, and its warn point that is due. */
    private record Claim(Clock clock, WarnPoint point, Instant offeredAt, int attempts) {
        Alarm alarm() {
            return new Alarm(
                    clock.id(),
                    clock.subject(),
                    clock.name(),
                    clock.grade(),
                    point,
                    clock.dueAt(),
                    clock.warningAt(point),
                    clock.policy().terms().escalation(),
                    clock.calendar().zone());
        }

        /** The warn points that have fired when this one has. */
        int fired() {
            return clock.fired() | 1 << clock.warnAt().indexOf(point);
        }
    }

    private record Claimed(ClockRows.Row row, WarnPoint point, Instant offeredAt, int attempts) {}

    /** Where a round stands in a grade, so that alarms whose subjects are locked do not keep it from those behind them. */
    private record Position(Instant at, UUID id) {}

    /**
     * What came of looking.
     *
     * @param isDone whether nothing that was due is left: none passed by because its subject was locked, none not come to
     */
    private record Round(int fired, boolean isDone, Instant begun, Instant until) {}

    private final JdbcClient jdbc;
    private final ClockRows rows;
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
            ClockRows rows,
            DataSource database,
            PlatformTransactionManager transactions,
            InstantSource time,
            AlarmSignal signal,
            ObjectProvider<AlarmTarget> targets,
            @Value("${bihuan.alarms.enabled:true}") boolean isEnabled) {
        this(jdbc, rows, database, transactions, time, signal, targets.orderedStream(), thisNode(), isEnabled);
    }

    Alarms(
            JdbcClient jdbc,
            ClockRows rows,
            DataSource database,
            PlatformTransactionManager transactions,
            InstantSource time,
            AlarmSignal signal,
            Stream<AlarmTarget> targets,
            String node,
            boolean isEnabled) {
        this.jdbc = jdbc;
        this.rows = rows;
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
            inRound = round(Instant.EPOCH).fired();
            fired += inRound;
        } while (inRound > 0);
        return fired;
    }

    /**
     * When the first alarm after a moment is due; null when none is pending. What is due before it is left aside, because there the
     * index holds the entries of all that have fired until a vacuum removes them.
     */
    @Nullable
    Instant nextDue(Instant after) {
        OffsetDateTime next = jdbc.sql("""
                        select c.next_alarm_at from unnest(?::text[]) g (grade) cross join lateral (
                            select next_alarm_at from clock.clock
                            where grade = g.grade and next_alarm_at > ? and subject_kind = any(?::text[])
                            order by next_alarm_at, id limit 1
                        ) c
                        order by c.next_alarm_at limit 1
                        """)
                .param(GRADES)
                .param(sql(after))
                .param(kinds)
                .query(OffsetDateTime.class)
                .optional()
                .orElse(null);
        return next == null ? null : next.toInstant();
    }

    /**
     * Offers every alarm once that became due after a moment, the weightiest grade first in each pass; ends early when it fired
     * many.
     */
    private Round round(Instant from) {
        Instant begun = time.instant();
        int fired = 0;
        for (UUID[] key : refusedBefore()) {
            fired += alone(key[0], key[1]);
        }
        var positions = new EnumMap<Grade, Position>(Grade.class);
        for (Grade grade : Grade.values()) {
            positions.put(grade, new Position(from, FIRST));
        }
        int passedBy = 0;
        while (true) {
            Instant until = time.instant();
            var claims = new ArrayList<Claim>();
            int inPass = pass(claims, positions, until);
            fired += inPass;
            passedBy += claims.size() - inPass;
            if (claims.size() < PASS) {
                return new Round(fired, passedBy == 0, begun, until);
            }
            if (fired >= ROUND) {
                return new Round(fired, false, begun, until);
            }
        }
    }

    private int pass(List<Claim> claims, Map<Grade, Position> positions, Instant until) {
        try {
            return Objects.requireNonNull(transaction.execute(status -> {
                claims.addAll(claim(until, positions));
                return fire(claims, time.instant());
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
                claims.addAll(claim(time.instant(), subjectId, clockId));
                return fire(claims, time.instant());
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
        // Noted first: what a target makes of its clocks goes on from there, not back behind it.
        var all = new Writes();
        if (!fired.isEmpty()) {
            note(fired, all, now);
        }
        all.addAll(writes).send(database);
        return fired.size();
    }

    /** What became due in a weightier grade since the pass before comes first in this one. */
    private List<Claim> claim(Instant until, Map<Grade, Position> positions) {
        var claimed = new ArrayList<Claimed>();
        for (Grade grade : Grade.values()) {
            if (claimed.size() < PASS) {
                Position after = Objects.requireNonNull(positions.get(grade));
                List<Claimed> ofGrade = claim(grade, until, after, PASS - claimed.size());
                if (!ofGrade.isEmpty()) {
                    Claimed last = ofGrade.getLast();
                    positions.put(
                            grade, new Position(last.offeredAt(), last.row().id()));
                    claimed.addAll(ofGrade);
                }
            }
        }
        return claims(claimed);
    }

    private List<Claimed> claim(Grade grade, Instant until, Position after, int most) {
        return jdbc.sql("select " + COLUMNS + """
                        from clock.clock
                        where grade = ? and next_alarm_at <= ? and (next_alarm_at, id) > (?, ?) and subject_kind = any(?::text[])
                        and alarm_attempts = 0
                        order by next_alarm_at, id limit ?
                        for no key update skip locked
                        """)
                .param(grade.name())
                .param(sql(until))
                .param(sql(after.at()))
                .param(after.id())
                .param(kinds)
                .param(most)
                .query(this::claimed)
                .list();
    }

    private List<Claim> claim(Instant now, UUID subjectId, UUID clockId) {
        // bounded: one clock by its key
        List<Claimed> claimed = jdbc.sql("select " + COLUMNS + """
                        from clock.clock
                        where subject_id = ? and id = ? and next_alarm_at <= ?
                        for no key update skip locked
                        """)
                .param(subjectId)
                .param(clockId)
                .param(sql(now))
                .query(this::claimed)
                .list();
        return claims(claimed);
    }

    /** What happened to the clocks is read after their rows are locked: a pause that ended just before would be missing in a join. */
    private List<Claim> claims(List<Claimed> claimed) {
        List<Clock> clocks = rows.clocks(claimed.stream().map(Claimed::row).toList());
        var claims = new ArrayList<Claim>();
        for (int i = 0; i < claimed.size(); i++) {
            Claimed each = claimed.get(i);
            claims.add(new Claim(clocks.get(i), each.point(), each.offeredAt(), each.attempts()));
        }
        return claims;
    }

    private Claimed claimed(ResultSet row, int number) throws SQLException {
        return new Claimed(
                rows.row(row, number),
                WarnPoint.parse(ClockRows.text(row, "next_alarm_point")),
                ClockRows.required(row, "next_alarm_at"),
                row.getInt("alarm_attempts"));
    }

    /** Arrays keep the text of the statements the same for any number of alarms, so that they stay prepared. */
    private void note(List<Claim> fired, Writes writes, Instant now) {
        String[] subjects = texts(fired, claim -> claim.clock().subject().id());
        String[] clocks = texts(fired, claim -> claim.clock().id());
        writes.add(
                """
                insert into clock.fired (subject_id, clock_id, point, warning_at, fired_at, node, late)
                select f.subject_id, f.clock_id, f.point, f.warning_at, n.now, n.node, n.now - f.warning_at > n.punctual
                from unnest(?::uuid[], ?::uuid[], ?::text[], ?::timestamptz[]) f (subject_id, clock_id, point, warning_at),
                     (select ?::timestamptz, ?::text, ?::interval) n (now, node, punctual)
                """,
                subjects,
                clocks,
                texts(fired, Claim::point),
                texts(fired, claim -> claim.clock().warningAt(claim.point())),
                now,
                node,
                PUNCTUAL.toString());
        List<@Nullable Warning> next = fired.stream()
                .map(claim -> claim.clock().warningBeside(claim.fired()))
                .toList();
        writes.add(
                """
                update clock.clock c
                set fired = f.fired, next_alarm_at = f.next_at, next_alarm_point = f.next_point, alarm_attempts = 0, alarm_error = null
                from unnest(?::uuid[], ?::uuid[], ?::integer[], ?::timestamptz[], ?::text[])
                     f (subject_id, clock_id, fired, next_at, next_point)
                where c.subject_id = f.subject_id and c.id = f.clock_id
                """,
                subjects,
                clocks,
                fired.stream().mapToInt(Claim::fired).toArray(),
                texts(next, warning -> warning == null ? null : warning.at()),
                texts(next, warning -> warning == null ? null : warning.point()));
    }

    private void refuse(Claim claim, Throwable error) {
        int attempts = claim.attempts() + 1;
        boolean isParked = attempts >= MOST_ATTEMPTS;
        Clock clock = claim.clock();
        Instant again = time.instant().plusSeconds(1L << attempts);
        String text = error.toString().replace("\0", "");
        jdbc.sql("""
                        update clock.clock set alarm_attempts = ?, alarm_error = ?, next_alarm_at = ?
                        where subject_id = ? and id = ? and next_alarm_point = ? and alarm_attempts = ? and next_alarm_at is not null
                        """)
                .param(attempts)
                .param(text.length() > 1_000 ? text.substring(0, 1_000) : text)
                .param(isParked ? null : sql(again))
                .param(clock.subject().id())
                .param(clock.id())
                .param(claim.point().toString())
                .param(claim.attempts())
                .update();
        if (isParked) {
            log.error(
                    "The alarm at {} of clock {} ({}) on {} is parked after {} attempts",
                    claim.point(),
                    clock.name(),
                    clock.id(),
                    clock.subject(),
                    attempts,
                    error);
        } else {
            log.warn(
                    "The alarm at {} of clock {} ({}) on {} failed and is tried again at {}: {}",
                    claim.point(),
                    clock.name(),
                    clock.id(),
                    clock.subject(),
                    again,
                    error.toString());
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
        Instant from = Instant.EPOCH;
        long wholeNanos = System.nanoTime();
        while (isOurs()) {
            long sleep = POLL_MILLIS;
            Instant look = Instant.MIN;
            try {
                long nanos = System.nanoTime();
                if (from.equals(Instant.EPOCH) || nanos - wholeNanos >= POLL_NANOS) {
                    from = Instant.EPOCH;
                    wholeNanos = nanos;
                }
                Round round = round(from);
                if (isAway) {
                    isAway = false;
                    log.info("Alarms fire again");
                }
                if (!round.isDone()) {
                    from = Instant.EPOCH;
                    sleep = round.fired() >= PASS ? 0 : AGAIN_MILLIS;
                } else {
                    // Between two whole looks only what became due since the first: before it the index is full of what
                    // has fired.
                    from = from.equals(Instant.EPOCH) ? round.begun() : from;
                    Instant next = nextDue(round.until());
                    Instant now = time.instant();
                    if (next != null) {
                        sleep = Math.clamp(Duration.between(now, next).toMillis() + 1, AGAIN_MILLIS, POLL_MILLIS);
                    }
                    long untilWhole = POLL_NANOS - (System.nanoTime() - wholeNanos);
                    sleep = Math.clamp(TimeUnit.NANOSECONDS.toMillis(untilWhole) + 1, 0, sleep);
                    look = now.plusMillis(sleep);
                }
            } catch (RuntimeException | Error e) {
                from = Instant.EPOCH;
                if (!isAway && isOurs()) {
                    isAway = true;
                    log.error("Alarms cannot fire; tried every {} ms until they can", POLL_MILLIS, e);
                }
            }
            try {
                if (signal.await(sleep, look)) {
                    from = Instant.EPOCH;
                }
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
