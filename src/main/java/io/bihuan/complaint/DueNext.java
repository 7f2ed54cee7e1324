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
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
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

    /**
     * One page.
     *
     * @param next the last row when there are more
     * @param counts how many are due within each span, whatever is on this page; above {@value #MOST_COUNTED} it is not counted. Empty
     *     where no row is
     */
    public record Page(List<Row> rows, @Nullable Row next, Map<When, Integer> counts) {}

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

    /**
     * One page of what is due within the span, with the counts of all spans asked for.
     *
     * @param span null for all times
     * @param after the last row of the page before
     */
    public Page page(Filter filter, @Nullable Span span, List<Span> counted, @Nullable Row after, int limit) {
        int size = Math.clamp(limit, 1, PAGE);
        Map<String, Object> parameters = new HashMap<>();
        String all = all(filter, parameters);
        String shown = within(span, "", parameters);
        if (after != null) {
            shown += " and (k.due_at, k.id) > (:at, :id)";
            parameters.put("at", utc(after.dueAt()));
            parameters.put("id", after.clock());
        }
        parameters.put("limit", size + 1);
        String counts = counted.stream()
                .map(each -> ", (select count(*) from (select 1" + all
                        + within(each, each.when().name().toLowerCase(Locale.ROOT), parameters)
                        + " limit " + (MOST_COUNTED + 1) + ") counted) as " + each.when())
                .collect(Collectors.joining());
        Map<When, Integer> found = new EnumMap<>(When.class);
        List<Row> rows = jdbc.sql(personal(filter) + "select shown.*" + counts
                        + " from (select k.id, k.subject_id, k.due_at" + all + shown
                        + " order by k.due_at, k.id limit :limit) shown order by due_at, id")
                .params(parameters)
                .query((row, number) -> {
                    for (Span each : number == 0 ? counted : List.<Span>of()) {
                        found.put(each.when(), row.getInt(each.when().name()));
                    }
                    return row(row);
                })
                .list();
        return rows.size() <= size
                ? new Page(rows, null, found)
                : new Page(List.copyOf(rows.subList(0, size)), rows.get(size - 1), found);
    }

    /**
     * Of one person's complaints there are few: they and their clocks are found first and once for all counts, because a walk along
     * all clocks would come to the end before it had found enough of them.
     */
    private static String personal(Filter filter) {
        if (!isPersonal(filter)) {
            return "";
        }
        return """
                with personal as materialized (
                    select k.id, k.subject_id, k.subject_kind, k.due_at, k.state, k.grade, k.severity, k.department
                    from complaint.complaint c join clock.api_clocks k on k.subject_id = c.id
                    where c.archived_at is null and k.state = 'RUNNING'%s%s)
                """.formatted(
                        filter.owner() == null ? "" : " and c.owner = :owner",
                        filter.involved() == null ? "" : " and (c.owner = :involved or c.handler = :involved)");
    }

    private static boolean isPersonal(Filter filter) {
        return filter.owner() != null || filter.involved() != null;
    }

    /** Only open complaints that are not joined into another have running clocks. */
    private static String all(Filter filter, Map<String, Object> parameters) {
        var from = new StringBuilder(" from %s k where k.state = 'RUNNING' and k.subject_kind = 'complaint'"
                .formatted(isPersonal(filter) ? "personal" : "clock.api_clocks"));
        if (filter.grade() != null) {
            from.append(" and k.grade = :grade");
            parameters.put("grade", filter.grade().name());
        }
        if (filter.severity() != null) {
            from.append(" and k.severity = :severity");
            parameters.put("severity", filter.severity().name());
        }
        if (filter.department() != null) {
            from.append(" and k.department = :department");
            parameters.put("department", filter.department());
        }
        if (filter.owner() != null) {
            parameters.put("owner", filter.owner());
        }
        if (filter.involved() != null) {
            parameters.put("involved", filter.involved());
        }
        return from.toString();
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

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getObject("id", UUID.class),
                row.getObject("subject_id", UUID.class),
                Objects.requireNonNull(Register.instant(row, "due_at")));
    }

    private static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
