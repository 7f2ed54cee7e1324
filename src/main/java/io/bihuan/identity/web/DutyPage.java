package io.bihuan.identity.web;

import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The shifts that are not over, and the form for one more. */
public record DutyPage(List<Row> rows, List<Option> people, DutyForm form, FieldErrors errors) {
    /** A shift as one line. */
    public record Row(UUID id, String name, Instant from, Instant to) {}
}
