package io.bihuan.portal.web;

import io.bihuan.portal.FormToken;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A customer's answer to a result.
 *
 * @param form the token of this form
 * @param told when the result that the customer saw was told
 * @param answer {@code solved} or {@code unsolved}
 * @param rating 1 to 5, or nothing
 */
public record ConfirmationForm(
        String form, String told, String answer, String rating, String comment, String reason) {
    public static final int LONGEST_TEXT = 2_000;
    static final String SOLVED = "solved";
    static final String UNSOLVED = "unsolved";

    public ConfirmationForm {
        form = Typed.line(form);
        told = Typed.line(told);
        answer = Typed.line(answer);
        rating = Typed.line(rating);
        comment = Typed.text(comment);
        reason = Typed.text(reason);
    }

    static ConfirmationForm empty(@Nullable Instant told) {
        return new ConfirmationForm(FormToken.next().toString(), told == null ? "" : told.toString(), "", "", "", "");
    }

    Instant toldAt() {
        try {
            return Instant.parse(told);
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    @Nullable Integer stars() {
        return rating.matches("[1-5]") ? Integer.valueOf(rating) : null;
    }

    public boolean isUnsolved() {
        return answer.equals(UNSOLVED);
    }
}
