package io.bihuan.portal.web;

import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Confirmation;
import io.bihuan.portal.Answers;
import io.bihuan.portal.FormToken;
import io.bihuan.portal.TooOften;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Notice;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** A customer says whether the result solves it. */
@Controller
class ConfirmationController {
    private final Followed followed;
    private final TrackingPages pages;
    private final Answers answers;

    ConfirmationController(Followed followed, TrackingPages pages, Answers answers) {
        this.followed = followed;
        this.pages = pages;
        this.answers = answers;
    }

    @PostMapping("/t/{token}/confirmation")
    Page create(
            @PathVariable String token,
            @ModelAttribute ConfirmationForm form,
            BindingResult binding,
            HttpServletRequest request,
            HttpServletResponse response,
            Texts t) {
        var found = followed.open(token);
        if (found.isEmpty()) {
            return Followed.brokenLink();
        }
        var opened = found.get();
        FieldErrors errors = checked(form, FieldErrors.of(binding, t), t);
        var status = HttpStatus.UNPROCESSABLE_CONTENT;
        if (!errors.any()) {
            try {
                return Page.to(opened.path(), answered(opened, form, request.getRemoteAddr()));
            } catch (TooOften often) {
                response.setHeader(HttpHeaders.RETRY_AFTER, often.seconds());
                errors = errors.with("", t.of(often));
                status = HttpStatus.TOO_MANY_REQUESTS;
            }
        }
        var typing = TrackingPages.Typing.nothing(opened.dossier().complaint()).with(form, errors);
        return Page.of("portal/tracking", pages.page(opened, typing, t)).status(status);
    }

    private static FieldErrors checked(ConfirmationForm form, FieldErrors before, Texts t) {
        boolean isSolved = form.answer().equals(ConfirmationForm.SOLVED);
        FieldErrors errors = before;
        if (!isSolved && !form.isUnsolved()) {
            errors = errors.with("", t.of("portal.confirmation.choose"));
        }
        if (form.isUnsolved() && form.reason().isEmpty()) {
            errors = errors.with("reason", t.of("portal.confirmation.reason.missing"));
        }
        if (form.isUnsolved()) {
            errors = notLonger(errors, "reason", form.reason(), t);
        }
        if (isSolved) {
            errors = notLonger(errors, "comment", form.comment(), t);
        }
        return errors;
    }

    private static FieldErrors notLonger(FieldErrors errors, String field, String text, Texts t) {
        return Typed.length(text) > ConfirmationForm.LONGEST_TEXT
                ? errors.with(field, t.of("web.field.long", ConfirmationForm.LONGEST_TEXT))
                : errors;
    }

    private Notice answered(Followed.Opened opened, ConfirmationForm form, String address) {
        FormToken token = FormToken.read(form.form()).orElseGet(FormToken::next);
        var sender = new Answers.Sender(opened.number(), token, address);
        if (form.isUnsolved()) {
            return notice(answers.refuse(sender, form.toldAt(), form.reason()), "refused", opened);
        }
        return notice(answers.confirm(sender, form.toldAt(), form.stars(), form.comment()), "confirmed", opened);
    }

    private static Notice notice(Answers.Received received, String what, Followed.Opened opened) {
        return switch (received) {
            case NOW -> Notice.of(Notice.Tone.SUCCESS, "portal.confirmation." + what);
            case BEFORE -> Notice.of(Notice.Tone.INFORMATION, "portal.confirmation." + what + ".before");
            case OVERTAKEN -> Notice.of(Notice.Tone.WARNING, overtaken(opened.dossier().complaint()));
        };
    }

    /** Somebody answered already, in another window or by telephone, or there is a newer result. */
    private static String overtaken(Complaint complaint) {
        Confirmation confirmation = complaint.confirmation();
        if (confirmation == null) {
            return "portal.confirmation.overtaken";
        }
        return switch (confirmation) {
            case CONFIRMED -> "portal.confirmation.confirmed.before";
            case NOT_SATISFIED ->
                complaint.toldAt() == null ? "portal.confirmation.refused.before" : "portal.confirmation.overtaken";
            case UNREACHED -> "portal.confirmation.closed";
        };
    }
}
