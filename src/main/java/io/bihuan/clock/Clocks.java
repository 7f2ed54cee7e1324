package io.bihuan.clock;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.bihuan.calendar.Calendars;
import io.bihuan.calendar.WorkCalendar;
import io.bihuan.clock.Clock.Warning;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Writes;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private final ClockRows rows;
    private final Calendars calendars;
    private final AlarmSignal signal;

    Clocks(JdbcClient jdbc, ClockRows rows, Calendars calendars, AlarmSignal signal) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.calendars = calendars;
        this.signal = signal;
    }

    /**
     * Starts a clock; one that begins in the past fires its overdue warn points at once, one after the other.
     *
     * @param keys for whom a calendar of their own may stand in, the first one first: {@code department:parts}
     */
    public Clock start(
            Writes writes, Subject subject, PolicyVersion policy, Severity severity, List<String> keys, Instant at) {
        return insert(writes, begun(subject, policy, severity, keys, at));
    }

    /**
     * Starts a clock whose warn points up to a moment never fire, because whoever starts many clocks in the past tells of them
     * together; the points after that moment fire as always.
     */
    public Clock startQuietly(
            Writes writes,
            Subject subject,
            PolicyVersion policy,
            Severity severity,
            List<String> keys,
            Instant at,
            Instant quietUntil) {
        return insert(writes, begun(subject, policy, severity, keys, at).quietUntil(quietUntil));
    }

    /** When a clock that starts then would warn for the first time; when it would be due if it never warns. */
    public Instant firstWarning(PolicyVersion policy, Severity severity, Instant at) {
        Clock clock = preview(policy, severity, List.of(), at);
        Warning first = clock.nextWarning();
        return first == null ? clock.dueAt() : first.at();
    }

    /** A clock as it would be if it started then; it is not stored. */
    public Clock preview(PolicyVersion policy, Severity severity, List<String> keys, Instant at) {
        return begun(new Subject("-", new UUID(0, 0)), policy, severity, keys, at);
    }

    /** An open clock as it would be with the next extension of its policy; empty when there is none left. It is not stored. */
    public Optional<Clock> previewExtension(Clock clock, Instant at) {
        return clock.policy()
                .terms()
                .extensionAfter(clock.course().extensions().size())
                .map(step -> open(clock).extended(new Extension(0, step.amount(), "-", "-", clock.moment(at))));
    }

    /** An open clock as it would be by another version of its policy from then on; it is not stored. */
    public Clock previewRebase(Clock clock, PolicyVersion policy, List<String> keys, Instant at) {
        WorkCalendar calendar = calendars.current(policy.terms().calendar(), keys);
        return open(clock).rebased(policy, calendar, "-", "-", clock.moment(at));
    }

    private Clock begun(Subject subject, PolicyVersion policy, Severity severity, List<String> keys, Instant at) {
        WorkCalendar calendar = calendars.current(policy.terms().calendar(), keys);
        return Clock.started(Ids.next(), subject, policy, calendar, severity, at);
    }

    private Clock insert(Writes writes, Clock clock) {
        writes.addInsert(clock.id(), """
                insert into clock.clock (subject_id, id, subject_kind, name, pack, pack_version, revision, severity, calendar,
                    calendar_version, amount, extended_by, grade, started_at, due_at, assumed_year, state, stopped_at, rebased_at,
                    pause_count, extension_count, rebase_count, fired, next_alarm_at, next_alarm_point, case_kind, department)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, values(clock));
        needs(clock);
        announce(clock.nextWarning());
        return clock;
    }

    static @Nullable Object[] values(Clock clock) {
        Warning next = clock.nextWarning();
        Course course = clock.course();
        return new @Nullable Object[] {
            clock.subject().id(),
            clock.id(),
            clock.subject().kind(),
            clock.name(),
            clock.policy().pack(),
            clock.policy().packVersion(),
            clock.policy().revision(),
            clock.severity(),
            clock.calendar().name(),
            clock.calendar().version(),
            clock.amount(),
            clock.extendedBy(),
            clock.grade(),
            clock.startedAt(),
            clock.dueAt(),
            clock.assumedYear(),
            clock.state(),
            clock.stoppedAt(),
            course.severityAt(),
            course.pauses().size(),
            course.extensions().size(),
            course.rebases().size(),
            clock.fired(),
            at(next),
            point(next),
            clock.subject().caseKind(),
            clock.subject().department()
        };
    }

    /** Stops an open clock: {@link ClockState#MET} when it was not yet due, else {@link ClockState#MISSED}. */
    public Clock stop(Writes writes, Clock clock, Instant at) {
        return end(writes, clock, open(clock).stopped(clock.moment(at)));
    }

    /** Ends an open clock that no longer matters; neither met nor missed. */
    public Clock cancel(Writes writes, Clock clock, Instant at) {
        return end(writes, clock, open(clock).cancelled(clock.moment(at)));
    }

    /**
     * Lets a cancelled clock go on as if it had not been: what it counts includes the time between. Its warn points up to now never
     * fire: nobody could have heeded them.
     *
     * @param pausedFor the reasons that still hold for which it may have stood still
     */
    public Clock reopen(Writes writes, Clock clock, Set<String> pausedFor, Instant at) {
        Clock open = clock.reopened(pausedFor);
        Clock reopened = isOutdated(open) ? corrected(open).quietUntil(at) : open.quietUntil(at);
        update(writes, clock, reopened);
        if (reopened.state() == ClockState.PAUSED) {
            writes.addOne(
                    "update clock.pause set to_at = null where subject_id = ? and clock_id = ? and number = ? and to_at is not null",
                    clock.subject().id(),
                    clock.id(),
                    clock.pauses().size());
        }
        return reopened;
    }

    /**
     * Ends an open clock and starts the same anew, because there are new facts; what was overdue stays missed.
     *
     * @return the ended one and the new one
     */
    public List<Clock> restart(Writes writes, Clock clock, List<String> keys, Instant at) {
        Instant moment = clock.moment(at);
        Clock ended = clock.isOverdue(moment) ? stop(writes, clock, moment) : cancel(writes, clock, moment);
        Clock anew = begun(clock.subject(), clock.policy(), clock.severity(), keys, moment);
        return List.of(ended, insert(writes, anew));
    }

    /** Lets a running clock stand still; whether the reason allows it, its {@link ClockPolicy} says. */
    public Clock pause(Writes writes, Clock clock, String reason, Actor actor, Instant at) {
        if (clock.state() != ClockState.RUNNING) {
            throw new IllegalStateException("clock " + clock.name() + " is " + clock.state() + ", not running");
        }
        var pause = new Pause(reason, actor.toString(), clock.moment(at), null);
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
        Clock resumed = clock.resumed(clock.moment(at));
        update(writes, clock, resumed);
        endPause(writes, clock, resumed);
        return resumed;
    }

    /** Counts an open clock from the same start with the amount of another severity. */
    public Clock changeSeverity(Writes writes, Clock clock, Severity severity, Instant at) {
        Clock changed = open(clock).withSeverity(severity, clock.amountFor(severity), clock.moment(at));
        update(writes, clock, changed);
        return changed;
    }

    /**
     * Gives an open clock that may be moved the time that is promised from now on.
     *
     * @throws IllegalStateException when its policy does not allow it
     */
    public Clock promise(Writes writes, Clock clock, Instant due) {
        if (!clock.policy().terms().mayBePromised()) {
            throw new IllegalStateException("clock " + clock.name() + " is not movable");
        }
        Clock promised = open(clock).promised(due);
        update(writes, clock, promised);
        return promised;
    }

    /** Makes the limit of an open clock longer by the next step of its policy; throws when there is none left. */
    public Clock extend(Writes writes, Clock clock, Actor approver, String reason, Instant at) {
        int taken = clock.course().extensions().size();
        ExtensionStep step = open(clock)
                .policy()
                .terms()
                .extensionAfter(taken)
                .orElseThrow(() -> new IllegalStateException("clock " + clock.name() + " has no extension left"));
        var extension = new Extension(
                clock.policy().terms().extensions().indexOf(step) + 1,
                step.amount(),
                approver.toString(),
                reason,
                clock.moment(at));
        Clock extended = clock.extended(extension);
        update(writes, clock, extended);
        writes.addOne(
                """
                insert into clock.extension (subject_id, clock_id, number, step, amount, approver, reason, at)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                clock.subject().id(),
                clock.id(),
                taken + 1,
                extension.step(),
                extension.amount(),
                extension.approver(),
                extension.reason(),
                extension.at());
        return extended;
    }

    /** Lists and counts all clocks of a subject, those that have ended too, by what it is now. */
    public void move(Writes writes, Subject subject) {
        writes.add(
                "update clock.clock set case_kind = ?, department = ? where subject_id = ?",
                subject.caseKind(),
                subject.department(),
                subject.id());
    }

    /** Gives an open clock another version of its policy; what it counted until then stays counted by the old one. */
    public Clock rebase(
            Writes writes,
            Clock clock,
            PolicyVersion policy,
            List<String> keys,
            Actor actor,
            String reason,
            Instant at) {
        Instant moment = clock.moment(at);
        WorkCalendar calendar = calendars.current(policy.terms().calendar(), keys);
        Clock rebased = open(clock).rebased(policy, calendar, actor.toString(), reason, moment);
        update(writes, clock, rebased);
        writes.addOne(
                """
                insert into clock.rebase (subject_id, clock_id, number, at, actor, reason, pack, pack_version, name, revision, calendar,
                    calendar_version)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                clock.subject().id(),
                clock.id(),
                rebased.course().rebases().size(),
                moment,
                actor.toString(),
                reason,
                clock.policy().pack(),
                clock.policy().packVersion(),
                clock.policy().name(),
                clock.policy().revision(),
                clock.calendar().name(),
                clock.calendar().version());
        return rebased;
    }

    /** Whether more is known of the clock's calendar than when it was counted. */
    public boolean isOutdated(Clock clock) {
        return clock.isOpen()
                && calendars
                        .find(clock.calendar().name())
                        .map(calendar -> calendar.version() > clock.calendar().version())
                        .orElse(false);
    }

    /** An open clock as it is when counted by what is now known of its calendar; nothing is written. */
    public Clock corrected(Clock clock) {
        return open(clock).corrected(calendars.current(clock.calendar().name()));
    }

    /** Counts an open clock by what is now known of its calendar. */
    public Clock correct(Writes writes, Clock clock) {
        Clock corrected = corrected(clock);
        update(writes, clock, corrected);
        return corrected;
    }

    /** All clocks of a subject, whatever their state, in the order in which they started. */
    public List<Clock> of(UUID subjectId) {
        return rows.clocks(jdbc.sql("select " + ClockRows.COLUMNS + """
                        from clock.clock where subject_id = ? order by started_at, id limit ?
                        """)
                .param(subjectId)
                .param(MOST_OF_ONE)
                .query(rows::row)
                .list());
    }

    /**
     * All clocks of a subject for a target that changes them while their alarms fire: their rows are locked, and the alarms count as
     * fired. Empty when somebody else holds one of them, because whoever fires alarms waits for nobody.
     */
    public Optional<List<Clock>> lockFree(UUID subjectId, List<Alarm> firing) {
        List<Clock> all = of(subjectId);
        // bounded: the clocks of one subject
        List<UUID> locked = jdbc.sql("select id from clock.clock where subject_id = ? for no key update skip locked")
                .param(subjectId)
                .query(UUID.class)
                .list();
        if (!locked.containsAll(all.stream().map(Clock::id).toList())) {
            return Optional.empty();
        }
        return Optional.of(of(subjectId).stream()
                .map(clock -> {
                    Clock fired = clock;
                    for (Alarm alarm : firing) {
                        if (alarm.clockId().equals(clock.id())) {
                            fired = fired.afterFiring(alarm.point());
                        }
                    }
                    return fired;
                })
                .toList());
    }

    /** The open clocks of those subjects (at most {@value #MOST_SUBJECTS}), the next due first; a subject without one is absent. */
    public Map<UUID, List<Clock>> of(Collection<UUID> subjectIds) {
        if (subjectIds.size() > MOST_SUBJECTS) {
            throw new IllegalArgumentException(subjectIds.size() + " subjects, at most " + MOST_SUBJECTS);
        }
        if (subjectIds.isEmpty()) {
            return Map.of();
        }
        return bySubject(rows.clocks(jdbc.sql("select " + ClockRows.COLUMNS + """
                        from clock.clock
                        where subject_id = any(?::uuid[]) and state in ('RUNNING', 'PAUSED')
                        order by due_at, id
                        """)
                .param(texts(subjectIds))
                .query(rows::row)
                .list()));
    }

    /** All clocks of those subjects (at most {@value #MOST_SUBJECTS}), open or not, in the order in which they started. */
    public Map<UUID, List<Clock>> allOf(Collection<UUID> subjectIds) {
        if (subjectIds.size() > MOST_SUBJECTS) {
            throw new IllegalArgumentException(subjectIds.size() + " subjects, at most " + MOST_SUBJECTS);
        }
        return bySubject(rows.clocks(jdbc.sql("select " + ClockRows.COLUMNS + """
                        from clock.clock where subject_id = any(?::uuid[]) order by started_at, id
                        """)
                .param(texts(subjectIds))
                .query(rows::row)
                .list()));
    }

    private static Map<UUID, List<Clock>> bySubject(List<Clock> found) {
        return found.stream().collect(groupingBy(clock -> clock.subject().id(), LinkedHashMap::new, toList()));
    }

    private static String[] texts(Collection<UUID> ids) {
        return ids.stream().map(UUID::toString).toArray(String[]::new);
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

    /** What the command has read stands in the condition: a clock that was read without the subject's lock is noticed. */
    private void update(Writes writes, Clock old, Clock clock) {
        Warning next = clock.nextWarning();
        needs(clock);
        if (writes.replaceInsert(old.id(), values(clock))) {
            announce(next);
            return;
        }
        writes.addOne(
                """
                update clock.clock
                set revision = ?, severity = ?, calendar = ?, calendar_version = ?, amount = ?, extended_by = ?, grade = ?, due_at = ?,
                    assumed_year = ?, state = ?, stopped_at = ?, rebased_at = ?, pause_count = ?, extension_count = ?, rebase_count = ?,
                    fired = ?, next_alarm_at = ?, next_alarm_point = ?, alarm_attempts = 0, alarm_error = null
                where subject_id = ? and id = ? and state = ? and due_at = ? and fired = ?
                """,
                clock.policy().revision(),
                clock.severity(),
                clock.calendar().name(),
                clock.calendar().version(),
                clock.amount(),
                clock.extendedBy(),
                clock.grade(),
                clock.dueAt(),
                clock.assumedYear(),
                clock.state(),
                clock.stoppedAt(),
                clock.course().severityAt(),
                clock.course().pauses().size(),
                clock.course().extensions().size(),
                clock.course().rebases().size(),
                clock.fired(),
                at(next),
                point(next),
                old.subject().id(),
                old.id(),
                old.state(),
                old.dueAt(),
                old.fired());
        announce(next);
    }

    /** Somebody has to find the holiday notice on which the deadline depends. */
    private void needs(Clock clock) {
        Integer year = clock.assumedYear();
        String holidays = clock.calendar().definition().holidays();
        if (year != null && holidays != null && clock.isOpen()) {
            calendars.needed(holidays, year);
        }
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

    private void announce(@Nullable Warning next) {
        if (next != null) {
            signal.alarmAt(next.at());
        }
    }

    private static @Nullable Instant at(@Nullable Warning next) {
        return next == null ? null : next.at();
    }

    private static @Nullable String point(@Nullable Warning next) {
        return next == null ? null : next.point().toString();
    }
}
