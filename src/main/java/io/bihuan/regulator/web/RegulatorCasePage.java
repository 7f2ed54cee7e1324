package io.bihuan.regulator.web;

import io.bihuan.regulator.RegulatorCase;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One case.
 *
 * @param clock the name of the deadline that the answer ends, {@code dueAt} when it is due; null when the pack has none
 * @param isDecided whether there is a solution to tell
 * @param answer what the authority was told; null while it was told nothing
 */
public record RegulatorCasePage(
        RegulatorCase which,
        String content,
        @Nullable String clock,
        @Nullable Instant dueAt,
        boolean isDecided,
        @Nullable Answer answer,
        AnswerForm form,
        List<Option> ways,
        FieldErrors errors) {
    /** The fields as they are to be filled in at the authority. */
    public record Answer(String settledAt, String course, String way, String result, Instant at) {}
}
