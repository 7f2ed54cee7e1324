package io.bihuan.complaint;

import io.bihuan.pack.Kind;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.privacy.Keys;
import io.bihuan.privacy.Personal;
import io.bihuan.privacy.SubjectKey;
import io.bihuan.web.StorableText;
import io.bihuan.web.Texts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Lists of complaints: filtered, sorted by an index, paged by key. Never reads more than a page. */
@Component
public class Worklist {
    public static final int PAGE = 50;
    private static final int LARGEST_PAGE = 200;

    /** Which complaints. Every component may be null: then it does not matter. */
    public record Filter(
            State state,
            @Nullable Stage stage,
            @Nullable Severity severity,
            @Nullable Priority priority,
            @Nullable Kind kind,
            @Nullable Channel channel,
            @Nullable String category,
            @Nullable String department,
            @Nullable UUID owner,
            @Nullable UUID handler,
            boolean overdue) {
        public static final Filter OPEN =
                new Filter(State.OPEN, null, null, null, null, null, null, null, null, null, false);

        public Filter inDepartment(String only) {
            return new Filter(state, stage, severity, priority, kind, channel, category, only, owner, handler, overdue);
        }
    }

    /** Open ones and those that are late come by due time, soonest first; the others by time received, newest first. */
    public enum State {
        OPEN,
        ARCHIVED,
        ALL
    }

    /** Where the next page begins. */
    public record Cursor(Instant at, UUID id) {
        /** Reads what {@link #toString} wrote. */
        public static Cursor parse(String text) {
            int slash = text.indexOf('/');
            if (slash < 0) {
                throw new IllegalArgumentException("not a cursor: " + text);
            }
            try {
                return new Cursor(Instant.parse(text.substring(0, slash)), UUID.fromString(text.substring(slash + 1)));
            } catch (java.time.format.DateTimeParseException e) {
                throw new IllegalArgumentException("not a cursor: " + text, e);
            }
        }

        @Override
        public String toString() {
            return at + "/" + id;
        }
    }

    /** A complaint as one line. */
    public record Row(
            UUID id,
            ComplaintNumber number,
            int version,
            Kind kind,
            Stage stage,
            Severity severity,
            Priority priority,
            @Nullable String category,
            Channel channel,
            String businessLine,
            String pack,
            int packVersion,
            @Nullable String title,
            String excerpt,
            @Nullable String customerName,
            UUID owner,
            boolean ownerConfirmed,
            @Nullable String department,
            @Nullable UUID handler,
            Instant receivedAt,
            @Nullable Instant dueAt,
            @Nullable String dueClock,
            boolean waiting,
            @Nullable Instant archivedAt,
            @Nullable ComplaintNumber joinedTo) {
        /** Somebody has to handle it, by itself. */
        public boolean isOpen() {
            return archivedAt == null && joinedTo == null;
        }

        /** What a link to it says: its title, else how its text begins, else that nothing can be read of either. */
        public String headline(Texts t) {
            if (title != null && StorableText.saysSomething(title)) {
                return title;
            }
            return StorableText.saysSomething(excerpt) ? excerpt : t.of("complaint.page.untitled");
        }
    }

    public record Page(List<Row> rows, @Nullable Cursor next) {}

    /** To whose complaints a list is restricted; none named means all. */
    public record Within(Set<String> businessLines, Set<String> channels) {
        public static final Within ALL = new Within(Set.of(), Set.of());

        boolean has(Row row) {
            return (businessLines.isEmpty() || businessLines.contains(row.businessLine()))
                    && (channels.isEmpty() || channels.contains(row.channel().name()));
        }
    }

    // PostgreSQL's 'infinity' as far as a cursor can carry it
    private static final Instant NEVER = Instant.parse("9999-12-31T23:59:59Z");
    private static final int EXCERPT = 120;
    private static final String COLUMNS = """
            select id, number, version, data_key, kind, stage, severity, priority, category, channel, business_line, pack, pack_version,
                title, content, customer_name, owner, owner_confirmed_at, department, handler, received_at, due_at, due_clock, waiting_since,
                archived_at, joined_to
            from complaint.complaint
            """;

    private final JdbcClient jdbc;
    private final Keys keys;
    private final InstantSource time;

    Worklist(JdbcClient jdbc, Keys keys, InstantSource time) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.time = time;
    }

    /** One page; {@code limit} is at most 200. */
    public Page page(Filter filter, @Nullable Cursor after, int limit) {
        return page(filter, Within.ALL, after, limit);
    }

    /** One page of what lies within; {@code limit} is at most 200. */
    public Page page(Filter filter, Within within, @Nullable Cursor after, int limit) {
        if (filter.overdue() && filter.state() == State.ARCHIVED) {
            return new Page(List.of(), null); // what is closed is due no more
        }
        int size = Math.clamp(limit, 1, LARGEST_PAGE);
        var conditions = new ArrayList<String>();
        Map<String, Object> parameters = conditions(filter, conditions);
        among("business_line", "lines", within.businessLines(), conditions, parameters);
        among("channel", "channels", within.channels(), conditions, parameters);
        boolean byDue = filter.state() == State.OPEN || filter.overdue();
        if (after != null) {
            conditions.add(
                    byDue ? "(coalesce(due_at, 'infinity'), id) > (:at, :id)" : "(received_at, id) < (:at, :id)");
            if (byDue && after.at().equals(NEVER)) {
                parameters.put("at", OffsetDateTime.MAX);
            } else {
                parameters.put("at", utc(after.at()));
            }
            parameters.put("id", after.id());
        }
        String sql = COLUMNS
                + (conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions))
                + (byDue ? " order by coalesce(due_at, 'infinity'), id" : " order by received_at desc, id desc")
                + " limit :limit";
        parameters.put("limit", size + 1);
        List<Row> rows = jdbc.sql(sql).params(parameters).query(this::row).list();
        if (rows.size() <= size) {
            return new Page(rows, null);
        }
        List<Row> page = rows.subList(0, size);
        Row last = page.getLast();
        Instant at = byDue ? Objects.requireNonNullElse(last.dueAt(), NEVER) : last.receivedAt();
        return new Page(List.copyOf(page), new Cursor(at, last.id()));
    }

    /** The complaints with these ids, in their order; unknown ids are left out. */
    public List<Row> rows(Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        var order = List.copyOf(ids);
        return jdbc
                .sql(COLUMNS + " where id = any(:ids)")
                .param("ids", order.toArray(UUID[]::new))
                .query(this::row)
                .list()
                .stream()
                .sorted(Comparator.comparingInt(row -> order.indexOf(row.id())))
                .toList();
    }

    /** Earlier and later complaints from the same phone number, newest first. */
    public List<Row> samePhone(Complaint complaint, int limit) {
        return byPhone(Personal.valueOf(complaint.customer().phone()), complaint.id(), limit);
    }

    /** Complaints from a phone number in the form in which it is stored (E.164), newest first. */
    public List<Row> withPhone(String phone, int limit) {
        return byPhone(phone, new UUID(0, 0), limit);
    }

    private List<Row> byPhone(@Nullable String phone, UUID without, int limit) {
        byte[] index = keys.blindIndex("phone", phone);
        if (index == null) {
            return List.of();
        }
        return jdbc.sql(COLUMNS + """
                         where phone_index = :phone and id <> :id order by received_at desc limit :limit
                        """)
                .param("phone", index)
                .param("id", without)
                .param("limit", Math.clamp(limit, 1, PAGE))
                .query(this::row)
                .list();
    }

    private Map<String, Object> conditions(Filter filter, List<String> conditions) {
        var parameters = new HashMap<String, Object>();
        switch (filter.state()) {
            case OPEN -> conditions.add("archived_at is null and joined_to is null");
            case ARCHIVED -> conditions.add("archived_at is not null");
            case ALL -> {}
        }
        equal("stage", filter.stage(), conditions, parameters);
        equal("severity", filter.severity(), conditions, parameters);
        equal("priority", filter.priority(), conditions, parameters);
        equal("kind", filter.kind(), conditions, parameters);
        equal("channel", filter.channel(), conditions, parameters);
        equal("category", filter.category(), conditions, parameters);
        equal("department", filter.department(), conditions, parameters);
        equal("owner", filter.owner(), conditions, parameters);
        equal("handler", filter.handler(), conditions, parameters);
        if (filter.overdue()) {
            // Only what is open can be; so it is found, and listed, by what open ones are sorted by.
            conditions.add("archived_at is null and coalesce(due_at, 'infinity') < :now");
            parameters.put("now", utc(time.instant()));
        }
        return parameters;
    }

    private static void equal(
            String column, @Nullable Object value, List<String> conditions, Map<String, Object> parameters) {
        if (value != null) {
            conditions.add(column + " = :" + column);
            parameters.put(column, value instanceof Enum<?> constant ? constant.name() : value);
        }
    }

    private static void among(
            String column, String name, Set<String> values, List<String> conditions, Map<String, Object> parameters) {
        if (!values.isEmpty()) {
            conditions.add(column + " = any(:" + name + ")");
            parameters.put(name, values.toArray(String[]::new));
        }
    }

    private static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    private Row row(ResultSet row, int index) throws SQLException {
        byte[] wrapped = row.getBytes("data_key");
        SubjectKey key = wrapped == null ? null : keys.unwrap(wrapped);
        String content = opened(row, "content", key);
        return new Row(
                row.getObject("id", UUID.class),
                new ComplaintNumber(Objects.requireNonNull(row.getString("number"))),
                row.getInt("version"),
                Kind.valueOf(row.getString("kind")),
                Stage.valueOf(row.getString("stage")),
                Severity.valueOf(row.getString("severity")),
                Priority.valueOf(row.getString("priority")),
                row.getString("category"),
                Channel.valueOf(row.getString("channel")),
                Objects.requireNonNull(row.getString("business_line")),
                Objects.requireNonNull(row.getString("pack")),
                row.getInt("pack_version"),
                opened(row, "title", key),
                content == null ? "" : excerpt(content),
                opened(row, "customer_name", key),
                row.getObject("owner", UUID.class),
                row.getObject("owner_confirmed_at") != null,
                row.getString("department"),
                row.getObject("handler", UUID.class),
                Objects.requireNonNull(Register.instant(row, "received_at")),
                Register.instant(row, "due_at"),
                row.getString("due_clock"),
                row.getObject("waiting_since") != null,
                Register.instant(row, "archived_at"),
                Register.number(row.getString("joined_to")));
    }

    private static @Nullable String opened(ResultSet row, String column, @Nullable SubjectKey key) throws SQLException {
        byte[] sealed = row.getBytes(column);
        return sealed == null || key == null ? null : key.decrypt(sealed);
    }

    private static String excerpt(String content) {
        String line = content.strip().replaceAll("\\s+", " ");
        return line.codePointCount(0, line.length()) <= EXCERPT
                ? line
                : line.substring(0, line.offsetByCodePoints(0, EXCERPT)) + "…";
    }
}
