package io.bihuan.telephony.web;

import org.jspecify.annotations.Nullable;

/**
 * What an agent writes down after a call.
 *
 * @param written how many had been written when the form was opened
 * @param isNew ticked when the customer said something new
 */
public record WrapUpForm(
        @Nullable String written,
        @Nullable String outcome,
        @Nullable String note,
        @Nullable String complaint,
        @Nullable String isNew) {
    public WrapUpForm {
        written = written == null ? "" : written;
        outcome = outcome == null ? "" : outcome;
        note = note == null ? "" : note;
        complaint = complaint == null ? "" : complaint.strip();
        isNew = isNew == null ? "" : isNew;
    }
}
