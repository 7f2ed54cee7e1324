package io.bihuan.correspondence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How well the promise of the notices was kept. */
@Component
public class NoticeFigures {
    /**
     * The notices of one complaint.
     *
     * @param planned so many were due
     * @param inTime told before they were due, {@code late} after
     * @param overtaken not told because the solution came before they were due
     * @param missed 1 when it was closed with fewer notices than were promised
     */
    public record Figures(long planned, long inTime, long late, long overtaken, long missed) {
        /** Those that the customer waited for in vain. */
        public long untold() {
            return planned - inTime - late - overtaken;
        }
    }

    /** By what the notices are divided. */
    public enum Division {
        NONE,
        DEPARTMENT,
        MONTH
    }

    /**
     * The notices of one part that were due until now.
     *
     * @param part code of the department (empty without one), the month as {@code 2026-11}; empty without a division
     * @param delivered of those that were {@code told}
     * @param read of those that were {@code told}
     * @param missed told too late, or not at all, also when the complaint was closed with an excuse for that
     * @param overtaken neither: the solution came before, and none was owed any more
     */
    public record Part(String part, long planned, long told, long delivered, long read, long overtaken, long missed) {
        /** How many of those that were owed were told in time, in percent; null when none was owed. */
        public @Nullable Double kept() {
            long owed = planned - overtaken;
            return owed == 0 ? null : 100.0 * (owed - missed) / owed;
        }
    }

    /** What was told of the notice that a clock is for. */
    private static final String TOLD = """
            left join correspondence.notice n on n.complaint_id = k.subject_id and n.notice = case k.name
                when 'progress-1' then 'ACCEPTED' when 'progress-2' then 'FINDINGS' else 'SOLUTION' end
            """;

    private final JdbcClient jdbc;
    private final InstantSource time;
    private final ZoneId zone;

    NoticeFigures(JdbcClient jdbc, InstantSource time, @Value("${bihuan.zone:Asia/Shanghai}") ZoneId zone) {
        this.jdbc = jdbc;
        this.time = time;
        this.zone = zone;
    }

    /** Those that were due from one moment to before another, and not after now. */
    @Transactional(readOnly = true)
    public List<Part> of(Instant from, Instant until, Division by, @Nullable String department) {
        String part =
                switch (by) {
                    case NONE -> "''";
                    case DEPARTMENT -> "coalesce(k.department, '')";
                    case MONTH -> "to_char(k.due_at at time zone :zone, 'YYYY-MM')";
                };
        Instant now = time.instant();
        // bounded: departments or months
        return jdbc.sql("""
                        select %s as part, count(*) as planned, count(n.told_at) as told, count(n.delivered_at) as delivered,
                            count(s.read_at) as read,
                            count(*) filter (where n.told_at is null
                                and k.state in ('MET', 'CANCELLED') and e.complaint_id is null) as overtaken,
                            count(*) filter (where n.told_at > k.due_at or (n.told_at is null
                                and (k.state not in ('MET', 'CANCELLED') or e.complaint_id is not null))) as missed
                        from clock.api_outcomes k
                        %s
                        left join correspondence.excuse e on e.complaint_id = k.subject_id
                        left join correspondence.said s on s.complaint_id = n.complaint_id and s.id = n.message_id
                        where k.subject_kind = 'complaint' and k.name in ('progress-1', 'progress-2', 'progress-3')
                            and k.due_at >= :from and k.due_at < :until
                            and (:department::text is null or k.department = :department)
                        group by 1 order by 1
                        """.formatted(part, TOLD))
                .param("zone", zone.getId())
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("until", (until.isAfter(now) ? now : until).atOffset(ZoneOffset.UTC))
                .param("department", department)
                .query((row, number) -> new Part(
                        Objects.requireNonNull(row.getString("part")),
                        row.getLong("planned"),
                        row.getLong("told"),
                        row.getLong("delivered"),
                        row.getLong("read"),
                        row.getLong("overtaken"),
                        row.getLong("missed")))
                .list();
    }

    /** Of one complaint: what was due until now, or was told before it was. */
    @Transactional(readOnly = true)
    public Figures of(UUID complaintId, Instant now) {
        return jdbc.sql("""
                        select count(*) as planned,
                            count(*) filter (where n.told_at <= k.due_at) as in_time,
                            count(*) filter (where n.told_at > k.due_at) as late,
                            count(*) filter (where n.told_at is null and k.state in ('MET', 'CANCELLED')) as overtaken,
                            (select count(*) from correspondence.excuse e where e.complaint_id = :complaint) as missed
                        from clock.api_outcomes k
                        %s
                        where k.subject_kind = 'complaint' and k.subject_id = :complaint
                        and k.name in ('progress-1', 'progress-2', 'progress-3')
                        and (k.due_at < :now or n.told_at is not null)
                        """.formatted(TOLD))
                .param("complaint", complaintId)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query(NoticeFigures::figures)
                .single();
    }

    private static Figures figures(ResultSet row, int number) throws SQLException {
        return new Figures(
                row.getLong("planned"),
                row.getLong("in_time"),
                row.getLong("late"),
                row.getLong("overtaken"),
                row.getLong("missed"));
    }
}
