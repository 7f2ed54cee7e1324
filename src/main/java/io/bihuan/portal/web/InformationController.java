package io.bihuan.portal.web;

import io.bihuan.platform.Refused;
import io.bihuan.portal.Answers;
import io.bihuan.portal.FormToken;
import io.bihuan.portal.TooOften;
import io.bihuan.portal.Uploads;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Notice;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** A customer adds what was missing, or answers a question. */
@Controller
class InformationController {
    private final Followed followed;
    private final TrackingPages pages;
    private final Answers answers;
    private final Uploads uploads;

    InformationController(Followed followed, TrackingPages pages, Answers answers, Uploads uploads) {
        this.followed = followed;
        this.pages = pages;
        this.answers = answers;
        this.uploads = uploads;
    }

    @PostMapping("/t/{token}/information")
    Page create(
            @PathVariable String token,
            @ModelAttribute InformationForm sent,
            BindingResult binding,
            @RequestParam(required = false) @Nullable List<MultipartFile> files,
            @RequestParam(required = false) @Nullable List<String> kept,
            HttpServletRequest request,
            HttpServletResponse response,
            Texts t) {
        var found = followed.open(token);
        if (found.isEmpty()) {
            return Followed.brokenLink();
        }
        var opened = found.get();
        FormToken form = FormToken.read(sent.form()).orElseGet(FormToken::next);
        var typed = new InformationForm(form.toString(), sent.text());
        var part = FilesPart.EMPTY;
        FieldErrors errors = FieldErrors.of(binding, t);
        var status = HttpStatus.UNPROCESSABLE_CONTENT;
        try {
            Uploads.Taken taken = uploads.take(
                    form,
                    Objects.requireNonNullElse(kept, List.of()),
                    Objects.requireNonNullElse(files, List.of()),
                    request.getRemoteAddr());
            List<String> refusals =
                    taken.refusals().stream().map((Refused refused) -> t.of(refused)).toList();
            part = FilesPart.of(uploads, form, taken.attachments(), refusals);
            errors = checked(typed, taken, refusals, errors, t);
            if (!errors.any()) {
                var sender = new Answers.Sender(opened.number(), form, request.getRemoteAddr());
                return Page.to(opened.path(), notice(answers.add(sender, typed.text(), taken.attachments())));
            }
        } catch (TooOften often) {
            response.setHeader(HttpHeaders.RETRY_AFTER, often.seconds());
            errors = errors.with("", t.of(often));
            status = HttpStatus.TOO_MANY_REQUESTS;
        }
        var typing = TrackingPages.Typing.nothing(opened.dossier().complaint()).with(typed, part, errors);
        return Page.of("portal/tracking", pages.page(opened, typing, t)).status(status);
    }

    private static FieldErrors checked(
            InformationForm form, Uploads.Taken taken, List<String> refusals, FieldErrors before, Texts t) {
        FieldErrors errors = before;
        if (form.text().isEmpty() && taken.attachments().isEmpty() && refusals.isEmpty()) {
            errors = errors.with("text", t.of("portal.information.nothing"));
        }
        int length = Typed.length(form.text());
        if (length > InformationForm.LONGEST_TEXT) {
            errors = errors.with("text", t.of("portal.filing.content.long", InformationForm.LONGEST_TEXT, length));
        }
        return refusals.isEmpty() ? errors : errors.with("files", String.join(" ", refusals));
    }

    private static Notice notice(Answers.Received received) {
        return switch (received) {
            case NOW -> Notice.of(Notice.Tone.SUCCESS, "portal.information.received");
            case BEFORE -> Notice.of(Notice.Tone.INFORMATION, "portal.information.before");
            case OVERTAKEN -> Notice.of(Notice.Tone.WARNING, "portal.answer.sent-before");
        };
    }
}
