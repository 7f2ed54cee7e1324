package io.bihuan.platform;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;

/**
 * Long work that is stored as rows of a table, each a run. The node that holds the lease of a run works on it, step by step, and renews
 * the lease in the transaction of each step; after a kill another goes on from the last step. What fails is tried again later, at most
 * {@value #MOST_ATTEMPTS} times without a step forward.
 *
 * <p>The table has the columns {@code id uuid}, {@code state} ({@code RUNNING} while there is work), {@code worker},
 * {@code lease_until} and {@code attempts}; a step sets {@code attempts} to 0.
 */
public abstract class LeasedWork<R> implements SmartLifecycle {
    public static final Duration LEASE = Duration.ofSeconds(20);
    public static final int MOST_ATTEMPTS = 5;

    private static final Logger log = LoggerFactory.getLogger(LeasedWork.class);

    /** Another node has the run now, or somebody ended it. */
    public static final class Lost extends RuntimeException {
        public Lost() {
            super("the run is no longer ours");
        }
    }

    /** This node as the rows know it. */
    protected final String worker = UUID.randomUUID().toString();

    private final String table;
    private final String oldestFirst;
    private final JdbcClient jdbc;
    private final InstantSource time;
    private final Bell bell;
    private volatile boolean isStopping;
    private volatile @Nullable Thread loop;

    /**
     * Without effect until it is started.
     *
     * @param table with its schema, {@code oldestFirst} the columns that order its runs
     * @param bell rings when this node stored a run
     */
    protected LeasedWork(String table, String oldestFirst, JdbcClient jdbc, InstantSource time, Bell bell) {
        this.table = table;
        this.oldestFirst = oldestFirst;
        this.jdbc = jdbc;
        this.time = time;
        this.bell = bell;
    }

    protected abstract R run(ResultSet row) throws SQLException;

    protected abstract UUID id(R run);

    /** Brings the run to its end, or as far as this node is not {@link #isStopping}. Throws {@link Lost} when a step finds the lease gone. */
    protected abstract void workOn(R run) throws IOException;

    /** Says in the row that the run has failed for good. */
    protected abstract void giveUp(R run, Exception error);

    /** Whether no further attempt can help. */
    protected boolean isHopeless(Exception error) {
        return error instanceof Refused;
    }

    protected boolean isStopping() {
        return isStopping;
    }

    /** Until when a step of now renews the lease. */
    protected Instant leaseUntil() {
        return time.instant().plus(LEASE);
    }

    @Override
    public void start() {
        isStopping = false;
        loop = Thread.ofVirtual().name(table).start(this::keepWorking);
    }

    @Override
    public void stop() {
        isStopping = true;
        bell.ring();
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
                    log.warn("Runs of {} stand still and go on as soon as they can: {}", table, e.toString());
                }
            }
            try {
                if (!hasWorked) {
                    bell.await(Duration.ofSeconds(1));
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Takes the oldest run that nobody works on and brings it to its end; false when there is none. */
    public boolean workOnOne() {
        Optional<R> claimed = claim();
        claimed.ifPresent(this::attempt);
        return claimed.isPresent();
    }

    /** Lets this node hold the oldest run that no other holds; one that it lost hold of with the database is its own again at once. */
    public Optional<R> claim() {
        return jdbc.sql("""
                        update %1$s set worker = :worker, lease_until = :until
                        where id = (select id from %1$s
                                    where state = 'RUNNING' and (lease_until is null or lease_until < :now or worker = :worker)
                                    order by %2$s limit 1 for update skip locked)
                        returning *
                        """.formatted(table, oldestFirst))
                .param("worker", worker)
                .param("until", sql(leaseUntil()))
                .param("now", sql(time.instant()))
                .query((row, number) -> run(row))
                .optional();
    }

    private void attempt(R run) {
        try {
            workOn(run);
            if (isStopping) {
                giveBack(run);
            }
        } catch (Lost e) {
            log.info("Run {} of {} goes on elsewhere or was ended", id(run), table);
        } catch (RuntimeException | IOException e) {
            if (isAway(e)) {
                throw new IllegalStateException("the database is away", e);
            }
            fail(run, e);
        }
    }

    /** The database did not answer; nothing is wrong with the run. */
    protected static boolean isAway(Throwable e) {
        return e instanceof TransientDataAccessException
                || e instanceof RecoverableDataAccessException
                || e instanceof NonTransientDataAccessResourceException
                || e instanceof TransactionException;
    }

    private void giveBack(R run) {
        jdbc.sql("""
                        update %s set worker = null, lease_until = null where id = :id and worker = :worker and state = 'RUNNING'
                        """.formatted(table))
                .param("id", id(run))
                .param("worker", worker)
                .update();
    }

    /** Tries again later, and gives up after a few attempts without a step forward. */
    private void fail(R run, Exception error) {
        int attempts = jdbc.sql("""
                        update %s set attempts = attempts + 1, worker = null,
                            lease_until = :now::timestamptz + interval '1 second' * power(2, attempts)
                        where id = :id and worker = :worker and state = 'RUNNING'
                        returning attempts
                        """.formatted(table))
                .param("now", sql(time.instant()))
                .param("id", id(run))
                .param("worker", worker)
                .query(Integer.class)
                .optional()
                .orElse(0);
        if (attempts > 0 && (attempts >= MOST_ATTEMPTS || isHopeless(error))) {
            log.error("Run {} of {} is given up", id(run), table, error);
            giveUp(run, error);
        } else if (attempts > 0) {
            log.warn("Run {} of {} failed and is tried again: {}", id(run), table, error.toString());
        }
    }

    private static OffsetDateTime sql(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
