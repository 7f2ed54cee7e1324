package io.bihuan.portal.web;

import io.bihuan.portal.Answers;
import io.bihuan.portal.FormToken;
import io.bihuan.portal.TooOften;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Notice;
import io.bihuan.web.Option;
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

/** A customer takes a complaint back, after being asked whether that is meant. */
@Controller
class WithdrawalController {
    private final Followed followed;
    private final Answers answers;

    WithdrawalController(Followed followed, Answers answers) {
        this.followed = followed;
        this.answers = answers;
    }

    @GetMapping("/t/{token}/withdrawal")
    Page create(@PathVariable String token, Texts t) {
        return followed.open(token)
                .map(opened -> Answers.mayBeWithdrawn(opened.dossier().complaint())
                        ? Page.of("portal/withdrawal", page(opened, WithdrawalForm.empty(), FieldErrors.NONE, t))
                        : Page.to(opened.path(), Notice.of(Notice.Tone.WARNING, "portal.withdrawal.late")))
                .orElseGet(Followed::brokenLink);
    }

    @PostMapping("/t/{token}/withdrawal")
    Page create(
            @PathVariable String token,
            @ModelAttribute WithdrawalForm form,
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
                return Page.to(opened.path(), notice(answers.withdraw(sender, reason(form, t))));
            } catch (TooOften often) {
                response.setHeader(HttpHeaders.RETRY_AFTER, often.seconds());
                errors = errors.with("", t.of(often));
                status = HttpStatus.TOO_MANY_REQUESTS;
            }
        }
        return Page.of("portal/withdrawal", page(opened, form, errors, t)).status(status);
    }

    private static FieldErrors checked(WithdrawalForm form, FieldErrors before, Texts t) {
        FieldErrors errors = before;
        if (!WithdrawalForm.WHYS.contains(form.why())) {
            errors = errors.with("why", t.of("portal.withdrawal.why.missing"));
        }
        return Typed.length(form.text()) > WithdrawalForm.LONGEST_TEXT
                ? errors.with("text", t.of("web.field.long", WithdrawalForm.LONGEST_TEXT))
                : errors;
    }

    private static String reason(WithdrawalForm form, Texts t) {
        String why = t.of("portal.withdrawal.why." + form.why());
        return form.text().isEmpty() ? why : why + "\n" + form.text();
    }

    private static Notice notice(Answers.Received received) {
        return switch (received) {
            case NOW -> Notice.of(Notice.Tone.SUCCESS, "portal.withdrawal.done");
            case BEFORE -> Notice.of(Notice.Tone.INFORMATION, "portal.withdrawal.before");
            case OVERTAKEN -> Notice.of(Notice.Tone.WARNING, "portal.withdrawal.late");
        };
    }

    private static WithdrawalPage page(
            Followed.Opened opened, WithdrawalForm form, FieldErrors errors, Texts t) {
        return new WithdrawalPage(
                opened.path(),
                opened.number().readable(),
                form,
                WithdrawalForm.WHYS.stream()
                        .map(why -> new Option(why, t.of("portal.withdrawal.why." + why)))
                        .toList(),
                errors);
    }
}
