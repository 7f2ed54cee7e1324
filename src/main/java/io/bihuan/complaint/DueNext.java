package io.bihuan.complaint;

import io.bihuan.clock.Grade;
import io.bihuan.pack.Severity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The running clocks of all complaints, the next due first: not only the first one of each complaint. */
@Component
public class DueNext {
    public static final int PAGE = 50;
    /** Whoever has more than that has too many. */
    public static final int MOST_COUNTED = 100;

    private static final Duration SOON = Duration.ofHours(1);
    private static final int DAYS_OF_WEEK = 7;

    /** How soon something is due; each begins where the one before it ends. */
    public enum When {
        OVERDUE,
        HOUR,
        TODAY,
        TOMORROW,
        WEEK,
        LATER
    }

    /**
     * What is due after one moment and up to another; a limit that ends at 24:00 of a day is due on that day.
     *
     * @param after null: from ever
     * @param until null: for ever
     */
    public record Span(
            When when, @Nullable Instant after, @Nullable Instant until) {
        public boolean holds(Instant dueAt) {
            return (after == null || dueAt.isAfter(after)) && (until == null || !dueAt.isAfter(until));
        }
    }

    /**
     * Which clocks; what is null does not matter.
     *
     * @param involved whoever owns or handles the complaint
     */
    public record Filter(
            @Nullable Grade grade,
            @Nullable Severity severity,
            @Nullable String department,
            @Nullable UUID owner,
            @Nullable UUID involved) {
        public static final Filter ALL = new Filter(null, null, null, null, null);
    }

    /** A running clock of a complaint. */
    public record Row(UUID clock, UUID complaint, Instant dueAt) {}

    /** One page; {@code next} is the last row when there are more. */
    public record Page(List<Row> rows, @Nullable Row next) {}

    private final JdbcClient jdbc;

    DueNext(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The spans as they are at that time for somebody in that zone; the week ends on Sunday. */
    public static List<Span> spans(Instant now, ZoneId zone) {
        LocalDate today = now.atZone(zone).toLocalDate();
        Instant soon = now.plus(SOON);
        Instant endOfToday = later(soon, endOf(today, zone));
        Instant endOfTomorrow = later(endOfToday, endOf(today.plusDays(1), zone));
        LocalDate sunday = today.plusDays(DAYS_OF_WEEK - today.getDayOfWeek().getValue());
        Instant endOfWeek = later(endOfTomorrow, endOf(sunday, zone));
        return List.of(
                // What is due at this very moment is still in time.
                new Span(When.OVERDUE, null, now.minusNanos(1_000)),
                new Span(When.HOUR, now.minusNanos(1_000), soon),
                new Span(When.TODAY, soon, endOfToday),
                new Span(When.TOMORROW, endOfToday, endOfTomorrow),
                new Span(When.WEEK, endOfTomorrow, endOfWeek),
                new Span(When.LATER, endOfWeek, null));
    }

    private static Instant endOf(LocalDate day, ZoneId zone) {
        return day.plusDays(1).atStartOfDay(zone).toInstant();
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    /** One page of what is due within the span; {@code after} is the last row of the page before. */
    public Page page(Filter filter, @Nullable Span span, @Nullable Row after, int limit) {
        int size = Math.clamp(limit, 1, PAGE);
        Map<String, Object> parameters = new HashMap<>();
        String conditions = conditions(filter, parameters) + within(span, "", parameters);
        if (after != null) {
            conditions += " and (k.due_at, k.id) > (:at, :id)";
            parameters.put("at", utc(after.dueAt()));
            parameters.put("id", after.clock());
        }
        parameters.put("limit", size + 1);
        List<Row> rows = jdbc.sql(known(filter) + "select k.id, k.subject_id, k.due_at" + conditions
                        + " order by k.due_at, k.id limit :limit")
                .params(parameters)
                .query(DueNext::row)
                .list();
        return rows.size() <= size
                ? new Page(rows, null)
                : new Page(List.copyOf(rows.subList(0, size)), rows.get(size - 1));
    }

    /** How many are due within each span; whatever is above {@value #MOST_COUNTED} is not counted. */
    public Map<When, Integer> counts(Filter filter, List<Span> spans) {
        Map<String, Object> parameters = new HashMap<>();
        String conditions = conditions(filter, parameters);
        var counts = new ArrayList<String>();
        for (Span span : spans) {
            counts.add("(select count(*) from (select 1" + conditions
                    + within(span, span.when().name().toLowerCase(Locale.ROOT), parameters)
                    + " limit " + (MOST_COUNTED + 1) + ") counted) as " + span.when());
        }
        return jdbc.sql(known(filter) + "select " + String.join(", ", counts))
                .params(parameters)
                .query((row, number) -> {
                    var found = new HashMap<When, Integer>();
                    for (Span span : spans) {
                        found.put(span.when(), row.getInt(span.when().name()));
                    }
                    return found;
                })
                .single();
    }

    /**
     * Of one person's complaints there are few: they and their clocks are found first and once for all counts, because a walk along
     * all clocks would come to the end before it had found enough of them.
     */
    private static String known(Filter filter) {
        if (!isPersonal(filter)) {
            return "";
        }
        return """
                with personal as materialized (
                    select id, severity, department, archived_at, joined_to from complaint.complaint
                    where archived_at is null%s%s),
                running as materialized (
                    select k.id, k.subject_id, k.due_at, k.grade, k.state, k.subject_kind
                    from personal c join clock.api_clocks k on k.subject_id = c.id
                    where k.state = 'RUNNING' and k.subject_kind = 'complaint')
                """.formatted(
                        filter.owner() == null ? "" : " and owner = :owner",
                        filter.involved() == null ? "" : " and (owner = :involved or handler = :involved)");
    }

    private static boolean isPersonal(Filter filter) {
        return filter.owner() != null || filter.involved() != null;
    }

    private static String conditions(Filter filter, Map<String, Object> parameters) {
        var conditions = new StringBuilder("""
                 from %s c on c.id = k.subject_id
                where k.state = 'RUNNING' and k.subject_kind = 'complaint' and c.archived_at is null and c.joined_to is null""".formatted(
                isPersonal(filter) ? "running k join personal" : "clock.api_clocks k join complaint.complaint"));
        if (filter.grade() != null) {
            conditions.append(" and k.grade = :grade");
            parameters.put("grade", filter.grade().name());
        }
        if (filter.severity() != null) {
            conditions.append(" and c.severity = :severity");
            parameters.put("severity", filter.severity().name());
        }
        if (filter.department() != null) {
            conditions.append(" and c.department = :department");
            parameters.put("department", filter.department());
        }
        if (filter.owner() != null) {
            parameters.put("owner", filter.owner());
        }
        if (filter.involved() != null) {
            parameters.put("involved", filter.involved());
        }
        return conditions.toString();
    }

    private static String within(@Nullable Span span, String name, Map<String, Object> parameters) {
        if (span == null) {
            return "";
        }
        String condition = "";
        if (span.after() != null) {
            condition += " and k.due_at > :after" + name;
            parameters.put("after" + name, utc(span.after()));
        }
        if (span.until() != null) {
            condition += " and k.due_at <= :until" + name;
            parameters.put("until" + name, utc(span.until()));
        }
        return condition;
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(
                row.getObject("id", UUID.class),
                row.getObject("subject_id", UUID.class),
                Objects.requireNonNull(Register.instant(row, "due_at")));
    }

    private static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
