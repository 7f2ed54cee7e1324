package io.bihuan.complaint.web;

import io.bihuan.clock.ClockState;
import io.bihuan.clock.Grade;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A clock as the complaint page shows it.
 *
 * @param percent of its time used
 * @param due null when it does not run
 * @param deadline as it is written: {@code 2026-10-13 24:00}
 * @param length how much time it gives, with its extensions
 * @param paused since when it stands still and why; null when it does not
 * @param provisional why the deadline may still move; null when it does not depend on what nobody knows
 * @param breach what it means to miss it
 * @param ended how it ended; null while it is open
 */
public record ClockLine(
        UUID id,
        String label,
        int percent,
        @Nullable Instant due,
        String deadline,
        ClockState state,
        boolean overdue,
        Grade grade,
        String length,
        @Nullable String paused,
        @Nullable String provisional,
        @Nullable String breach,
        @Nullable String ended) {
    public boolean isOpen() {
        return state.isOpen();
    }

    /** How the state looks. */
    public String tone() {
        return switch (state) {
            case RUNNING -> overdue ? "red" : "blue";
            case PAUSED -> "yellow";
            case MET -> "green";
            case MISSED -> "red";
            case CANCELLED -> "secondary";
        };
    }
}
