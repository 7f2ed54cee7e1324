package io.bihuan.complaint.web;

import io.bihuan.clock.ClockTexts;
import io.bihuan.clock.Grade;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a deadline is when it is.
 *
 * @param path of the complaint's page
 * @param label of the clock
 * @param steps that led to the deadline, readable
 * @param source of the rule; null where the policy names none
 */
public record ClockReasons(
        String path,
        String label,
        Grade grade,
        List<ClockTexts.Line> steps,
        @Nullable String source) {}
