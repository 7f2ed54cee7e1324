package io.bihuan.portal.web;

import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.TrackingLinks;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.platform.Refused;
import io.bihuan.portal.Answers;
import io.bihuan.portal.FormToken;
import io.bihuan.portal.TooOften;
import io.bihuan.solution.Answer;
import io.bihuan.solution.Offer;
import io.bihuan.solution.ProposalLinks;
import io.bihuan.solution.Solutions;
import io.bihuan.standard.StandardTexts;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Notice;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** A customer reads a proposal by its signed link, and accepts it, rejects it or asks about it. */
@Controller
class ProposalController {
    /** A proposal that a link opens. */
    private record Opened(String path, ComplaintNumber number, Complaint complaint, Offer offer) {}

    private final ProposalLinks links;
    private final TrackingLinks trackingLinks;
    private final Complaints complaints;
    private final Solutions solutions;
    private final Answers answers;
    private final Packs packs;

    ProposalController(
            ProposalLinks links,
            TrackingLinks trackingLinks,
            Complaints complaints,
            Solutions solutions,
            Answers answers,
            Packs packs) {
        this.links = links;
        this.trackingLinks = trackingLinks;
        this.complaints = complaints;
        this.solutions = solutions;
        this.answers = answers;
        this.packs = packs;
    }

    @GetMapping("/p/{token}")
    Page show(@PathVariable String token, Texts t) {
        return open(token)
                .map(opened -> Page.of("portal/proposal", page(opened, ProposalForm.empty(), FieldErrors.NONE, t)))
                .orElseGet(Followed::brokenLink);
    }

    /** Where a form of the page was shown again with its errors: reloading it leads back to the page. */
    @GetMapping({"/p/{token}/answer", "/p/{token}/questions"})
    Page back(@PathVariable String token) {
        return open(token).map(opened -> Page.to(opened.path())).orElseGet(Followed::brokenLink);
    }

    @PostMapping("/p/{token}/answer")
    Page answer(
            @PathVariable String token,
            @ModelAttribute ProposalForm form,
            BindingResult binding,
            HttpServletRequest request,
            HttpServletResponse response,
            Texts t) {
        FieldErrors errors = FieldErrors.of(binding, t);
        if (!form.answer().equals(ProposalForm.ACCEPT) && !form.isRejection()) {
            errors = errors.with("", t.of("portal.proposal.choose"));
        }
        if (form.isRejection()) {
            errors = checked(errors, "reason", form.reason(), t);
        }
        Answer answer = form.isRejection() ? Answer.REJECTED : Answer.ACCEPTED;
        return said(token, form, errors, response, t, (number, proposal) -> {
            var sender = new Answers.Sender(number, form(form), request.getRemoteAddr());
            return notice(
                    answers.answer(sender, proposal, answer, form.reason()),
                    form.isRejection() ? "rejected" : "accepted");
        });
    }

    @PostMapping("/p/{token}/questions")
    Page ask(
            @PathVariable String token,
            @ModelAttribute ProposalForm form,
            BindingResult binding,
            HttpServletRequest request,
            HttpServletResponse response,
            Texts t) {
        FieldErrors errors = checked(FieldErrors.of(binding, t), "question", form.question(), t);
        return said(token, form, errors, response, t, (number, proposal) -> {
            var sender = new Answers.Sender(number, form(form), request.getRemoteAddr());
            return notice(answers.ask(sender, proposal, form.question()), "asked");
        });
    }

    private interface Saying {
        Notice say(ComplaintNumber number, int proposal);
    }

    private Page said(
            String token, ProposalForm form, FieldErrors before, HttpServletResponse response, Texts t, Saying saying) {
        var found = open(token);
        if (found.isEmpty()) {
            return Followed.brokenLink();
        }
        Opened opened = found.get();
        FieldErrors errors = before;
        var status = HttpStatus.UNPROCESSABLE_CONTENT;
        if (!errors.any()) {
            try {
                return Page.to(
                        opened.path(),
                        saying.say(opened.number(), opened.offer().number()));
            } catch (TooOften often) {
                response.setHeader(HttpHeaders.RETRY_AFTER, often.seconds());
                errors = errors.with("", t.of(often));
                status = HttpStatus.TOO_MANY_REQUESTS;
            } catch (Refused refused) {
                errors = errors.with("", t.of(refused));
            }
        }
        Opened now = open(token).orElse(opened);
        return Page.of("portal/proposal", page(now, form, errors, t)).status(status);
    }

    private static FormToken form(ProposalForm form) {
        return FormToken.read(form.form()).orElseGet(FormToken::next);
    }

    private static FieldErrors checked(FieldErrors errors, String field, String text, Texts t) {
        if (text.isBlank()) {
            return errors.with(field, t.of("web.field.missing"));
        }
        return Typed.length(text) > ProposalForm.LONGEST_TEXT
                ? errors.with(field, t.of("web.field.long", ProposalForm.LONGEST_TEXT))
                : errors;
    }

    private static Notice notice(Answers.Received received, String what) {
        return switch (received) {
            case NOW -> Notice.of(Notice.Tone.SUCCESS, "portal.proposal." + what);
            case BEFORE -> Notice.of(Notice.Tone.INFORMATION, "portal.proposal.before");
            case OVERTAKEN -> Notice.of(Notice.Tone.WARNING, "portal.proposal.overtaken");
        };
    }

    private Optional<Opened> open(String token) {
        return links.verify(token)
                .flatMap(ref -> complaints
                        .find(complaints.living(ref.number()))
                        .filter(complaint -> complaint.erasedAt() == null)
                        .flatMap(complaint -> solutions
                                .offer(complaint, ref.proposal())
                                .map(offer -> new Opened(
                                        links.path(ref.number(), ref.proposal()), ref.number(), complaint, offer))));
    }

    private ProposalPage page(Opened opened, ProposalForm form, FieldErrors errors, Texts t) {
        Complaint complaint = opened.complaint();
        Pack pack = packs.get(complaint.pack(), complaint.packVersion());
        var words = new StandardTexts(pack, t);
        return new ProposalPage(
                opened.path(),
                trackingLinks.path(opened.number()),
                opened.number().readable(),
                opened.offer(),
                opened.offer().measures().stream()
                        .map(measure -> measure.amount() == null ? "" : words.money(measure.amount()))
                        .toList(),
                ExternalBody.all(pack, t),
                pack.texts().hotline().number(),
                pack.texts().hotline().hours().in(t.locale()),
                form,
                errors);
    }
}
