package io.bihuan.clock;

import io.bihuan.calendar.Calendars;
import io.bihuan.calendar.WorkCalendar;
import io.bihuan.clock.WhatIf.Case;
import io.bihuan.clock.WhatIf.Tally;
import io.bihuan.platform.LeasedWork;
import io.bihuan.platform.WhenServing;
import io.bihuan.platform.Writes;
import java.sql.ResultSet;
import java.sql.SQLException;
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
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
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
class WhatIfWork extends LeasedWork<WhatIfWork.Position> {
    /** The tables hold time in the order of blocks: a stretch of it is read at once, never all that there is. */
    private static final Duration FIRST_STRETCH = Duration.ofHours(12);

    private static final UUID NONE = new UUID(0, 0);

    private final JdbcClient jdbc;
    private final DataSource database;
    private final TransactionTemplate transaction;
    private final WhatIfs whatIfs;
    private final ClockRows rows;
    private final Calendars calendars;
    private final Map<String, ClockSubjects> subjects;
    private final int batch;

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
        super("clock.what_if", "at, id", jdbc, time, whatIfs.bell());
        this.jdbc = jdbc;
        this.database = database;
        this.transaction = new TransactionTemplate(transactions);
        this.whatIfs = whatIfs;
        this.rows = rows;
        this.calendars = calendars;
        this.subjects = subjects.stream().collect(Collectors.toMap(ClockSubjects::subjectKind, each -> each));
        this.batch = batch;
    }

    /** Every hour on every node. */
    @Scheduled(initialDelay = 10, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void forget() {
        int forgotten;
        do {
            forgotten = whatIfs.forget();
        } while (forgotten > 0);
    }

    /** A run, and down to where it is counted. */
    record Position(WhatIf run, Instant at, UUID id) {}

    @Override
    protected Position run(ResultSet row) throws SQLException {
        return new Position(
                WhatIfs.whatIf(row), ClockRows.required(row, "reached_at"), ClockRows.uuid(row, "reached_id"));
    }

    @Override
    protected UUID id(Position position) {
        return position.run().id();
    }

    @Override
    protected void workOn(Position from) {
        var work = new Work(from);
        while (!isStopping()) {
            if (!work.goOn()) {
                return;
            }
        }
    }

    @Override
    protected void giveUp(Position position, Exception error) {
        jdbc.sql("update clock.what_if set state = 'FAILED', error = ? where id = ? and state = 'RUNNING'")
                .param(error.toString().replace("\0", ""))
                .param(id(position))
                .update();
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

        /** One step back in time; false at the end. */
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
            write(clocks, isDone, isCut);
            return !isDone;
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

        private void write(List<Clock> clocks, boolean isDone, boolean isCut) {
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
                return;
            }
            counted += judged;
            changed += cases.size();
            save(cases, judged, before, after, becameMissed, becameMet, isDone, isCut);
        }

        private void save(
                List<Case> cases,
                int judged,
                Tally before,
                Tally after,
                int becameMissed,
                int becameMet,
                boolean isDone,
                boolean isCut) {
            transaction.executeWithoutResult(status -> {
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
                        .param("until", sql(leaseUntil()))
                        .param("id", run.id())
                        .param("worker", worker)
                        .update();
                if (updated == 0) {
                    throw new Lost();
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
            });
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
