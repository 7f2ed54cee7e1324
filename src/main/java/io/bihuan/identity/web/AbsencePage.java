package io.bihuan.identity.web;

import io.bihuan.identity.Absences;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The absences that are not over, and the form for one more. */
public record AbsencePage(List<Row> rows, List<Option> people, AbsenceForm form, FieldErrors errors) {
    /** An absence as one line. */
    public record Row(UUID id, String name, Instant from, Instant to, Absences.Reason reason, boolean isNow) {}
}
