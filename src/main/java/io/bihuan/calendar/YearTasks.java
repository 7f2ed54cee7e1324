package io.bihuan.calendar;

import io.bihuan.platform.Ids;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Years whose official holiday notice somebody has to get. Of each year there is at most one open task. */
@Component
public class YearTasks {
    /** What made the year matter first. */
    public enum Cause {
        /** A deadline depends on it. */
        DEADLINE,
        THIS_YEAR,
        NEXT_YEAR
    }

    /** A notice that is missing. */
    public record Task(UUID id, String holidays, int year, Cause cause, Instant raisedAt) {}

    private record Known(String holidays, int year, int version) {}

    private static final int MOST = 50;

    private final JdbcClient jdbc;
    private final InstantSource time;

    /** Of which this node knows for sure that they were raised: so that most questions ask nobody. */
    private final Set<Known> raised = ConcurrentHashMap.newKeySet();

    YearTasks(JdbcClient jdbc, InstantSource time) {
        this.jdbc = jdbc;
        this.time = time;
    }

    /** What is still to be done, the earliest year first. */
    public List<Task> open() {
        return jdbc.sql("""
                        select id, holidays, year, cause, raised_at from calendar.task where done_at is null
                        order by year, holidays limit :limit
                        """).param("limit", MOST).query(YearTasks::task).list();
    }

    /** Raises the task once; two that do it in the same moment do not wait for each other. */
    void raise(String holidays, int year, int version, Cause cause) {
        var task = new Known(holidays, year, version);
        if (raised.contains(task)) {
            return;
        }
        jdbc.sql("""
                        insert into calendar.task (id, holidays, year, cause, raised_at)
                        select :id, :holidays, :year, :cause, :now
                        where pg_try_advisory_xact_lock(hashtext('calendar.task:' || :holidays), :year)
                          and not exists (select 1 from calendar.task
                              where holidays = :holidays and year = :year and done_at is null)
                        on conflict do nothing
                        """)
                .param("id", Ids.next())
                .param("holidays", holidays)
                .param("year", year)
                .param("cause", cause.name())
                .param("now", now())
                .update();
        boolean isOpen = jdbc.sql("""
                        select exists (select 1 from calendar.task
                            where holidays = :holidays and year = :year and done_at is null)
                        """)
                .param("holidays", holidays)
                .param("year", year)
                .query(Boolean.class)
                .single();
        if (!isOpen) {
            return; // another transaction is about to raise it
        }
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            raised.add(task);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                raised.add(task);
            }
        });
    }

    /** The notices have come. */
    void close(Holidays holidays, String by) {
        jdbc.sql("""
                        update calendar.task set done_at = :now, done_by = :by
                        where holidays = :holidays and year = any(:years) and done_at is null
                        """)
                .param("now", now())
                .param("by", by)
                .param("holidays", holidays.name())
                .param("years", holidays.announced().toArray(Integer[]::new))
                .update();
    }

    /** The tasks of which nobody was told, locked; what another node has locked is not in it. */
    List<Task> untold() {
        return jdbc.sql("""
                        select id, holidays, year, cause, raised_at from calendar.task where told_at is null and done_at is null
                        order by raised_at limit :limit for update skip locked
                        """).param("limit", MOST).query(YearTasks::task).list();
    }

    void told(List<Task> tasks) {
        jdbc.sql("update calendar.task set told_at = :now where id = any(:ids)")
                .param("now", now())
                .param("ids", tasks.stream().map(Task::id).toArray(UUID[]::new))
                .update();
    }

    private static Task task(ResultSet row, int number) throws SQLException {
        return new Task(
                row.getObject("id", UUID.class),
                Objects.requireNonNull(row.getString("holidays")),
                row.getInt("year"),
                Cause.valueOf(row.getString("cause")),
                row.getObject("raised_at", OffsetDateTime.class).toInstant());
    }

    private OffsetDateTime now() {
        return time.instant().atOffset(ZoneOffset.UTC);
    }
}
