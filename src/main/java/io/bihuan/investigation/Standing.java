package io.bihuan.investigation;

import io.bihuan.platform.Writes;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How far each investigation is, as rules and lists ask it: one row that follows from the history. */
@Component
class Standing {
    private final JdbcClient jdbc;

    Standing(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * One investigation.
     *
     * @param people who have a step to take
     */
    record Row(
            @Nullable Instant openedAt,
            Thoroughness.Settled settled,
            int openSteps,
            @Nullable Instant nextDueAt,
            Set<UUID> people,
            @Nullable ResponsibilityDecision responsibility) {
        static final Row NONE = new Row(null, Thoroughness.Settled.NOTHING, 0, null, Set.of(), null);
    }

    Row of(UUID complaintId) {
        return find(complaintId).orElse(Row.NONE);
    }

    Optional<Row> find(UUID complaintId) {
        return jdbc.sql("""
                        select opened_at, settled, heard, open_steps, next_due_at, people, responsibility, share, decided_at, decided_by
                        from investigation.investigation where complaint_id = :complaint
                        """)
                .param("complaint", complaintId)
                .query((row, number) -> read(row))
                .optional();
    }

    /** Adds to the writes what the investigation has come to. */
    void write(Writes writes, UUID complaintId, Investigation now) {
        Thoroughness.Settled settled = now.settled();
        var open = now.steps().stream().filter(Investigation.Step::isOpen).toList();
        Investigation.Decision decision = now.responsibility().orElse(null);
        writes.addOne(
                """
                insert into investigation.investigation (complaint_id, opened_at, settled, heard, open_steps, next_due_at, people,
                    responsibility, share, decided_at, decided_by)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (complaint_id) do update set opened_at = excluded.opened_at, settled = excluded.settled,
                    heard = excluded.heard, open_steps = excluded.open_steps, next_due_at = excluded.next_due_at,
                    people = excluded.people, responsibility = excluded.responsibility, share = excluded.share,
                    decided_at = excluded.decided_at, decided_by = excluded.decided_by
                """,
                complaintId,
                now.openedAt(),
                settled.lines().stream().sorted().toArray(String[]::new),
                settled.heard().stream().map(Side::name).sorted().toArray(String[]::new),
                open.size(),
                open.stream()
                        .map(Investigation.Step::dueAt)
                        .min(Comparator.naturalOrder())
                        .orElse(null),
                open.stream().map(Investigation.Step::owner).distinct().sorted().toArray(UUID[]::new),
                decision == null ? null : decision.kind(),
                decision == null ? null : decision.share(),
                decision == null ? null : decision.at(),
                decision == null ? null : UUID.fromString(decision.by().id()));
    }

    private static Row read(ResultSet row) throws SQLException {
        String responsibility = row.getString("responsibility");
        return new Row(
                instant(row, "opened_at"),
                new Thoroughness.Settled(
                        strings(row, "settled"),
                        strings(row, "heard").stream().map(Side::valueOf).collect(Collectors.toUnmodifiableSet())),
                row.getInt("open_steps"),
                instant(row, "next_due_at"),
                Arrays.stream((UUID[]) array(row, "people")).collect(Collectors.toUnmodifiableSet()),
                responsibility == null
                        ? null
                        : new ResponsibilityDecision(
                                Responsibility.valueOf(responsibility),
                                row.getObject("share", Integer.class),
                                Objects.requireNonNull(instant(row, "decided_at")),
                                Objects.requireNonNull(row.getObject("decided_by", UUID.class))));
    }

    private static Object array(ResultSet row, String column) throws SQLException {
        Array array = Objects.requireNonNull(row.getArray(column));
        return array.getArray();
    }

    private static Set<String> strings(ResultSet row, String column) throws SQLException {
        return Arrays.stream((String[]) array(row, column)).collect(Collectors.toUnmodifiableSet());
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
