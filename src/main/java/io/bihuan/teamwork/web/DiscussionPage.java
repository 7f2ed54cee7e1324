package io.bihuan.teamwork.web;

import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.CasePages;
import java.time.Instant;
import java.util.List;

/**
 * What colleagues write to each other about a complaint, the newest first.
 *
 * @param callable the names that can be written after an at sign
 * @param isShared whether the customer has a thread, {@code mayInvite} whether he may be given one
 */
public record DiscussionPage(
        CasePages.Head head,
        List<Note> notes,
        boolean isCut,
        boolean isWatching,
        boolean mayWrite,
        boolean isShared,
        boolean mayInvite,
        List<String> callable,
        Filled filled,
        String done) {
    /** A note; {@code isNew} when the reader had not seen it. */
    public record Note(
            Instant at, String by, String text, List<String> called, List<Attachment> files, boolean isNew) {}

    /** Whether the form that came back has lost its place, for something happened meanwhile. */
    public boolean isLost() {
        return !filled.is("") && !mayWrite;
    }

    /** The draft of a form. */
    public String draft(String form) {
        return "teamwork:" + head.complaint().number().digits() + ":" + form;
    }
}
