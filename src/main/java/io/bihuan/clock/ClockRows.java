package io.bihuan.clock;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.bihuan.calendar.Calendars;
import io.bihuan.pack.Severity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Makes clocks of rows of {@code clock.clock} and of what happened to them. */
@Component
class ClockRows {
    /** A clock without its course, and how much of that is to be read. */
    record Row(
            UUID id,
            Subject subject,
            PolicyVersion policy,
            String calendar,
            int calendarVersion,
            Severity severity,
            int amount,
            Instant startedAt,
            ClockState state,
            Instant dueAt,
            @Nullable Integer assumedYear,
            @Nullable Instant stoppedAt,
            @Nullable Instant severityAt,
            int fired,
            int pauses,
            int extensions,
            int rebases) {}

    static final String COLUMNS = """
            subject_id, id, subject_kind, name, pack, pack_version, revision, severity, calendar, calendar_version, amount, started_at,
            due_at, assumed_year, state, stopped_at, rebased_at, fired, pause_count, extension_count, rebase_count, case_kind, department
            """;

    private record Of<T>(UUID clockId, T value) {}

    private final JdbcClient jdbc;
    private final Policies policies;
    private final Calendars calendars;

    ClockRows(JdbcClient jdbc, Policies policies, Calendars calendars) {
        this.jdbc = jdbc;
        this.policies = policies;
        this.calendars = calendars;
    }

    Row row(ResultSet row, int number) throws SQLException {
        return new Row(
                uuid(row, "id"),
                new Subject(
                        text(row, "subject_kind"),
                        uuid(row, "subject_id"),
                        row.getString("case_kind"),
                        row.getString("department")),
                policies.get(text(row, "pack"), row.getInt("pack_version"), text(row, "name"), row.getInt("revision")),
                text(row, "calendar"),
                row.getInt("calendar_version"),
                Severity.valueOf(text(row, "severity")),
                row.getInt("amount"),
                Objects.requireNonNull(instant(row, "started_at")),
                ClockState.valueOf(text(row, "state")),
                Objects.requireNonNull(instant(row, "due_at")),
                row.getObject("assumed_year", Integer.class),
                instant(row, "stopped_at"),
                instant(row, "rebased_at"),
                row.getInt("fired"),
                row.getInt("pause_count"),
                row.getInt("extension_count"),
                row.getInt("rebase_count"));
    }

    /** The clocks of the rows, in their order; asks once for each kind of thing that happened to any of them. */
    List<Clock> clocks(List<Row> rows) {
        Map<UUID, List<Pause>> pauses = read(
                rows,
                Row::pauses,
                """
                select e.* from unnest(?::uuid[], ?::uuid[]) k (subject_id, clock_id)
                join clock.pause e on e.subject_id = k.subject_id and e.clock_id = k.clock_id order by e.clock_id, e.number
                """,
                row -> new Pause(
                        text(row, "reason"), text(row, "actor"), required(row, "from_at"), instant(row, "to_at")));
        Map<UUID, List<Extension>> extensions = read(
                rows,
                Row::extensions,
                """
                select e.* from unnest(?::uuid[], ?::uuid[]) k (subject_id, clock_id)
                join clock.extension e on e.subject_id = k.subject_id and e.clock_id = k.clock_id order by e.clock_id, e.number
                """,
                row -> new Extension(
                        row.getInt("step"),
                        row.getInt("amount"),
                        text(row, "approver"),
                        text(row, "reason"),
                        required(row, "at")));
        Map<UUID, List<Rebase>> rebases = read(
                rows,
                Row::rebases,
                """
                select e.* from unnest(?::uuid[], ?::uuid[]) k (subject_id, clock_id)
                join clock.rebase e on e.subject_id = k.subject_id and e.clock_id = k.clock_id order by e.clock_id, e.number
                """,
                row -> new Rebase(
                        required(row, "at"),
                        text(row, "actor"),
                        text(row, "reason"),
                        policies.get(
                                text(row, "pack"),
                                row.getInt("pack_version"),
                                text(row, "name"),
                                row.getInt("revision")),
                        calendars.get(text(row, "calendar"), row.getInt("calendar_version"))));
        var clocks = new ArrayList<Clock>();
        for (Row row : rows) {
            var course = new Course(
                    pauses.getOrDefault(row.id(), List.of()),
                    extensions.getOrDefault(row.id(), List.of()),
                    rebases.getOrDefault(row.id(), List.of()),
                    row.severityAt());
            clocks.add(new Clock(
                    row.id(),
                    row.subject(),
                    row.policy(),
                    calendars.get(row.calendar(), row.calendarVersion()),
                    row.severity(),
                    row.amount(),
                    row.startedAt(),
                    course,
                    row.state(),
                    row.dueAt(),
                    row.assumedYear(),
                    row.stoppedAt(),
                    row.fired()));
        }
        return clocks;
    }

    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> Map<UUID, List<T>> read(List<Row> rows, Function<Row, Integer> count, String sql, Reader<T> reader) {
        List<Row> with = rows.stream().filter(row -> count.apply(row) > 0).toList();
        if (with.isEmpty()) {
            return Map.of();
        }
        // bounded: the clocks are, and so is what people do to one
        return jdbc
                .sql(sql)
                .param(with.stream().map(row -> row.subject().id().toString()).toArray(String[]::new))
                .param(with.stream().map(row -> row.id().toString()).toArray(String[]::new))
                .query((row, number) -> new Of<>(uuid(row, "clock_id"), reader.read(row)))
                .list()
                .stream()
                .collect(groupingBy(Of::clockId, mapping(Of::value, toList())));
    }

    static UUID uuid(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, UUID.class));
    }

    static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column));
    }

    static Instant required(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(instant(row, column));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime found = row.getObject(column, OffsetDateTime.class);
        return found == null ? null : found.toInstant();
    }
}
