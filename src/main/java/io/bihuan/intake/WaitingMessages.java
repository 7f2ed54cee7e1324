package io.bihuan.intake;

import io.bihuan.complaint.Channel;
import io.bihuan.web.WaitingCount;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What waits for a person, and how fast that goes. */
@Component
@Transactional(readOnly = true)
public class WaitingMessages {
    public static final int PAGE = 50;
    private static final int MOST_SOURCES = 200;

    /**
     * Which of the waiting messages.
     *
     * @param screener only what waits for that person
     * @param automatic those that nobody needs to answer, instead of the others
     */
    public record Filter(
            @Nullable UUID screener,
            @Nullable Channel channel,
            @Nullable ParkReason reason,
            boolean automatic) {}

    /**
     * Where a page ends.
     *
     * @param isOther whether it is not a message of the reader
     */
    public record Place(boolean isOther, Instant at, UUID id) {}

    /** How much waits in a channel, and how much of it is late. */
    public record Count(Channel channel, int waiting, int late, int automatic) {}

    /** The part of the day and the week in which a message came, by the wall clock. */
    public enum Hours {
        DAY,
        NIGHT,
        WEEKEND
    }

    /**
     * How fast what came in a time was taken up.
     *
     * @param opened became complaints without a person
     * @param added were added to complaints without a person
     * @param parked waited for a person who had to answer
     * @param decided of those have been taken up
     * @param inTime of those in time
     * @param late of those that waited were or are late
     * @param medianMinutes from receipt until somebody took it up; null when nobody did
     */
    public record Figures(
            Channel channel,
            Hours hours,
            long received,
            long opened,
            long added,
            long parked,
            long decided,
            long inTime,
            long late,
            @Nullable Double medianMinutes,
            @Nullable Double slowMinutes) {}

    /** What of a source has not been read yet. */
    public record Unread(String source, long messages, long failing, Instant oldest) {}

    private final Decisions decisions;
    private final JdbcClient jdbc;
    private final InstantSource time;

    WaitingMessages(Decisions decisions, JdbcClient jdbc, InstantSource time) {
        this.decisions = decisions;
        this.jdbc = jdbc;
        this.time = time;
    }

    /** The reader's own first, then by the time when they are due; one more than a page when there are more. */
    public List<Waiting> page(Filter filter, UUID reader, @Nullable Place after) {
        Channel channel = filter.channel();
        ParkReason reason = filter.reason();
        return jdbc.sql("""
                        select * from (
                            select m.*, m.screener is distinct from :reader as is_other, coalesce(m.due_at, m.read_at) as order_at
                            from intake.message m
                            where m.state = 'PARKED' and (m.due_at is null) = :automatic
                            and (:screener::uuid is null or m.screener = :screener)
                            and (:channel::text is null or m.channel = :channel)
                            and (:reason::text is null or m.reason = :reason)
                        ) w
                        where (:first or (is_other, order_at, id) > (:isOther, :at, :id))
                        order by is_other, order_at, id limit :limit
                        """)
                .param("reader", reader)
                .param("automatic", filter.automatic())
                .param("screener", filter.screener(), java.sql.Types.OTHER)
                .param("channel", channel == null ? null : channel.name(), java.sql.Types.VARCHAR)
                .param("reason", reason == null ? null : reason.name(), java.sql.Types.VARCHAR)
                .param("first", after == null)
                .param("isOther", after != null && after.isOther())
                .param("at", (after == null ? Instant.EPOCH : after.at()).atOffset(ZoneOffset.UTC))
                .param("id", after == null ? new UUID(0, 0) : after.id())
                .param("limit", PAGE + 1)
                .query((row, number) -> decisions.waiting(row))
                .list();
    }

    /** The place of a message in the list of its reader. */
    public static Place place(Waiting waiting, UUID reader) {
        Instant due = waiting.dueAt();
        return new Place(
                !reader.equals(waiting.message().screener()),
                due == null ? waiting.parkedAt() : due,
                waiting.message().id());
    }

    /** How much waits in each channel that has something. */
    public List<Count> counts() {
        // bounded: one row a channel
        return jdbc.sql("""
                        select channel, count(due_at) as waiting, count(*) filter (where due_at < :now) as late,
                            count(*) filter (where due_at is null) as automatic
                        from intake.message where state = 'PARKED' group by channel
                        """)
                .param("now", now())
                .query((row, number) -> new Count(
                        Channel.valueOf(row.getString("channel")),
                        row.getInt("waiting"),
                        row.getInt("late"),
                        row.getInt("automatic")))
                .list();
    }

    /** What waits for a person to take it up. */
    public static final WaitingCount FOR_VIEWER = WaitingCount.counting("""
            select count(*) from (select from intake.message
                where state = 'PARKED' and screener = :viewer and due_at is not null limit 100) m
            """);

    /** What came in the time until now, by channel and hours: weekends, and of the other days the hours from nine to six. */
    public List<Figures> figures(Duration back, ZoneId zone) {
        // bounded: three rows a channel
        return jdbc.sql("""
                        select channel, hours, count(*) as received,
                            count(*) filter (where state = 'OPENED' and reason is null) as opened,
                            count(*) filter (where state = 'ADDED' and reason is null) as added,
                            count(due_at) as parked,
                            count(*) filter (where due_at is not null and answered_at is not null) as decided,
                            count(*) filter (where due_at is not null and answered_at is not null and not is_late) as in_time,
                            count(*) filter (where due_at is not null
                                and (is_late or answered_at is null and due_at < :now)) as late,
                            percentile_cont(0.5) within group (order by minutes) filter (where due_at is not null) as median,
                            percentile_cont(0.9) within group (order by minutes) filter (where due_at is not null) as slow
                        from (
                            select channel, state, reason, due_at, answered_at, is_late,
                                extract(epoch from answered_at - stored_at) / 60 as minutes,
                                case when extract(isodow from received_at at time zone :zone) > 5 then 'WEEKEND'
                                    when extract(hour from received_at at time zone :zone) between 9 and 17 then 'DAY'
                                    else 'NIGHT' end as hours
                            from intake.message where received_at > :from and received_at <= :now
                        ) m
                        group by channel, hours order by channel, hours
                        """)
                .param("now", now())
                .param("from", now().minus(back))
                .param("zone", zone.getId())
                .query((row, number) -> figures(row))
                .list();
    }

    private static Figures figures(ResultSet row) throws SQLException {
        return new Figures(
                Channel.valueOf(row.getString("channel")),
                Hours.valueOf(row.getString("hours")),
                row.getLong("received"),
                row.getLong("opened"),
                row.getLong("added"),
                row.getLong("parked"),
                row.getLong("decided"),
                row.getLong("in_time"),
                row.getLong("late"),
                row.getObject("median", Double.class),
                row.getObject("slow", Double.class));
    }

    /** How fast all of it was taken up, whatever the hours: the middle and the slow end, in minutes, by channel. */
    public List<Figures> wholeFigures(Duration back) {
        // bounded: one row a channel
        return jdbc.sql("""
                        select channel, 'DAY' as hours, count(*) as received,
                            count(*) filter (where state = 'OPENED' and reason is null) as opened,
                            count(*) filter (where state = 'ADDED' and reason is null) as added,
                            count(due_at) as parked,
                            count(*) filter (where due_at is not null and answered_at is not null) as decided,
                            count(*) filter (where due_at is not null and answered_at is not null and not is_late) as in_time,
                            count(*) filter (where due_at is not null
                                and (is_late or answered_at is null and due_at < :now)) as late,
                            percentile_cont(0.5) within group (order by extract(epoch from answered_at - stored_at) / 60)
                                filter (where due_at is not null) as median,
                            percentile_cont(0.9) within group (order by extract(epoch from answered_at - stored_at) / 60)
                                filter (where due_at is not null) as slow
                        from intake.message where received_at > :from and received_at <= :now
                        group by channel order by channel
                        """)
                .param("now", now())
                .param("from", now().minus(back))
                .query((row, number) -> figures(row))
                .list();
    }

    /** What has been kept and not been read yet, by source. */
    public List<Unread> unread() {
        return jdbc.sql("""
                        select source, count(*) as messages, count(*) filter (where error is not null) as failing,
                            min(stored_at) as oldest
                        from intake.message where state = 'NEW' group by source order by source limit :most
                        """)
                .param("most", MOST_SOURCES)
                .query((row, number) -> new Unread(
                        Objects.requireNonNull(row.getString("source")),
                        row.getLong("messages"),
                        row.getLong("failing"),
                        row.getObject("oldest", OffsetDateTime.class).toInstant()))
                .list();
    }

    private OffsetDateTime now() {
        return time.instant().atOffset(ZoneOffset.UTC);
    }
}
