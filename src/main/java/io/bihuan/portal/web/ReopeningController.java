package io.bihuan.portal.web;

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
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** The trouble is back: a customer opens a complaint again, within the time that its pack gives. */
@Controller
class ReopeningController {
    private final Followed followed;
    private final Answers answers;

    ReopeningController(Followed followed, Answers answers) {
        this.followed = followed;
        this.answers = answers;
    }

    @GetMapping("/t/{token}/reopening")
    Page create(@PathVariable String token) {
        return followed.open(token)
                .map(opened -> answers.mayBeReopened(opened.dossier().complaint())
                        ? Page.of("portal/reopening", page(opened, ReopeningForm.empty(), FieldErrors.NONE))
                        : Page.to(opened.path(), Notice.of(Notice.Tone.WARNING, "portal.reopening.late")))
                .orElseGet(Followed::brokenLink);
    }

    @PostMapping("/t/{token}/reopening")
    Page create(
            @PathVariable String token,
            @ModelAttribute ReopeningForm form,
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
                FormToken once = FormToken.read(form.form()).orElseGet(FormToken::next);
                var sender = new Answers.Sender(opened.number(), once, request.getRemoteAddr());
                return Page.to(opened.path(), notice(answers.reopen(sender, form.text())));
            } catch (TooOften often) {
                response.setHeader(HttpHeaders.RETRY_AFTER, often.seconds());
                errors = errors.with("", t.of(often));
                status = HttpStatus.TOO_MANY_REQUESTS;
            }
        }
        return Page.of("portal/reopening", page(opened, form, errors)).status(status);
    }

    private static FieldErrors checked(ReopeningForm form, FieldErrors before, Texts t) {
        if (form.text().isBlank()) {
            return before.with("text", t.of("web.field.missing"));
        }
        return Typed.length(form.text()) > ReopeningForm.LONGEST_TEXT
                ? before.with("text", t.of("web.field.long", ReopeningForm.LONGEST_TEXT))
                : before;
    }

    private static Notice notice(Answers.Received received) {
        return switch (received) {
            case NOW -> Notice.of(Notice.Tone.SUCCESS, "portal.reopening.done");
            case BEFORE -> Notice.of(Notice.Tone.INFORMATION, "portal.reopening.before");
            case OVERTAKEN -> Notice.of(Notice.Tone.WARNING, "portal.reopening.late");
        };
    }

    private static ReopeningPage page(Followed.Opened opened, ReopeningForm form, FieldErrors errors) {
        return new ReopeningPage(opened.path(), opened.number().readable(), form, errors);
    }
}
