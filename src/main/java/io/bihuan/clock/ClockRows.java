package io.bihuan.clock;

import io.bihuan.pack.Severity;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads clocks from rows of {@code clock.clock} joined with {@code clock.pause}: one row for each pause, at least one for each clock. */
final class ClockRows {
    private ClockRows() {}

    static List<Clock> read(ResultSet rows) throws SQLException {
        var clocks = new ArrayList<Clock>();
        var pauses = new ArrayList<Pause>();
        boolean isMore = rows.next();
        while (isMore) {
            UUID id = uuid(rows, "id");
            Clock clock = clock(rows, List.of());
            pauses.clear();
            do {
                Instant from = instant(rows, "from_at");
                if (from != null) {
                    pauses.add(new Pause(text(rows, "reason"), text(rows, "actor"), from, instant(rows, "to_at")));
                }
                isMore = rows.next();
            } while (isMore && uuid(rows, "id").equals(id));
            clocks.add(clock.withPauses(pauses));
        }
        return clocks;
    }

    /** A clock from the current row of {@code clock.clock}. */
    static Clock clock(ResultSet row, List<Pause> pauses) throws SQLException {
        return new Clock(
                uuid(row, "id"),
                new Subject(text(row, "subject_kind"), uuid(row, "subject_id")),
                text(row, "name"),
                text(row, "pack"),
                row.getInt("pack_version"),
                Severity.valueOf(text(row, "severity")),
                Unit.valueOf(text(row, "unit")),
                text(row, "calendar"),
                row.getInt("amount"),
                Grade.valueOf(text(row, "grade")),
                Objects.requireNonNull(instant(row, "started_at")),
                Objects.requireNonNull(instant(row, "due_at")),
                ClockState.valueOf(text(row, "state")),
                instant(row, "stopped_at"),
                numbers(row.getArray("warn_at")),
                pauses,
                row.getInt("fired_level"),
                instant(row, "rebased_at"));
    }

    static UUID uuid(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, UUID.class));
    }

    static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime found = row.getObject(column, OffsetDateTime.class);
        return found == null ? null : found.toInstant();
    }

    private static List<Integer> numbers(Array array) throws SQLException {
        return List.of((Integer[]) array.getArray());
    }
}
