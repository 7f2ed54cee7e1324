package io.bihuan.platform;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The one time of all nodes: the database's, kept as an offset to this machine's clock and refreshed every 10 s, so that a wrong
 * clock on one node moves no deadline. Microseconds, like PostgreSQL.
 */
public final class DatabaseTime implements InstantSource, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DatabaseTime.class);
    private static final Duration REFRESH = Duration.ofSeconds(10);

    private final JdbcClient jdbc;
    private final Clock machine;
    private final Thread refresher;
    private volatile Duration offset = Duration.ZERO;

    public DatabaseTime(JdbcClient jdbc) {
        this(jdbc, Clock.systemUTC());
    }

    /** On a machine with that clock, however wrong it is. */
    public DatabaseTime(JdbcClient jdbc, Clock machine) {
        this.jdbc = jdbc;
        this.machine = machine;
        refresh();
        this.refresher = Thread.ofVirtual().name("database-time").start(this::keepRefreshing);
    }

    @Override
    public Instant instant() {
        return machine.instant().plus(offset).truncatedTo(ChronoUnit.MICROS);
    }

    private void refresh() {
        Instant before = machine.instant();
        Instant database = Objects.requireNonNull(jdbc.sql("select clock_timestamp()")
                        .query(OffsetDateTime.class)
                        .single())
                .toInstant();
        Duration half = Duration.between(before, machine.instant()).dividedBy(2);
        offset = Duration.between(before.plus(half), database);
    }

    private void keepRefreshing() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(REFRESH);
                refresh();
            } catch (InterruptedException e) {
                return;
            } catch (DataAccessException e) {
                log.warn(
                        "The database did not tell the time; the last offset of {} stands: {}", offset, e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        refresher.interrupt();
    }
}
