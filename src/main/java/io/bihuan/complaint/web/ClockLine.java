package io.bihuan.complaint.web;

import io.bihuan.clock.ClockState;
import io.bihuan.clock.Grade;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A clock as the complaint page shows it.
 *
 * @param percent of its time used
 * @param due null when it does not run
 * @param why the steps that led to its deadline, readable
 */
public record ClockLine(
        String label,
        int percent,
        @Nullable Instant due,
        Instant dueAt,
        ClockState state,
        boolean overdue,
        Grade grade,
        @Nullable String source,
        List<String> why) {}
