package io.bihuan.investigation.web;

import io.bihuan.complaint.CasePages;
import io.bihuan.complaint.Complaint;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.investigation.AnsweredMeanwhile;
import io.bihuan.investigation.CheckResult;
import io.bihuan.investigation.Deed;
import io.bihuan.investigation.FindingKind;
import io.bihuan.investigation.Investigations;
import io.bihuan.investigation.Responsibility;
import io.bihuan.investigation.Side;
import io.bihuan.platform.Refused;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.NotFound;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.validation.Valid;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The investigation of a complaint: what was asked, checked, planned, found and said, and whose fault it was. */
@Controller
@RequestMapping("/desk/complaints/{number}/investigation")
class InvestigationController {
    private static final String TEMPLATE = "investigation/investigation";

    private final CasePages pages;
    private final Investigations investigations;
    private final InvestigationView view;
    private final Staff staff;

    InvestigationController(CasePages pages, Investigations investigations, InvestigationView view, Staff staff) {
        this.pages = pages;
        this.investigations = investigations;
        this.view = view;
        this.staff = staff;
    }

    @GetMapping
    Page show(@PathVariable String number, @AuthenticationPrincipal SignedIn who, Texts t) {
        Complaint complaint = pages.complaint(number, who);
        return Page.of(TEMPLATE, view.page(complaint, who, Attempt.NONE, t));
    }

    @PostMapping
    Page create(
            @PathVariable String number,
            @Valid @ModelAttribute InvestigationForm form,
            BindingResult binding,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        return perform(number, new Sent("opening", "plan", form, binding), who, t, Deed.Open::new);
    }

    @PostMapping("/answers")
    Page answer(
            @PathVariable String number,
            @Valid @ModelAttribute InvestigationForm form,
            BindingResult binding,
            @RequestParam(required = false) @Nullable String seen,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        var sent = new Sent("answer-" + form.line(), "playbook", form, binding);
        return perform(
                number,
                sent,
                who,
                t,
                () -> new Deed.Answer(
                        form.line(), Reading.optional(CheckResult.class, "result", form.result()), form.text(), seen));
    }

    @PostMapping("/excuses")
    Page excuse(
            @PathVariable String number,
            @Valid @ModelAttribute InvestigationForm form,
            BindingResult binding,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        var sent = new Sent("excuse-" + form.line(), "playbook", form, binding);
        return perform(number, sent, who, t, () -> new Deed.ExcuseEvidence(form.line(), form.reason()));
    }

    @PostMapping("/steps")
    Page plan(
            @PathVariable String number,
            @Valid @ModelAttribute InvestigationForm form,
            BindingResult binding,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        return perform(
                number,
                new Sent("step", "plan", form, binding),
                who,
                t,
                () -> new Deed.PlanStep(form.text(), colleague(form), Reading.time(form.due(), t)));
    }

    @PostMapping("/steps/{step}/completion")
    Page complete(
            @PathVariable String number,
            @PathVariable UUID step,
            @Valid @ModelAttribute InvestigationForm form,
            BindingResult binding,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        return perform(
                number,
                new Sent("completion-" + step, "plan", form, binding),
                who,
                t,
                () -> new Deed.CompleteStep(step, form.text()));
    }

    @PostMapping("/steps/{step}/revisions")
    Page move(
            @PathVariable String number,
            @PathVariable UUID step,
            @Valid @ModelAttribute InvestigationForm form,
            BindingResult binding,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        return perform(
                number,
                new Sent("revision-" + step, "plan", form, binding),
                who,
                t,
                () -> new Deed.MoveStep(step, colleague(form), Reading.time(form.due(), t), form.reason()));
    }

    @PostMapping("/steps/{step}/cancellation")
    Page drop(
            @PathVariable String number,
            @PathVariable UUID step,
            @Valid @ModelAttribute InvestigationForm form,
            BindingResult binding,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        return perform(
                number,
                new Sent("cancellation-" + step, "plan", form, binding),
                who,
                t,
                () -> new Deed.DropStep(step, form.reason()));
    }

    @PostMapping("/findings")
    Page find(
            @PathVariable String number,
            @Valid @ModelAttribute InvestigationForm form,
            BindingResult binding,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        return perform(
                number,
                new Sent("finding", "findings", form, binding),
                who,
                t,
                () -> new Deed.RecordFinding(
                        Reading.choice(FindingKind.class, "kind", form.kind()),
                        form.text(),
                        form.evidence(),
                        Reading.ids("statements", form.statements())));
    }

    @PostMapping("/findings/{finding}/withdrawal")
    Page withdraw(
            @PathVariable String number,
            @PathVariable UUID finding,
            @Valid @ModelAttribute InvestigationForm form,
            BindingResult binding,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        return perform(
                number,
                new Sent("withdrawal-" + finding, "findings", form, binding),
                who,
                t,
                () -> new Deed.WithdrawFinding(finding, form.reason()));
    }

    @PostMapping("/statements")
    Page hear(
            @PathVariable String number,
            @Valid @ModelAttribute InvestigationForm form,
            BindingResult binding,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        return perform(
                number,
                new Sent("statement-" + form.side(), "statements", form, binding),
                who,
                t,
                () -> new Deed.TakeStatement(
                        Reading.choice(Side.class, "side", form.side()),
                        form.who(),
                        form.text(),
                        Reading.time(form.said(), t)));
    }

    @PostMapping("/silences")
    Page goWithout(
            @PathVariable String number,
            @Valid @ModelAttribute InvestigationForm form,
            BindingResult binding,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        return perform(
                number,
                new Sent("silence-" + form.side(), "statements", form, binding),
                who,
                t,
                () -> new Deed.ExcuseStatement(Reading.choice(Side.class, "side", form.side()), form.reason()));
    }

    @PostMapping("/responsibility")
    Page decide(
            @PathVariable String number,
            @Valid @ModelAttribute InvestigationForm form,
            BindingResult binding,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        return perform(
                number,
                new Sent("responsibility", "responsibility", form, binding),
                who,
                t,
                () -> new Deed.DecideResponsibility(
                        Reading.choice(Responsibility.class, "responsibility", form.responsibility()),
                        Reading.percent(form.share()),
                        form.text(),
                        form.reason()));
    }

    /**
     * A form that was sent.
     *
     * @param section of the page in which it stands
     */
    private record Sent(String form, String section, InvestigationForm values, BindingResult binding) {}

    private UUID colleague(InvestigationForm form) {
        return staff.find(Reading.id("owner", form.owner()))
                .filter(StaffMember::active)
                .map(StaffMember::id)
                .orElseThrow(() -> new Refused("investigation.refused.owner"));
    }

    private Page perform(String number, Sent sent, SignedIn who, Texts t, Supplier<Deed> deed) {
        Complaint complaint = pages.complaint(number, who);
        if (complaint.erasedAt() != null) {
            throw new NotFound("complaint " + number);
        }
        var errors = FieldErrors.of(sent.binding(), t);
        if (!errors.any()) {
            try {
                investigations.perform(complaint.number(), deed.get(), who.actor());
                return Page.done(
                        "/desk/complaints/" + complaint.number().digits() + "/investigation#" + sent.section(),
                        "investigation.done");
            } catch (AnsweredMeanwhile overtaken) {
                var mine = new Attempt(sent.form(), sent.values(), errors.with("", t.of(overtaken)));
                return Page.of(TEMPLATE, view.page(pages.complaint(number, who), who, mine, t))
                        .status(HttpStatus.CONFLICT);
            } catch (Refused refused) {
                errors = errors.with("", t.of(refused));
            }
        }
        var attempt = new Attempt(sent.form(), sent.values(), errors);
        return Page.invalid(TEMPLATE, view.page(complaint, who, attempt, t));
    }
}
