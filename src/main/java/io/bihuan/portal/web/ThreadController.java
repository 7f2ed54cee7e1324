package io.bihuan.portal.web;

import io.bihuan.platform.Refused;
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
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A customer talks in the thread to which the staff invited. */
@Controller
class ThreadController {
    private static final int LONGEST_TEXT = 5_000;

    private final Followed followed;
    private final TrackingPages pages;
    private final Answers answers;

    ThreadController(Followed followed, TrackingPages pages, Answers answers) {
        this.followed = followed;
        this.pages = pages;
        this.answers = answers;
    }

    @GetMapping("/t/{token}/thread")
    Page back(@PathVariable String token) {
        return followed.open(token).map(opened -> Page.to(opened.path())).orElseGet(Followed::brokenLink);
    }

    @PostMapping("/t/{token}/thread")
    Page create(
            @PathVariable String token,
            @RequestParam(defaultValue = "") String form,
            @RequestParam(defaultValue = "") String said,
            HttpServletRequest request,
            HttpServletResponse response,
            Texts t) {
        var found = followed.open(token);
        if (found.isEmpty()) {
            return Followed.brokenLink();
        }
        var opened = found.get();
        String text = Typed.text(said);
        FieldErrors errors = FieldErrors.NONE;
        if (text.isBlank()) {
            errors = errors.with("said", t.of("web.field.missing"));
        } else if (Typed.length(text) > LONGEST_TEXT) {
            errors = errors.with("said", t.of("web.field.long", LONGEST_TEXT));
        }
        var status = HttpStatus.UNPROCESSABLE_CONTENT;
        if (!errors.any()) {
            try {
                FormToken once = FormToken.read(form).orElseGet(FormToken::next);
                answers.say(new Answers.Sender(opened.number(), once, request.getRemoteAddr()), text);
                return Page.to(
                        opened.path() + "#conversation", Notice.of(Notice.Tone.SUCCESS, "portal.conversation.said"));
            } catch (TooOften often) {
                response.setHeader(HttpHeaders.RETRY_AFTER, often.seconds());
                errors = errors.with("", t.of(often));
                status = HttpStatus.TOO_MANY_REQUESTS;
            } catch (Refused refused) {
                errors = errors.with("", t.of(refused));
            }
        }
        var typing = TrackingPages.Typing.nothing(opened.dossier().complaint()).with(text, errors);
        return Page.of("portal/tracking", pages.page(opened, typing, t)).status(status);
    }
}
