package io.bihuan.correspondence.web;

import io.bihuan.complaint.CasePages;
import io.bihuan.correspondence.PlannedNotice;
import io.bihuan.correspondence.Said;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was, and is to be, said to the customer.
 *
 * @param toldNotices how many of the notices were told
 * @param result the letter by which the result is told; null while there is nothing to tell
 * @param asksExcuse whether the complaint may only be closed with a reason
 * @param reason what was typed as one
 * @param sentDraft the draft that is no longer needed
 */
public record MessagesPage(
        CasePages.Head head,
        boolean maySpeak,
        List<NoticeLine> notices,
        long toldNotices,
        @Nullable String result,
        @Nullable Composer composer,
        List<SaidLine> said,
        boolean asksExcuse,
        String reason,
        @Nullable String sentDraft,
        FieldErrors errors) {
    /**
     * A notice.
     *
     * @param tone a colour of badges
     */
    public record NoticeLine(PlannedNotice planned, String state, String tone, boolean mayMove, String moveTo) {
        public boolean mayTell() {
            return planned.isOpen();
        }
    }

    /**
     * Something that was said.
     *
     * @param heldUntil when it goes out; null when nothing holds it
     * @param heldWhy empty when that is not known
     */
    public record SaidLine(
            Said said, String by, String tone, @Nullable Instant heldUntil, String heldWhy) {}

    /**
     * The letter that is written just now.
     *
     * @param draft under which it is kept until it is sent
     * @param isTyped whether somebody has filled it in just now
     * @param fields what somebody has to write, and what is known of it
     * @param text null when nobody can be reached
     * @param missing the names of the places for which there is nothing
     */
    public record Composer(
            List<Option> letters,
            MessageForm form,
            String draft,
            boolean isTyped,
            List<Option> ways,
            List<Field> fields,
            @Nullable String way,
            @Nullable String subject,
            @Nullable String text,
            List<String> missing,
            boolean isMasked) {
        public boolean isChosen() {
            return !form.letter().isEmpty();
        }
    }

    /**
     * A place of the letter that is filled by hand.
     *
     * @param isNeeded whether the letter has it; what is written elsewhere is added at its end
     */
    public record Field(String name, String label, String value, boolean isNeeded) {}

    /** The same after something was sent. */
    MessagesPage sent(String draft) {
        return new MessagesPage(
                head, maySpeak, notices, toldNotices, result, composer, said, asksExcuse, reason, draft, errors);
    }

    public String path() {
        return head.path() + "/" + CorrespondencePart.PATH;
    }
}
