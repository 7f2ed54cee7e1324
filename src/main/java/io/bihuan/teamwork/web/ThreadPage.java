package io.bihuan.teamwork.web;

import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.CasePages;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The thread that the customer shares.
 *
 * @param invitedAt null when he was never invited
 * @param isOpen whether something can be said in it
 */
public record ThreadPage(
        CasePages.Head head,
        @Nullable Instant invitedAt,
        String invitedBy,
        @Nullable Instant endedAt,
        boolean isOpen,
        List<Line> lines,
        boolean mayAct,
        Filled filled,
        String done) {
    /** A line; {@code byCustomer} or by one of us. */
    public record Line(Instant at, boolean byCustomer, String by, String text, List<Attachment> files) {}

    /** Whether the form that came back has lost its place, for something happened meanwhile. */
    public boolean isLost() {
        return !filled.is("") && (!mayAct || isOpen == filled.is("invite"));
    }

    /** The draft of a form. */
    public String draft(String form) {
        return "teamwork:" + head.complaint().number().digits() + ":" + form;
    }
}
