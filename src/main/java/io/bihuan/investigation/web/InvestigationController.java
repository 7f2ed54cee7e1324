package io.bihuan.investigation.web;

import io.bihuan.complaint.CasePages;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.SentForm;
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
import io.bihuan.web.NotFound;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
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
    Page create(SentForm<InvestigationForm> sent) {
        return perform(sent, "opening", "plan", form -> new Deed.Open());
    }

    @PostMapping("/answers")
    Page answer(SentForm<InvestigationForm> sent, @RequestParam(required = false) @Nullable String seen) {
        return perform(
                sent,
                "answer-" + sent.form().line(),
                "playbook",
                form -> new Deed.Answer(
                        form.line(), Reading.optional(CheckResult.class, "result", form.result()), form.text(), seen));
    }

    @PostMapping("/excuses")
    Page excuse(SentForm<InvestigationForm> sent) {
        return perform(
                sent,
                "excuse-" + sent.form().line(),
                "playbook",
                form -> new Deed.ExcuseEvidence(form.line(), form.reason()));
    }

    @PostMapping("/steps")
    Page plan(SentForm<InvestigationForm> sent) {
        return perform(
                sent,
                "step",
                "plan",
                form -> new Deed.PlanStep(form.text(), colleague(form), Reading.time(form.due(), sent.t())));
    }

    @PostMapping("/steps/{step}/completion")
    Page complete(@PathVariable UUID step, SentForm<InvestigationForm> sent) {
        return perform(sent, "completion-" + step, "plan", form -> new Deed.CompleteStep(step, form.text()));
    }

    @PostMapping("/steps/{step}/revisions")
    Page move(@PathVariable UUID step, SentForm<InvestigationForm> sent) {
        return perform(
                sent,
                "revision-" + step,
                "plan",
                form -> new Deed.MoveStep(step, colleague(form), Reading.time(form.due(), sent.t()), form.reason()));
    }

    @PostMapping("/steps/{step}/cancellation")
    Page drop(@PathVariable UUID step, SentForm<InvestigationForm> sent) {
        return perform(sent, "cancellation-" + step, "plan", form -> new Deed.DropStep(step, form.reason()));
    }

    @PostMapping("/findings")
    Page find(SentForm<InvestigationForm> sent) {
        return perform(
                sent,
                "finding",
                "findings",
                form -> new Deed.RecordFinding(
                        Reading.choice(FindingKind.class, "kind", form.kind()),
                        form.text(),
                        form.evidence(),
                        Reading.ids("statements", form.statements())));
    }

    @PostMapping("/findings/{finding}/withdrawal")
    Page withdraw(@PathVariable UUID finding, SentForm<InvestigationForm> sent) {
        return perform(
                sent, "withdrawal-" + finding, "findings", form -> new Deed.WithdrawFinding(finding, form.reason()));
    }

    @PostMapping("/statements")
    Page hear(SentForm<InvestigationForm> sent) {
        return perform(
                sent,
                "statement-" + sent.form().side(),
                "statements",
                form -> new Deed.TakeStatement(
                        Reading.choice(Side.class, "side", form.side()),
                        form.who(),
                        form.text(),
                        Reading.time(form.said(), sent.t())));
    }

    @PostMapping("/silences")
    Page goWithout(SentForm<InvestigationForm> sent) {
        return perform(
                sent,
                "silence-" + sent.form().side(),
                "statements",
                form -> new Deed.ExcuseStatement(Reading.choice(Side.class, "side", form.side()), form.reason()));
    }

    @PostMapping("/responsibility")
    Page decide(SentForm<InvestigationForm> sent) {
        return perform(
                sent,
                "responsibility",
                "responsibility",
                form -> new Deed.DecideResponsibility(
                        Reading.choice(Responsibility.class, "responsibility", form.responsibility()),
                        Reading.percent(form.share()),
                        form.text(),
                        form.reason()));
    }

    private UUID colleague(InvestigationForm form) {
        return staff.find(Reading.id("owner", form.owner()))
                .filter(StaffMember::active)
                .map(StaffMember::id)
                .orElseThrow(() -> new Refused("investigation.refused.owner"));
    }

    /**
     * Carries a form out.
     *
     * @param name which form it is
     * @param section of the page in which it stands
     */
    private Page perform(
            SentForm<InvestigationForm> sent, String name, String section, Function<InvestigationForm, Deed> deed) {
        Complaint complaint = pages.complaint(sent);
        if (complaint.erasedAt() != null) {
            throw new NotFound("complaint " + sent.number());
        }
        Texts t = sent.t();
        var errors = sent.errors();
        if (!errors.any()) {
            try {
                investigations.perform(
                        complaint.number(), deed.apply(sent.form()), sent.who().actor());
                return Page.done(
                        "/desk/complaints/" + complaint.number().digits() + "/investigation#" + section,
                        "investigation.done");
            } catch (AnsweredMeanwhile overtaken) {
                var mine = new Attempt(name, sent.form(), errors.with("", t.of(overtaken)));
                return Page.of(TEMPLATE, view.page(pages.complaint(sent), sent.who(), mine, t))
                        .status(HttpStatus.CONFLICT);
            } catch (Refused refused) {
                errors = errors.with("", t.of(refused));
            }
        }
        return Page.invalid(TEMPLATE, view.page(complaint, sent.who(), new Attempt(name, sent.form(), errors), t));
    }
}
