package io.bihuan.complaint;

import io.bihuan.identity.Reach;
import io.bihuan.pack.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * How the clocks of complaints fared. Counted are the clocks due in a period, up to now; one that is open although due is missed, one
 * that was cancelled does not count, one that stood still when it was due does not count yet. Used shares go by the wall clock
 * without pauses; for what is still open, up to now.
 */
@Component
public class ClockStatistics {
    public static final int MOST_DAYS = 92;

    private static final int MOST_USED = 1_000;

    /** Most clocks: they alone are counted by all processors at once. */
    private static final String UNDISTURBED = """
            select c.pack, c.name, %1$s as part, c.state, c.started_at, c.due_at, c.extension_count,
                date_part('epoch', coalesce(c.stopped_at, :now::timestamptz) - c.started_at) as lasted,
                0::double precision as stood, 0::double precision as moved, null::timestamptz as open_from
            from clock.api_outcomes c %2$s and c.pause_count = 0
            """;

    private static final String PAUSED = """
            select c.pack, c.name, %1$s as part, c.state, c.started_at, c.due_at, c.extension_count,
                date_part('epoch', coalesce(c.stopped_at, :now::timestamptz) - c.started_at) as lasted,
                coalesce(p.stood, 0) as stood, coalesce(p.moved, 0) as moved, p.open_from
            from clock.api_outcomes c
            join lateral (
                select sum(date_part('epoch', coalesce(to_at, c.stopped_at, :now::timestamptz) - from_at)) as stood,
                    sum(date_part('epoch', to_at - from_at)) filter (where from_at < c.due_at) as moved,
                    max(from_at) filter (where to_at is null) as open_from
                from clock.api_pauses where subject_id = c.subject_id and clock_id = c.id
            ) p on true
            %2$s and c.pause_count > 0
            """;

    /** What the clocks of a name are divided by. */
    public enum Division {
        NONE,
        DEPARTMENT,
        SEVERITY,
        MONTH
    }

    /**
     * What is asked for; days are those of the zone of the server.
     *
     * @param kind null for all of them
     * @param until included; at most {@link #MOST_DAYS} in all
     */
    public record Question(
            LocalDate from,
            LocalDate until,
            Division by,
            @Nullable String department,
            @Nullable Kind kind) {
        /** Of complaints, not of inquiries, suggestions, repair requests or praise. */
        public Question(LocalDate from, LocalDate until, Division by, @Nullable String department) {
            this(from, until, by, department, Kind.COMPLAINT);
        }

        public Question {
            if (until.isBefore(from) || from.plusDays(MOST_DAYS).isBefore(until.plusDays(1))) {
                throw new IllegalArgumentException(from + " to " + until);
            }
        }
    }

    /** Why clocks stood still. */
    public record Pauses(String pack, String name, String reason, long clocks, Duration length) {}

    /**
     * How many came in within a period, and how many of them repeat an earlier one. What was joined into another is not counted: it is
     * the same complaint.
     */
    public record Repeats(long received, long repeated) {
        /** In percent; zero without any. */
        public double rate() {
            return received == 0 ? 0 : 100.0 * repeated / received;
        }
    }

    private record Group(String pack, String name, @Nullable String part) {}

    private final JdbcClient jdbc;
    private final InstantSource time;
    private final ZoneId zone;

    ClockStatistics(JdbcClient jdbc, InstantSource time, @Value("${bihuan.zone:Asia/Shanghai}") ZoneId zone) {
        this.jdbc = jdbc;
        this.time = time;
        this.zone = zone;
    }

    /** One line for each clock name and part, those of a name together; what is out of reach is not counted. */
    @Transactional(readOnly = true)
    public List<ClockFigures> figures(Question question, Reach reach) {
        var sums = new LinkedHashMap<Group, Sum>();
        // Else the groups are sorted, not hashed, which takes twice as long.
        jdbc.sql("set local work_mem = '32MB'").update();
        for (String clocks : List.of(UNDISTURBED, PAUSED)) {
            // bounded: names, parts, outcomes and a thousand percents
            asked(used(clocks), "c.due_at", question, reach)
                    .param("most", MOST_USED)
                    .query((row, number) ->
                            sums.computeIfAbsent(group(row), group -> new Sum()).add(row))
                    .list();
        }
        // bounded: names and parts
        asked("""
                        select c.pack, c.name, %1$s as part, count(*) as clocks
                        from clock.api_fired f join clock.api_outcomes c on c.subject_id = f.subject_id and c.id = f.clock_id
                        %2$s and f.late and f.warning_at >= :from and f.warning_at < :until
                        group by 1, 2, 3
                        """, null, question, reach)
                .query((row, number) ->
                        sums.computeIfAbsent(group(row), group -> new Sum()).late = row.getLong("clocks"))
                .list();
        var figures = new ArrayList<ClockFigures>();
        sums.forEach((group, sum) -> figures.add(sum.figures(group)));
        return figures;
    }

    /** How the clocks ended, and how much of their time they used. */
    private static String used(String clocks) {
        return """
                    select f.pack, f.name, f.part, f.outcome, f.used, count(*) as clocks, sum(f.extension_count) as extensions,
                        sum(f.stood) as stood, sum(f.lasted) as lasted
                    from (select c.pack, c.name, c.part, c.extension_count, c.stood, c.lasted,
                            case c.state when 'RUNNING' then 'OPEN'
                                when 'PAUSED' then case when c.open_from > c.due_at then 'OPEN' else 'PAUSED' end
                                else c.state end as outcome,
                            case when c.due_at > c.started_at then least(:most, greatest(0, floor(100 * (c.lasted - c.stood)
                                / greatest(1, date_part('epoch', c.due_at - c.started_at) - c.moved))))::integer
                                else 100 end as used
                        from (%s) c) f
                    group by f.pack, f.name, f.part, f.outcome, f.used
                    """.formatted(clocks);
    }

    /** Why the clocks that were due in the period stood still, by name and reason. */
    @Transactional(readOnly = true)
    public List<Pauses> pauses(Question question, Reach reach) {
        // bounded: names and reasons
        return asked("""
                        select c.pack, c.name, p.reason, count(distinct c.id) as clocks,
                            sum(date_part('epoch', coalesce(p.to_at, c.stopped_at, :now::timestamptz) - p.from_at)) as stood
                        from clock.api_outcomes c
                        join clock.api_pauses p on p.subject_id = c.subject_id and p.clock_id = c.id
                        %2$s and c.pause_count > 0 and c.state <> 'CANCELLED'
                        group by 1, 2, 3 order by 1, 2, 5 desc
                        """, "c.due_at", question, reach)
                .query((row, number) -> new Pauses(
                        text(row, "pack"),
                        text(row, "name"),
                        text(row, "reason"),
                        row.getLong("clocks"),
                        Duration.ofSeconds((long) row.getDouble("stood"))))
                .list();
    }

    /** The repeat rate of what was received in the period; what is out of reach is not counted. */
    @Transactional(readOnly = true)
    public Repeats repeats(Question question, Reach reach) {
        Map<String, Object> values = new HashMap<>();
        String conditions = "";
        String department = department(question, reach);
        if (department != null) {
            conditions += " and department = :department";
            values.put("department", department);
        }
        if (question.kind() != null) {
            conditions += " and kind = :which";
            values.put("which", question.kind().name());
        }
        values.put("from", question.from().atStartOfDay(zone).toInstant().atOffset(ZoneOffset.UTC));
        values.put(
                "until",
                question.until().plusDays(1).atStartOfDay(zone).toInstant().atOffset(ZoneOffset.UTC));
        return jdbc.sql("""
                        select count(*) as received, count(repeat_of) as repeated from complaint.complaint
                        where received_at >= :from and received_at < :until and joined_to is null
                        """ + conditions)
                .params(values)
                .query((row, number) -> new Repeats(row.getLong("received"), row.getLong("repeated")))
                .single();
    }

    /** Whose figures; one that nobody has when somebody asks for another department than his own. */
    private static @Nullable String department(Question question, Reach reach) {
        String department = reach.all() ? question.department() : Objects.requireNonNullElse(reach.department(), "-");
        boolean isElsewhere = !reach.all()
                && question.department() != null
                && !question.department().equals(department);
        // No pack can have such a department: codes begin with a letter.
        return isElsewhere ? "-" : department;
    }

    /**
     * The statement for a question.
     *
     * @param sql with a place for the part and one for the conditions
     * @param column of the time that lies in the period; null when the statement has its own
     */
    private JdbcClient.StatementSpec asked(String sql, @Nullable String column, Question question, Reach reach) {
        String department = department(question, reach);
        String part =
                switch (question.by()) {
                    case NONE -> "null::text";
                    case DEPARTMENT -> "coalesce(c.department, '')";
                    case SEVERITY -> "c.severity";
                    case MONTH -> "to_char(c.due_at at time zone :zone, 'YYYY-MM')";
                };
        String which = "where c.subject_kind = :kind"
                + (column == null ? "" : " and " + column + " >= :from and " + column + " < :until")
                + (department == null ? "" : " and c.department = :department")
                + (question.kind() == null ? "" : " and c.case_kind = :which");
        Instant now = time.instant();
        Instant until = question.until().plusDays(1).atStartOfDay(zone).toInstant();
        Map<String, Object> values = new HashMap<>();
        values.put("kind", ComplaintClocks.SUBJECT);
        values.put("now", now.atOffset(ZoneOffset.UTC));
        values.put("from", question.from().atStartOfDay(zone).toInstant().atOffset(ZoneOffset.UTC));
        values.put("until", (until.isAfter(now) ? now : until).atOffset(ZoneOffset.UTC));
        values.put("zone", zone.getId());
        if (department != null) {
            values.put("department", department);
        }
        if (question.kind() != null) {
            values.put("which", question.kind().name());
        }
        return jdbc.sql(sql.formatted(part, which)).params(values);
    }

    private static Group group(ResultSet row) throws SQLException {
        return new Group(text(row, "pack"), text(row, "name"), row.getString("part"));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column));
    }

    /** What adds up to the figures of a group. */
    private static final class Sum {
        private long met;
        private long missed;
        private long missedOpen;
        private long cancelled;
        private long standing;
        private long extensions;
        private double stood;
        private double lasted;
        private long late;
        private final TreeMap<Integer, Long> used = new TreeMap<>();

        Sum add(ResultSet row) throws SQLException {
            long clocks = row.getLong("clocks");
            boolean counts = true;
            switch (text(row, "outcome")) {
                case "MET" -> met += clocks;
                case "MISSED" -> missed += clocks;
                case "OPEN" -> {
                    missed += clocks;
                    missedOpen += clocks;
                }
                case "CANCELLED" -> {
                    cancelled += clocks;
                    counts = false;
                }
                default -> {
                    standing += clocks;
                    counts = false;
                }
            }
            if (counts) {
                used.merge(row.getInt("used"), clocks, Long::sum);
                extensions += row.getLong("extensions");
                stood += row.getDouble("stood");
                lasted += row.getDouble("lasted");
            }
            return this;
        }

        ClockFigures figures(Group group) {
            return new ClockFigures(
                    group.pack(),
                    group.name(),
                    group.part(),
                    met,
                    missed,
                    missedOpen,
                    cancelled,
                    standing,
                    percentile(50),
                    percentile(90),
                    lasted == 0 ? 0 : 100 * stood / lasted,
                    extensions,
                    late);
        }

        /** The least share that so many percent of the clocks do not exceed. */
        private @Nullable Integer percentile(int percent) {
            long count = met + missed;
            long rank = Math.ceilDiv(count * percent, 100);
            long seen = 0;
            for (Map.Entry<Integer, Long> entry : used.entrySet()) {
                seen += entry.getValue();
                if (seen >= rank) {
                    return entry.getKey();
                }
            }
            return null;
        }
    }
}
