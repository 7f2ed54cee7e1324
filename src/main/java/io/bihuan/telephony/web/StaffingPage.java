package io.bihuan.telephony.web;

import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How many agents it takes. */
public record StaffingPage(
        Map<String, String> typed,
        List<Option> intervals,
        @Nullable Result result,
        FieldErrors errors) {
    /** What was typed into a field. */
    public String of(String field) {
        return Objects.requireNonNullElse(typed.get(field), "");
    }

    /**
     * What it takes.
     *
     * @param patient agents by Erlang C, {@code impatient} by Erlang A where a patience was given
     */
    public record Result(
            String load,
            int agents,
            int rostered,
            @Nullable Integer patient,
            @Nullable Integer impatient,
            List<Line> lines) {}

    public record Line(
            int agents,
            int rostered,
            boolean isNeeded,
            String patientLevel,
            String impatientLevel,
            String abandoned,
            String waiting,
            String speed,
            String occupancy) {}
}
