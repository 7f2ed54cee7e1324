package io.bihuan.clock;

import io.bihuan.clock.Clock.Warning;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Writes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Starts, pauses and stops the clocks of a subject. Every method that changes a clock adds its writes to those of the command and
 * returns the clock as it will be; nothing is sent. The command holds the lock of the subject, so a clock read after it is current;
 * one that is not makes {@link Writes#send} throw. Times that lie before the last change of the clock (nodes differ by milliseconds) count
 * as that change's.
 */
@Component
public class Clocks {
    private static final int MOST_OF_ONE = 200;
    private static final int MOST_SUBJECTS = 1_000;

    private final JdbcClient jdbc;
    private final AlarmSignal signal;

    Clocks(JdbcClient jdbc, AlarmSignal signal) {
        this.jdbc = jdbc;
        this.signal = signal;
    }

    /** Starts a clock; one that begins in the past fires its overdue warn points at once, one after the other. */
    public Clock start(
            Writes writes,
            Subject subject,
            ClockPolicy policy,
            String pack,
            int packVersion,
            Severity severity,
            Instant at) {
        return insert(writes, begun(subject, policy, pack, packVersion, severity, at));
    }

    /**
     * Starts a clock whose warn points up to a moment never fire, because whoever starts many clocks in the past tells of them
     * together; the points after that moment fire as always.
     */
    public Clock startQuietly(
            Writes writes,
            Subject subject,
            ClockPolicy policy,
            String pack,
            int packVersion,
            Severity severity,
            Instant at,
            Instant quietUntil) {
        return insert(
                writes, begun(subject, policy, pack, packVersion, severity, at).quietUntil(quietUntil));
    }

    private static Clock begun(
            Subject subject, ClockPolicy policy, String pack, int packVersion, Severity severity, Instant at) {
        Instant start = at.truncatedTo(ChronoUnit.MICROS);
        int amount = policy.amountFor(severity);
        return new Clock(
                Ids.next(),
                subject,
                policy.name(),
                pack,
                packVersion,
                severity,
                policy.unit(),
                policy.calendar(),
                amount,
                policy.grade(),
                start,
                Deadlines.due(start, policy.unit(), amount, List.of()),
                ClockState.RUNNING,
                null,
                policy.warnAt(),
                List.of(),
                0,
                null);
    }

    private Clock insert(Writes writes, Clock clock) {
        writes.addInsert(clock.id(), """
                insert into clock.clock (subject_id, id, subject_kind, name, pack, pack_version, severity, unit, calendar, amount,
                    grade, started_at, due_at, state, stopped_at, rebased_at, warn_at, pause_count, fired_level, next_alarm_at,
                    next_alarm_level)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, values(clock));
        announce(clock.nextWarning());
        return clock;
    }

    private static @Nullable Object[] values(Clock clock) {
        Warning next = clock.nextWarning();
        return new @Nullable Object[] {
            clock.subject().id(),
            clock.id(),
            clock.subject().kind(),
            clock.name(),
            clock.pack(),
            clock.packVersion(),
            clock.severity(),
            clock.unit(),
            clock.calendar(),
            clock.amount(),
            clock.grade(),
            clock.startedAt(),
            clock.dueAt(),
            clock.state(),
            clock.stoppedAt(),
            clock.rebasedAt(),
            numbers(clock.warnAt()),
            clock.pauses().size(),
            clock.firedLevel(),
            at(next),
            level(next)
        };
    }

    /** Stops an open clock: {@link ClockState#MET} when its time was not yet used up, else {@link ClockState#MISSED}. */
    public Clock stop(Writes writes, Clock clock, Instant at) {
        return end(writes, clock, open(clock).stopped(notBefore(clock, at)));
    }

    /** Ends an open clock that no longer matters; neither met nor missed. */
    public Clock cancel(Writes writes, Clock clock, Instant at) {
        return end(writes, clock, open(clock).cancelled(notBefore(clock, at)));
    }

    /** Lets a running clock stand still; whether the reason allows it, its {@link ClockPolicy} says. */
    public Clock pause(Writes writes, Clock clock, String reason, Actor actor, Instant at) {
        if (clock.state() != ClockState.RUNNING) {
            throw new IllegalStateException("clock " + clock.name() + " is " + clock.state() + ", not running");
        }
        var pause = new Pause(reason, actor.toString(), notBefore(clock, at), null);
        Clock paused = clock.paused(pause);
        update(writes, clock, paused);
        writes.addOne(
                """
                insert into clock.pause (subject_id, clock_id, number, reason, actor, from_at) values (?, ?, ?, ?, ?, ?)
                """,
                clock.subject().id(),
                clock.id(),
                paused.pauses().size(),
                pause.reason(),
                pause.actor(),
                pause.from());
        return paused;
    }

    /** Lets a paused clock run on; warn points that have fired do not fire again. */
    public Clock resume(Writes writes, Clock clock, Instant at) {
        if (clock.state() != ClockState.PAUSED) {
            throw new IllegalStateException("clock " + clock.name() + " is " + clock.state() + ", not paused");
        }
        Clock resumed = clock.resumed(notBefore(clock, at));
        update(writes, clock, resumed);
        endPause(writes, clock, resumed);
        return resumed;
    }

    /** Counts an open clock from the same start with another amount, because the severity changed. */
    public Clock rebase(Writes writes, Clock clock, Severity severity, int amount, Instant at) {
        Clock rebased = open(clock).rebased(severity, amount, notBefore(clock, at));
        update(writes, clock, rebased);
        return rebased;
    }

    /** All clocks of a subject, whatever their state, in the order in which they started. */
    public List<Clock> of(UUID subjectId) {
        return jdbc.sql("""
                        select c.*, p.reason, p.actor, p.from_at, p.to_at
                        from (select * from clock.clock where subject_id = ? order by started_at, id limit ?) c
                        left join clock.pause p on p.subject_id = c.subject_id and p.clock_id = c.id
                        order by c.started_at, c.id, p.number
                        """).param(subjectId).param(MOST_OF_ONE).query(ClockRows::read);
    }

    /** The open clocks of those subjects (at most {@value #MOST_SUBJECTS}), the next due first; a subject without one is absent. */
    public Map<UUID, List<Clock>> of(Collection<UUID> subjectIds) {
        if (subjectIds.size() > MOST_SUBJECTS) {
            throw new IllegalArgumentException(subjectIds.size() + " subjects, at most " + MOST_SUBJECTS);
        }
        if (subjectIds.isEmpty()) {
            return Map.of();
        }
        List<Clock> found = jdbc.sql("""
                        select c.*, p.reason, p.actor, p.from_at, p.to_at
                        from clock.clock c
                        left join clock.pause p on p.subject_id = c.subject_id and p.clock_id = c.id
                        where c.subject_id = any(?::uuid[]) and c.state in ('RUNNING', 'PAUSED')
                        order by c.due_at, c.id, p.number
                        """)
                .param(subjectIds.stream().map(UUID::toString).toArray(String[]::new))
                .query(ClockRows::read);
        var clocks = new LinkedHashMap<UUID, List<Clock>>();
        for (Clock clock : found) {
            clocks.computeIfAbsent(clock.subject().id(), id -> new ArrayList<>())
                    .add(clock);
        }
        return clocks;
    }

    /** Why the clock is due when it is due. */
    public Explanation explain(Clock clock, Instant now) {
        return Explanations.of(clock, now);
    }

    private Clock end(Writes writes, Clock clock, Clock ended) {
        update(writes, clock, ended);
        if (clock.state() == ClockState.PAUSED) {
            endPause(writes, clock, ended);
        }
        return ended;
    }

    /** The old state, deadline and fired level stand in the condition: a clock that was read without the subject's lock is noticed. */
    private void update(Writes writes, Clock old, Clock clock) {
        Warning next = clock.nextWarning();
        if (writes.replaceInsert(old.id(), values(clock))) {
            announce(next);
            return;
        }
        writes.addOne(
                """
                update clock.clock
                set severity = ?, amount = ?, due_at = ?, state = ?, stopped_at = ?, rebased_at = ?, pause_count = ?,
                    next_alarm_at = ?, next_alarm_level = ?, alarm_attempts = 0, alarm_error = null
                where subject_id = ? and id = ? and state = ? and due_at = ? and fired_level = ?
                """,
                clock.severity(),
                clock.amount(),
                clock.dueAt(),
                clock.state(),
                clock.stoppedAt(),
                clock.rebasedAt(),
                clock.pauses().size(),
                at(next),
                level(next),
                old.subject().id(),
                old.id(),
                old.state(),
                old.dueAt(),
                old.firedLevel());
        announce(next);
    }

    private static void endPause(Writes writes, Clock old, Clock clock) {
        writes.addOne(
                """
                update clock.pause set to_at = ? where subject_id = ? and clock_id = ? and number = ? and to_at is null
                """,
                clock.pauses().getLast().to(),
                old.subject().id(),
                old.id(),
                old.pauses().size());
    }

    private static Clock open(Clock clock) {
        if (!clock.isOpen()) {
            throw new IllegalStateException("clock " + clock.name() + " is " + clock.state() + ", not open");
        }
        return clock;
    }

    private static Instant notBefore(Clock clock, Instant at) {
        Instant last = clock.startedAt();
        if (!clock.pauses().isEmpty()) {
            Pause pause = clock.pauses().getLast();
            Instant to = pause.to();
            last = to != null ? to : pause.from();
        }
        return at.isBefore(last) ? last : at.truncatedTo(ChronoUnit.MICROS);
    }

    private void announce(@Nullable Warning next) {
        if (next != null) {
            signal.alarmAt(next.at());
        }
    }

    private static @Nullable Instant at(@Nullable Warning next) {
        return next == null ? null : next.at();
    }

    private static @Nullable Integer level(@Nullable Warning next) {
        return next == null ? null : next.level();
    }

    private static int[] numbers(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }
}
