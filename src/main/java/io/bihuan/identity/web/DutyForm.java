package io.bihuan.identity.web;

import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** A shift as an administrator writes it down, times by the wall clock. */
public record DutyForm(
        @Size(max = 64) @Nullable String staff,
        @Size(max = 40) @Nullable String from,
        @Size(max = 40) @Nullable String to) {
    public static final DutyForm EMPTY = new DutyForm("", "", "");

    public DutyForm {
        staff = staff == null ? "" : staff.strip();
        from = from == null ? "" : from.strip();
        to = to == null ? "" : to.strip();
    }
}
