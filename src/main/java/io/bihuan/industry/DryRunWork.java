package io.bihuan.industry;

import static java.util.stream.Collectors.toMap;

import io.bihuan.clock.Clocks;
import io.bihuan.clock.Policies;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Complaints;
import io.bihuan.industry.DryRun.Aspect;
import io.bihuan.industry.DryRun.Difference;
import io.bihuan.industry.DryRun.Move;
import io.bihuan.industry.DryRun.State;
import io.bihuan.pack.Packs;
import io.bihuan.platform.LeasedWork;
import io.bihuan.platform.WhenServing;
import io.bihuan.platform.Writes;
import io.bihuan.triage.Triage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Judges complaints by two versions of a pack, some hundred at a time, from the newest back; what they add up to is written together
 * with the position, so that whoever goes on after a kill counts none twice.
 */
@Component
@WhenServing
class DryRunWork extends LeasedWork<DryRunWork.Position> {
    private static final int BATCH = 500;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;
    private final DataSource database;
    private final TransactionTemplate transaction;
    private final Packs packs;
    private final Complaints complaints;
    private final Triage triage;
    private final Clocks clocks;
    private final Policies policies;
    private final DryRuns dryRuns;

    DryRunWork(
            JdbcClient jdbc,
            DataSource database,
            PlatformTransactionManager transactions,
            Packs packs,
            Complaints complaints,
            Triage triage,
            Clocks clocks,
            Policies policies,
            DryRuns dryRuns,
            InstantSource time) {
        super("industry.dry_run", "at, id", jdbc, time, dryRuns.bell());
        this.jdbc = jdbc;
        this.database = database;
        this.transaction = new TransactionTemplate(transactions);
        this.packs = packs;
        this.complaints = complaints;
        this.triage = triage;
        this.clocks = clocks;
        this.policies = policies;
        this.dryRuns = dryRuns;
    }

    /** A run, and down to where it is judged. */
    record Position(DryRun run, Instant at, UUID id) {}

    private record Place(UUID id, Instant receivedAt, String pack) {}

    private record Counted(Aspect aspect, String before, String after) {}

    /** Every hour on every node. */
    @Scheduled(initialDelay = 15, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void forget() {
        int forgotten;
        do {
            forgotten = dryRuns.forget();
        } while (forgotten > 0);
    }

    @Override
    protected Position run(ResultSet row) throws SQLException {
        return new Position(
                DryRuns.dryRun(row), DryRuns.instant(row, "reached_at"), row.getObject("reached_id", UUID.class));
    }

    @Override
    protected UUID id(Position position) {
        return position.run().id();
    }

    @Override
    protected void giveUp(Position position, Exception error) {
        jdbc.sql("update industry.dry_run set state = 'FAILED', error = ? where id = ? and state = 'RUNNING'")
                .param(error.toString().replace("\0", ""))
                .param(id(position))
                .update();
    }

    @Override
    protected void workOn(Position from) {
        DryRun run = from.run();
        var comparison = new Comparison(
                packs.get(run.pack(), run.versionBefore()),
                packs.get(run.pack(), run.versionAfter()),
                triage,
                clocks,
                policies);
        var work = new Work(from, comparison);
        while (!isStopping()) {
            if (!work.goOn()) {
                return;
            }
        }
    }

    /** One run on this node. */
    private final class Work {
        private final DryRun run;
        private final Comparison comparison;
        private Instant at;
        private UUID id;
        private int counted;
        private int changed;

        Work(Position from, Comparison comparison) {
            this.run = from.run();
            this.comparison = comparison;
            this.at = from.at();
            this.id = from.id();
            this.counted = run.counted();
            this.changed = run.changed();
        }

        /** Judges some more; false at the end. */
        boolean goOn() {
            List<Place> places = read();
            List<UUID> ids = places.stream()
                    .filter(place -> place.pack().equals(run.pack()))
                    .map(Place::id)
                    .toList();
            int room = DryRuns.MOST_COMPLAINTS - counted;
            boolean isCut = ids.size() > room;
            boolean isDone = isCut || places.size() < BATCH;
            if (!places.isEmpty()) {
                at = places.getLast().receivedAt();
                id = places.getLast().id();
            }
            judge(ids.subList(0, Math.min(room, ids.size())), isDone, isCut);
            return !isDone;
        }

        private List<Place> read() {
            return jdbc.sql("""
                            select id, received_at, pack from complaint.api_complaint
                            where received_at >= :from and received_at <= :at and (received_at, id) < (:at, :id)
                            order by received_at desc, id desc limit :batch
                            """)
                    .param("from", run.from().atOffset(ZoneOffset.UTC))
                    .param("at", at.atOffset(ZoneOffset.UTC))
                    .param("id", id)
                    .param("batch", BATCH)
                    .query((row, number) -> new Place(
                            row.getObject("id", UUID.class),
                            DryRuns.instant(row, "received_at"),
                            DryRuns.text(row, "pack")))
                    .list();
        }

        private void judge(List<UUID> ids, boolean isDone, boolean isCut) {
            Map<UUID, Complaint> found =
                    complaints.find(ids).stream().collect(toMap(Complaint::id, Function.identity()));
            var differing = new LinkedHashMap<UUID, List<Difference>>();
            int erased = 0;
            for (UUID each : ids) {
                Complaint complaint = found.get(each);
                if (complaint == null || complaint.erasedAt() != null) {
                    erased++;
                    continue;
                }
                List<Difference> differences = comparison.of(complaint);
                if (!differences.isEmpty()) {
                    differing.put(each, differences);
                }
            }
            counted += ids.size() - erased;
            save(ids.size() - erased, erased, differing, isDone, isCut);
            changed += differing.size();
        }

        private void save(
                int judged, int erased, Map<UUID, List<Difference>> differing, boolean isDone, boolean isCut) {
            transaction.executeWithoutResult(status -> {
                int updated = jdbc.sql("""
                                update industry.dry_run set reached_at = :at, reached_id = :reached, counted = counted + :judged,
                                    erased = erased + :erased, changed = changed + :changed, is_cut = :isCut, state = :state,
                                    lease_until = :until, attempts = 0
                                where id = :id and worker = :worker and state = 'RUNNING'
                                """)
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .param("reached", id)
                        .param("judged", judged)
                        .param("erased", erased)
                        .param("changed", differing.size())
                        .param("isCut", isCut)
                        .param("state", (isDone ? State.DONE : State.RUNNING).name())
                        .param("until", leaseUntil().atOffset(ZoneOffset.UTC))
                        .param("id", run.id())
                        .param("worker", worker)
                        .update();
                if (updated == 0) {
                    throw new Lost();
                }
                var writes = new Writes();
                addCases(writes, differing);
                addTallies(writes, differing);
                writes.send(database);
            });
        }

        private void addCases(Writes writes, Map<UUID, List<Difference>> differing) {
            int number = changed;
            for (var each : differing.entrySet()) {
                number++;
                if (number > DryRuns.MOST_CASES) {
                    return;
                }
                writes.addOne("""
                        insert into industry.dry_run_case (dry_run_id, number, complaint_id, differences) values (?, ?, ?, ?::jsonb)
                        """, run.id(), number, each.getKey(), JSON.writeValueAsString(each.getValue()));
            }
        }

        private void addTallies(Writes writes, Map<UUID, List<Difference>> differing) {
            var counts = new LinkedHashMap<Counted, Integer>();
            differing.values().stream()
                    .flatMap(List::stream)
                    .map(DryRunWork::counted)
                    .forEach(each -> counts.merge(each, 1, Integer::sum));
            counts.forEach(
                    (what, count) -> writes.addOne("""
                    insert into industry.dry_run_tally (dry_run_id, aspect, before, after, count) values (?, ?, ?, ?, ?)
                    on conflict (dry_run_id, aspect, before, after) do update set count = dry_run_tally.count + excluded.count
                    """, run.id(), what.aspect(), what.before(), what.after(), count));
        }
    }

    private static Counted counted(Difference difference) {
        if (difference.aspect() != Aspect.DEADLINE) {
            return new Counted(difference.aspect(), difference.before(), difference.after());
        }
        Move move;
        if (difference.before().isEmpty()) {
            move = Move.ADDED;
        } else if (difference.after().isEmpty()) {
            move = Move.REMOVED;
        } else {
            move = Instant.parse(difference.after()).isBefore(Instant.parse(difference.before()))
                    ? Move.EARLIER
                    : Move.LATER;
        }
        return new Counted(Aspect.DEADLINE, difference.clock(), move.name());
    }
}
