package io.bihuan.identity.web;

import io.bihuan.identity.Absences.Reason;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** An absence as an administrator writes it down, times by the wall clock. */
public record AbsenceForm(
        @Size(max = 64) @Nullable String staff,
        @Size(max = 40) @Nullable String from,
        @Size(max = 40) @Nullable String to,
        @Size(max = 20) @Nullable String reason) {
    public static final AbsenceForm EMPTY = new AbsenceForm("", "", "", Reason.LEAVE.name());

    public AbsenceForm {
        staff = staff == null ? "" : staff.strip();
        from = from == null ? "" : from.strip();
        to = to == null ? "" : to.strip();
        reason = reason == null ? "" : reason.strip();
    }
}
