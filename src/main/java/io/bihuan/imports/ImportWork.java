package io.bihuan.imports;

import io.bihuan.imports.ImportRejection.Reason;
import io.bihuan.imports.ImportRun.Flag;
import io.bihuan.imports.ImportRun.State;
import io.bihuan.imports.ImportTarget.Candidate;
import io.bihuan.imports.ImportTarget.Reject;
import io.bihuan.imports.ImportTarget.Step;
import io.bihuan.imports.ImportTarget.Taken;
import io.bihuan.platform.LeasedWork;
import io.bihuan.platform.Refused;
import io.bihuan.platform.WhenServing;
import io.bihuan.platform.Writes;
import io.bihuan.platform.files.FileHash;
import io.bihuan.platform.files.Files;
import io.bihuan.privacy.Keys;
import io.bihuan.privacy.SubjectKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Works on imports that were started. One node holds the lease of a run and renews it with every transaction; each transaction adds
 * some rows and moves the position with them, so that whoever goes on after a kill neither loses nor doubles a row.
 */
@Component
@WhenServing
class ImportWork extends LeasedWork<ImportRun> {
    static final int MOST_ROWS = 500;

    private static final Logger log = LoggerFactory.getLogger(ImportWork.class);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MOST_TOTAL = 1_000_000;
    private static final int FIRST_ROWS = 100;
    /** A writing transaction holds back every follower: it ends long before a second is over. */
    private static final long LONGEST_NANOS = Duration.ofMillis(400).toNanos();

    private static final Duration PREVIEW_KEPT = Duration.ofDays(1);
    private static final int EXCERPT = 300;

    private final JdbcClient jdbc;
    private final DataSource database;
    private final TransactionTemplate transaction;
    private final Imports imports;
    private final Files files;
    private final ImportTargets targets;
    private final Keys keys;
    private final InstantSource time;
    private final boolean isEnabled;

    ImportWork(
            JdbcClient jdbc,
            DataSource database,
            PlatformTransactionManager transactions,
            Imports imports,
            Files files,
            ImportTargets targets,
            Keys keys,
            InstantSource time,
            @Value("${bihuan.imports.enabled:true}") boolean isEnabled) {
        super("imports.import_run", "started_at, id", jdbc, time, imports.bell());
        this.jdbc = jdbc;
        this.database = database;
        this.transaction = new TransactionTemplate(transactions);
        this.imports = imports;
        this.files = files;
        this.targets = targets;
        this.keys = keys;
        this.time = time;
        this.isEnabled = isEnabled;
    }

    @Override
    public boolean isAutoStartup() {
        return isEnabled;
    }

    /** Forgets, every hour on every node, what was uploaded and never started. */
    @Scheduled(initialDelay = 5, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void forgetPreviews() {
        int forgotten;
        do {
            forgotten = imports.cancelPreviews(time.instant().minus(PREVIEW_KEPT));
        } while (forgotten > 0);
    }

    @Override
    protected ImportRun run(ResultSet row) throws SQLException {
        return Imports.run(row);
    }

    @Override
    protected UUID id(ImportRun run) {
        return run.id();
    }

    @Override
    protected void workOn(ImportRun run) throws IOException {
        new Work(run).goOn();
    }

    @Override
    protected void giveUp(ImportRun run, Exception error) {
        String key = error instanceof Refused refused ? refused.key() : "imports.error";
        transaction.executeWithoutResult(status -> {
            var writes = new Writes();
            imports.end(writes, run, State.FAILED, key);
            writes.send(database);
        });
    }

    /** The work on one run while this node holds it. */
    private final class Work {
        private final ImportRun run;
        private final TableFile file;
        private final ImportTarget.Rows rows;
        private final SubjectKey key;
        private final SeenNumbers seen = new SeenNumbers();
        private final Deque<Step> ready = new ArrayDeque<>();
        private int position;
        private int size = FIRST_ROWS;
        /** So many rows go alone, because one of them made the transaction fail. */
        private int alone;

        private boolean isSecondTry;

        Work(ImportRun run) {
            this.run = run;
            this.file = new TableFile(() -> files.open(new FileHash(run.sha256())));
            this.rows = targets.of(run.settings().kind()).open(run);
            this.position = run.position();
            this.key = keys.unwrap(jdbc.sql("select data_key from imports.import_run where id = :id")
                    .param("id", run.id())
                    .query(byte[].class)
                    .single());
        }

        void goOn() throws IOException {
            if (run.total() == null) {
                count();
            }
            try (Table table = table()) {
                for (int skipped = 0; skipped < position && !isStopping(); skipped++) {
                    Table.Row row = table.next();
                    if (row != null) {
                        candidate(row);
                    }
                }
                while (!isStopping()) {
                    fill(table);
                    if (ready.isEmpty()) {
                        end();
                        return;
                    }
                    step();
                }
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }

        private Table table() throws IOException {
            return file.open(run.settings().reading());
        }

        private void count() throws IOException {
            int total = 0;
            try (Table table = table()) {
                while (table.next() != null) {
                    if (++total > MOST_TOTAL) {
                        throw new Refused("imports.refused.rows");
                    }
                }
            }
            jdbc.sql("update imports.import_run set total = :total, lease_until = :until where id = :id and"
                            + " worker = :worker")
                    .param("total", total)
                    .param("until", leaseUntil().atOffset(ZoneOffset.UTC))
                    .param("id", run.id())
                    .param("worker", worker)
                    .update();
        }

        private void fill(Table table) {
            if (!ready.isEmpty()) {
                return;
            }
            var candidates = new ArrayList<Candidate>();
            Table.Row row = table.next();
            while (row != null) {
                candidates.add(candidate(row));
                row = candidates.size() < size ? table.next() : null;
            }
            ready.addAll(rows.prepare(candidates));
        }

        private Candidate candidate(Table.Row row) {
            String number = rows.number(row);
            if (number == null) {
                return new Candidate(row, null);
            }
            var told = new ArrayList<String>();
            List<ImportColumn> columns = run.settings().columns();
            for (int i = 0; i < columns.size(); i++) {
                if (columns.get(i).target() != ImportColumn.Target.IGNORED) {
                    told.add(row.cell(i));
                }
            }
            return new Candidate(row, seen.note(number, row.line(), told));
        }

        private void step() {
            int most = alone > 0 ? 1 : MOST_ROWS;
            try {
                int done = commit(most);
                isSecondTry = false;
                boolean isCut = !ready.isEmpty() && alone == 0;
                size = isCut ? Math.max(1, done) : Math.min(MOST_ROWS, size + size / 2);
                alone = Math.max(0, alone - done);
            } catch (DataAccessException e) {
                if (isAway(e)) {
                    throw e;
                }
                if (most > 1) {
                    alone = ready.size();
                } else if (e instanceof DuplicateKeyException && !isSecondTry) {
                    // Somebody brought the same in this moment: looked at once more it is known.
                    isSecondTry = true;
                } else if (e instanceof DataIntegrityViolationException) {
                    isSecondTry = false;
                    rejectFirst(e);
                } else {
                    throw e;
                }
            }
        }

        /** Only this row is at fault: the rules did not see what the database does not take. */
        private void rejectFirst(DataAccessException reason) {
            Table.Row row = ready.removeFirst().row();
            log.warn("Line {} of import {} is not taken by the database", row.line(), run.id(), reason);
            ready.addFirst(new Reject(row, List.of(Reason.of(null, "imports.reason.failed"))));
        }

        /** Carries out the first steps that are ready, in one transaction, as long as there is time; gives their number. */
        private int commit(int most) {
            int done = Objects.requireNonNull(transaction.execute(status -> {
                long began = System.nanoTime();
                var tally = new Tally(time.instant());
                Map<Flag, Integer> before = lock();
                var writes = new Writes();
                for (Step step : ready) {
                    tally.count(writes, step);
                    if (tally.done() == most || System.nanoTime() - began > LONGEST_NANOS) {
                        break;
                    }
                }
                tally.write(writes, before);
                writes.send(database);
                return tally.done();
            }));
            position += done;
            for (int i = 0; i < done; i++) {
                ready.removeFirst();
            }
            return done;
        }

        private Map<Flag, Integer> lock() {
            return jdbc.sql("""
                select flags from imports.import_run
                where id = :id and worker = :worker and state = 'RUNNING' and position = :position
                for no key update
                """)
                    .param("id", run.id())
                    .param("worker", worker)
                    .param("position", position)
                    .query(String.class)
                    .optional()
                    .map(Imports::flags)
                    .orElseThrow(Lost::new);
        }

        private void end() {
            transaction.executeWithoutResult(status -> {
                lock();
                var writes = new Writes();
                imports.end(writes, run, State.DONE, null);
                writes.send(database);
            });
        }

        /** What one transaction has done. */
        private final class Tally {
            private final Instant now;
            private final Map<Flag, Integer> flags = new EnumMap<>(Flag.class);
            /** Cases of each owner, by lateness. */
            private final Map<UUID, int[]> shares = new HashMap<>();

            private int added;
            private int known;
            private int rejected;

            Tally(Instant now) {
                this.now = now;
            }

            int done() {
                return added + known + rejected;
            }

            void count(Writes writes, Step step) {
                switch (step) {
                    case ImportTarget.Take take -> took(writes, take);
                    case ImportTarget.Known unchanged -> known++;
                    case Reject reject -> rejected(writes, reject);
                }
            }

            private void took(Writes writes, ImportTarget.Take take) {
                switch (take.taking().take()) {
                    case Taken.Added fresh -> {
                        added++;
                        fresh.flags().forEach(flag -> flags.merge(flag, 1, Integer::sum));
                        ImportTarget.Share share = fresh.share();
                        if (share != null) {
                            shares.computeIfAbsent(share.owner(), owner -> new int[3])[
                                    share.lateness().place()]++;
                        }
                    }
                    case Taken.Updated updated -> known++;
                    case Taken.Left left -> rejected(writes, new Reject(take.row(), List.of(left.reason())));
                }
            }

            private void rejected(Writes writes, Reject reject) {
                rejected++;
                writes.addOne(
                        """
                        insert into imports.import_rejection (run_id, row_number, line, reasons, excerpt)
                        values (?, ?, ?, ?::jsonb, ?)
                        """,
                        run.id(),
                        position + done(),
                        reject.row().line(),
                        JSON.writeValueAsString(reject.reasons()),
                        key.encrypt(excerpt(reject.row())));
            }

            void write(Writes writes, Map<Flag, Integer> before) {
                before.forEach((flag, count) -> flags.merge(flag, count, Integer::sum));
                writes.addOne(
                        """
                        update imports.import_run set position = position + ?, added = added + ?, known = known + ?,
                            rejected = rejected + ?, flags = ?::jsonb, lease_until = ?, attempts = 0
                        where id = ? and worker = ?
                        """,
                        done(),
                        added,
                        known,
                        rejected,
                        JSON.writeValueAsString(flags),
                        now.plus(LEASE),
                        run.id(),
                        worker);
                shares.forEach((owner, counts) -> writes.addOne(
                        """
                        insert into imports.import_warning (run_id, owner, added, due_soon, overdue) values (?, ?, ?, ?, ?)
                        on conflict (run_id, owner) do update set added = import_warning.added + excluded.added,
                            due_soon = import_warning.due_soon + excluded.due_soon,
                            overdue = import_warning.overdue + excluded.overdue
                        """, run.id(), owner, Arrays.stream(counts).sum(), counts[1], counts[2]));
            }
        }
    }

    private static String excerpt(Table.Row row) {
        String whole = String.join(" | ", row.cells()).replace('\0', ' ').replaceAll("\\s+", " ");
        return whole.codePointCount(0, whole.length()) <= EXCERPT
                ? whole
                : whole.substring(0, whole.offsetByCodePoints(0, EXCERPT)) + "…";
    }
}
