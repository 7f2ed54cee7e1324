package io.bihuan.clock;

import io.bihuan.calendar.Calendars;
import io.bihuan.calendar.WorkCalendar;
import io.bihuan.clock.WhatIf.Case;
import io.bihuan.clock.WhatIf.Tally;
import io.bihuan.platform.WhenServing;
import io.bihuan.platform.Writes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Counts clocks under drafts. One node holds the lease of a run; it reads some hundred clocks outside any transaction, from the newest
 * back, and writes what they add up to together with the position, so that whoever goes on after a kill counts none twice.
 */
@Component
@WhenServing
class WhatIfWork implements SmartLifecycle {
    static final Duration LEASE = Duration.ofSeconds(20);
    static final int MOST_ATTEMPTS = 5;
    /** The tables hold time in the order of blocks: a stretch of it is read at once, never all that there is. */
    private static final Duration FIRST_STRETCH = Duration.ofHours(12);

    private static final UUID NONE = new UUID(0, 0);
    private static final Logger log = LoggerFactory.getLogger(WhatIfWork.class);

    private final JdbcClient jdbc;
    private final DataSource database;
    private final TransactionTemplate transaction;
    private final WhatIfs whatIfs;
    private final ClockRows rows;
    private final Calendars calendars;
    private final Map<String, ClockSubjects> subjects;
    private final InstantSource time;
    private final int batch;
    private final String worker = UUID.randomUUID().toString();
    private volatile boolean isStopping;
    private volatile @Nullable Thread loop;

    WhatIfWork(
            JdbcClient jdbc,
            DataSource database,
            PlatformTransactionManager transactions,
            WhatIfs whatIfs,
            ClockRows rows,
            Calendars calendars,
            Collection<ClockSubjects> subjects,
            InstantSource time,
            @Value("${bihuan.what-if.batch:500}") int batch) {
        this.jdbc = jdbc;
        this.database = database;
        this.transaction = new TransactionTemplate(transactions);
        this.whatIfs = whatIfs;
        this.rows = rows;
        this.calendars = calendars;
        this.subjects = subjects.stream().collect(Collectors.toMap(ClockSubjects::subjectKind, each -> each));
        this.time = time;
        this.batch = batch;
    }

    @Override
    public void start() {
        isStopping = false;
        loop = Thread.ofVirtual().name("what-ifs").start(this::keepWorking);
    }

    @Override
    public void stop() {
        isStopping = true;
        Thread working = loop;
        loop = null;
        if (working != null) {
            try {
                // Not interrupted: that would break the connection under a transaction, which ends soon by itself.
                working.join(Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return loop != null;
    }

    private void keepWorking() {
        boolean isAway = false;
        while (!isStopping) {
            boolean hasWorked = false;
            try {
                hasWorked = workOnOne();
                isAway = false;
            } catch (RuntimeException | Error e) {
                if (!isStopping && !isAway) {
                    isAway = true;
                    log.warn("Drafts of policies wait and go on as soon as they can: {}", e.toString());
                }
            }
            try {
                if (!hasWorked) {
                    whatIfs.await(Duration.ofSeconds(1));
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Every hour on every node. */
    @Scheduled(initialDelay = 10, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void forget() {
        int forgotten;
        do {
            forgotten = whatIfs.forget();
        } while (forgotten > 0);
    }

    /** Takes the oldest run that nobody works on and brings it to its end; false when there is none. */
    boolean workOnOne() {
        Optional<Position> claimed = claim();
        claimed.ifPresent(this::workOn);
        return claimed.isPresent();
    }

    private record Position(WhatIf run, Instant at, UUID id) {}

    private Optional<Position> claim() {
        return jdbc.sql("""
                        update clock.what_if set worker = :worker, lease_until = :until
                        where id = (select id from clock.what_if
                                    where state = 'RUNNING' and (lease_until is null or lease_until < :now or worker = :worker)
                                    order by at, id limit 1 for update skip locked)
                        returning *
                        """)
                .param("worker", worker)
                .param("until", sql(time.instant().plus(LEASE)))
                .param("now", sql(time.instant()))
                .query((row, number) -> new Position(
                        WhatIfs.whatIf(row), ClockRows.required(row, "reached_at"), ClockRows.uuid(row, "reached_id")))
                .optional();
    }

    private void workOn(Position from) {
        try {
            var work = new Work(from);
            while (!isStopping) {
                if (!work.goOn()) {
                    return;
                }
            }
        } catch (RuntimeException e) {
            fail(from.run(), e);
        }
    }

    private void fail(WhatIf run, RuntimeException error) {
        int attempts = jdbc.sql("""
                        update clock.what_if set attempts = attempts + 1, error = :error, worker = null,
                            lease_until = :now::timestamptz + interval '1 second' * power(2, attempts),
                            state = case when attempts + 1 >= :most then 'FAILED' else state end
                        where id = :id and worker = :worker and state = 'RUNNING'
                        returning attempts
                        """)
                .param("error", error.toString().replace("\0", ""))
                .param("now", sql(time.instant()))
                .param("most", MOST_ATTEMPTS)
                .param("id", run.id())
                .param("worker", worker)
                .query(Integer.class)
                .optional()
                .orElse(0);
        if (attempts >= MOST_ATTEMPTS) {
            log.error("Draft {} of {} cannot be counted", run.id(), run.draft(), error);
        }
    }

    /** One run on this node. */
    private final class Work {
        private final WhatIf run;
        private final PolicyVersion draft;
        private final List<String> standIns;
        private Instant at;
        private UUID id;
        private int counted;
        private int changed;
        private Duration stretch = FIRST_STRETCH;

        Work(Position from) {
            this.run = from.run();
            this.draft = run.draft();
            this.at = from.at();
            this.id = from.id();
            this.counted = run.counted();
            this.changed = run.changed();
            this.standIns = calendars.all().stream()
                    .filter(each ->
                            draft.terms().calendar().equals(each.definition().over()))
                    .map(WorkCalendar::name)
                    .toList();
        }

        /** One step back in time; false at the end, or when another has the run. */
        boolean goOn() {
            Instant since = at.minus(stretch).isBefore(run.from()) ? run.from() : at.minus(stretch);
            List<ClockRows.Row> found = read(since);
            boolean isStretchDone = found.size() < batch;
            int room = WhatIfs.MOST_CLOCKS - counted;
            List<Clock> clocks = rows.clocks(found.subList(0, Math.min(room, found.size())));
            boolean isCut = found.size() > room;
            at = isStretchDone ? since : found.getLast().startedAt();
            id = isStretchDone ? NONE : found.getLast().id();
            boolean isDone = isCut || (isStretchDone && !since.isAfter(run.from()));
            if (isStretchDone && found.size() < batch / 4) {
                stretch = stretch.multipliedBy(2);
            } else if (!isStretchDone && stretch.compareTo(Duration.ofMinutes(10)) > 0) {
                stretch = stretch.dividedBy(2);
            }
            return write(clocks, isDone, isCut) && !isDone;
        }

        private List<ClockRows.Row> read(Instant since) {
            return jdbc.sql("select " + ClockRows.COLUMNS + """
                            from clock.clock
                            where pack = :pack and name = :name and started_at >= :since and started_at <= :at
                                and (started_at, id) < (:at, :id) and state <> 'CANCELLED'
                            order by started_at desc, id desc limit :batch
                            """)
                    .param("pack", draft.pack())
                    .param("name", draft.name())
                    .param("since", sql(since))
                    .param("at", sql(at))
                    .param("id", id)
                    .param("batch", batch)
                    .query(rows::row)
                    .list();
        }

        private boolean write(List<Clock> clocks, boolean isDone, boolean isCut) {
            var cases = new ArrayList<Case>();
            Tally before = Tally.NONE;
            Tally after = Tally.NONE;
            int becameMissed = 0;
            int becameMet = 0;
            int judged = 0;
            Map<UUID, List<String>> keys = keys(clocks);
            for (Clock clock : clocks) {
                Outcome was = Outcome.of(clock, run.at());
                Clock other = clock.under(
                        draft, calendar(clock, keys.getOrDefault(clock.subject().id(), List.of())));
                Outcome would = Outcome.of(other, run.at());
                if (was == null || would == null) {
                    continue;
                }
                judged++;
                before = before.and(was);
                after = after.and(would);
                if (was != would) {
                    becameMissed += would == Outcome.MISSED ? 1 : 0;
                    becameMet += was == Outcome.MISSED ? 1 : 0;
                    cases.add(new Case(
                            changed + cases.size() + 1,
                            clock.subject(),
                            clock.id(),
                            clock.severity(),
                            clock.startedAt(),
                            clock.stoppedAt(),
                            was,
                            would,
                            clock.dueAt(),
                            other.dueAt()));
                }
            }
            if (clocks.isEmpty() && !isDone) {
                return true;
            }
            counted += judged;
            changed += cases.size();
            return save(cases, judged, before, after, becameMissed, becameMet, isDone, isCut);
        }

        private boolean save(
                List<Case> cases,
                int judged,
                Tally before,
                Tally after,
                int becameMissed,
                int becameMet,
                boolean isDone,
                boolean isCut) {
            return Boolean.TRUE.equals(transaction.execute(status -> {
                int updated = jdbc.sql("""
                                update clock.what_if set reached_at = :at, reached_id = :reached, counted = counted + :counted,
                                    is_cut = :isCut, met_before = met_before + :metBefore, missed_before = missed_before + :missedBefore,
                                    open_before = open_before + :openBefore, met_after = met_after + :metAfter,
                                    missed_after = missed_after + :missedAfter, open_after = open_after + :openAfter,
                                    became_missed = became_missed + :becameMissed, became_met = became_met + :becameMet,
                                    changed = changed + :changed, state = :state, lease_until = :until, attempts = 0
                                where id = :id and worker = :worker and state = 'RUNNING'
                                """)
                        .param("at", sql(at))
                        .param("reached", id)
                        .param("counted", judged)
                        .param("isCut", isCut)
                        .param("metBefore", before.met())
                        .param("missedBefore", before.missed())
                        .param("openBefore", before.open())
                        .param("metAfter", after.met())
                        .param("missedAfter", after.missed())
                        .param("openAfter", after.open())
                        .param("becameMissed", becameMissed)
                        .param("becameMet", becameMet)
                        .param("changed", cases.size())
                        .param("state", (isDone ? WhatIf.State.DONE : WhatIf.State.RUNNING).name())
                        .param("until", sql(time.instant().plus(LEASE)))
                        .param("id", run.id())
                        .param("worker", worker)
                        .update();
                if (updated == 0) {
                    return false;
                }
                var writes = new Writes();
                for (Case each : cases) {
                    writes.addOne(
                            """
                            insert into clock.what_if_case (what_if_id, number, subject_kind, subject_id, clock_id, severity, started_at,
                                stopped_at, before, after, due_before, due_after)
                            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                            """,
                            run.id(),
                            each.number(),
                            each.subject().kind(),
                            each.subject().id(),
                            each.clockId(),
                            each.severity(),
                            each.startedAt(),
                            each.stoppedAt(),
                            each.before(),
                            each.after(),
                            each.dueBefore(),
                            each.dueAfter());
                }
                writes.send(database);
                return true;
            }));
        }

        /** The real one where the draft names the same; else the draft's, or what stands in for it. */
        private WorkCalendar calendar(Clock clock, List<String> keys) {
            return hasSameCalendar(clock)
                    ? clock.calendar()
                    : calendars.current(draft.terms().calendar(), keys);
        }

        private boolean hasSameCalendar(Clock clock) {
            return clock.policy().terms().calendar().equals(draft.terms().calendar());
        }

        private Map<UUID, List<String>> keys(List<Clock> clocks) {
            if (standIns.isEmpty()) {
                return Map.of();
            }
            Map<String, Set<UUID>> asked = clocks.stream()
                    .filter(clock -> !hasSameCalendar(clock))
                    .map(Clock::subject)
                    .collect(Collectors.groupingBy(Subject::kind, Collectors.mapping(Subject::id, Collectors.toSet())));
            var keys = new HashMap<UUID, List<String>>();
            asked.forEach((kind, ids) -> {
                ClockSubjects owner = subjects.get(kind);
                if (owner != null) {
                    keys.putAll(owner.calendarKeys(ids));
                }
            });
            return keys;
        }
    }

    private static OffsetDateTime sql(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
