package io.bihuan.solution.web;

import io.bihuan.compensation.Catalogue;
import io.bihuan.complaint.BroughtFiles;
import io.bihuan.complaint.CasePages;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Contact;
import io.bihuan.complaint.Outcome;
import io.bihuan.complaint.SentForm;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.pack.Packs;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Money;
import io.bihuan.platform.Refused;
import io.bihuan.privacy.Personal;
import io.bihuan.solution.Answer;
import io.bihuan.solution.PlannedMeasure;
import io.bihuan.solution.Proposal;
import io.bihuan.solution.Rewritten;
import io.bihuan.solution.SolutionAction;
import io.bihuan.solution.Solutions;
import io.bihuan.solution.web.SolutionPage.Typed;
import io.bihuan.standard.Compensation;
import io.bihuan.standard.Measure;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.NotFound;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
import org.springframework.web.multipart.MultipartFile;

/** The page of a complaint's solution, and all that is done on it. */
@Controller
@RequestMapping("/desk/complaints/{number}/solution")
class ProposalController {
    private static final String TEMPLATE = "solution/solution";

    private final Solutions solutions;
    private final SolutionPages pages;
    private final CasePages casePages;
    private final BroughtFiles brought;
    private final Packs packs;
    private final Staff staff;

    ProposalController(
            Solutions solutions,
            SolutionPages pages,
            CasePages casePages,
            BroughtFiles brought,
            Packs packs,
            Staff staff) {
        this.solutions = solutions;
        this.pages = pages;
        this.casePages = casePages;
        this.brought = brought;
        this.packs = packs;
        this.staff = staff;
    }

    @GetMapping
    Page show(@PathVariable String number, @AuthenticationPrincipal SignedIn who, Texts t) {
        return Page.of(TEMPLATE, pages.page(casePages.complaint(number, who), who, Typed.NOTHING, null, t));
    }

    // ---- written ----

    @PostMapping("/proposals")
    Page create(SentForm<ProposalForm> sent) {
        return write(sent, 0, content -> new SolutionAction.Draft(Ids.next(), content));
    }

    @PostMapping("/proposals/{proposal}/revisions")
    Page rewrite(@PathVariable int proposal, SentForm<ProposalForm> sent) {
        return write(
                sent,
                proposal,
                content ->
                        new SolutionAction.Rewrite(proposal, whole(sent.form().revision()), content));
    }

    private Page write(
            SentForm<ProposalForm> sent, int proposal, Function<SolutionAction.Content, SolutionAction> action) {
        Complaint complaint = casePages.complaint(sent);
        ProposalForm form = sent.form();
        Texts t = sent.t();
        FieldErrors errors = sent.errors();
        var measures = new ArrayList<PlannedMeasure>();
        var kept = new ArrayList<MeasureRow>();
        for (MeasureRow row : form.rows()) {
            if (row.kind().isEmpty()) {
                continue;
            }
            errors = read(row, kept.size(), complaint, measures, errors, t);
            kept.add(row);
        }
        Optional<Outcome> outcome = constant(Outcome.class, form.outcome());
        if (outcome.isEmpty()) {
            errors = errors.with("outcome", t.of("web.field.missing"));
        }
        if (kept.isEmpty()) {
            errors = errors.with("", t.of("solution.refused.noMeasure"));
        }
        if (!errors.any()) {
            try {
                solutions.act(
                        complaint.number(),
                        action.apply(new SolutionAction.Content(
                                outcome.orElseThrow(), form.text(), form.grounds(), measures)),
                        sent.who().actor());
                return done(complaint, "written");
            } catch (Rewritten overtaken) {
                return overtaken(sent, complaint, proposal, kept);
            } catch (Refused refused) {
                if (proposal == 0 && written(complaint).isPresent()) {
                    return overtaken(sent, complaint, written(complaint).get().number(), kept);
                }
                errors = errors.with("", t.of(refused));
            }
        }
        var again = new ProposalForm(form.revision(), form.outcome(), form.text(), form.grounds(), kept);
        return Page.invalid(
                TEMPLATE,
                pages.page(
                        complaint,
                        sent.who(),
                        Typed.NOTHING,
                        new SolutionPages.Refusal(proposal, again, errors, false),
                        t));
    }

    /** One that somebody wrote meanwhile, and that may still be changed. */
    private Optional<Proposal> written(Complaint complaint) {
        return solutions
                .of(complaint.id())
                .current()
                .filter(found -> found.state().isWritable());
    }

    /** Nobody's text is lost: both are shown, and what was typed can be saved once the other was read. */
    private Page overtaken(SentForm<ProposalForm> sent, Complaint complaint, int proposal, List<MeasureRow> kept) {
        ProposalForm form = sent.form();
        String revision = solutions
                .of(complaint.id())
                .find(proposal)
                .map(found -> Integer.toString(found.revision()))
                .orElse("");
        var again = new ProposalForm(revision, form.outcome(), form.text(), form.grounds(), kept);
        FieldErrors errors = FieldErrors.NONE.with("", sent.t().of("solution.refused.rewritten"));
        return Page.of(
                        TEMPLATE,
                        pages.page(
                                complaint,
                                sent.who(),
                                Typed.NOTHING,
                                new SolutionPages.Refusal(proposal, again, errors, true),
                                sent.t()))
                .status(HttpStatus.CONFLICT);
    }

    private FieldErrors read(
            MeasureRow row,
            int index,
            Complaint complaint,
            List<PlannedMeasure> measures,
            FieldErrors before,
            Texts t) {
        FieldErrors errors = before;
        String field = "rows[" + index + "].";
        Optional<Measure> kind = constant(Measure.class, row.kind());
        if (kind.isEmpty()) {
            errors = errors.with(field + "kind", t.of("web.field.unreadable"));
        }
        if (packs.get(complaint.pack(), complaint.packVersion())
                .departments()
                .find(row.department())
                .isEmpty()) {
            errors = errors.with(field + "department", t.of("web.field.missing"));
        }
        UUID person = null;
        if (!row.person().isBlank()) {
            person = person(row.person()).orElse(null);
            if (person == null) {
                errors = errors.with(field + "person", t.of("solution.field.person"));
            }
        }
        Instant dueAt = moment(row.dueAt(), t).orElse(null);
        if (dueAt == null) {
            errors = errors.with(field + "dueAt", t.of("web.field.missing"));
        }
        Money amount = null;
        if (!row.amount().isBlank()) {
            amount = Money.readYuan(row.amount().strip());
            if (amount == null) {
                errors = errors.with(field + "amount", t.of("solution.field.amount"));
            }
        } else if (kind.isPresent() && PlannedMeasure.needsAmount(kind.get())) {
            errors = errors.with(field + "amount", t.of("solution.field.amountMissing"));
        }
        if (row.text().isBlank()) {
            errors = errors.with(field + "text", t.of("web.field.missing"));
        }
        List<Compensation> matrix = solutions.authority(complaint).matrix();
        boolean isKnown = row.item().isEmpty()
                || matrix.stream()
                        .filter(each -> each.name().equals(row.item()))
                        .map(Compensation::measure)
                        .findFirst()
                        .map(measure -> measure == kind.orElse(null))
                        .orElse(row.item().equals(Catalogue.GOODWILL));
        boolean needsItem = kind.isPresent()
                && (PlannedMeasure.needsItem(kind.get())
                        || (PlannedMeasure.isPaid(kind.get())
                                && matrix.stream().anyMatch(each -> each.measure() == kind.get())));
        if (row.item().isEmpty() && needsItem) {
            errors = errors.with(field + "item", t.of("solution.field.itemMissing"));
        }
        if (!isKnown) {
            errors = errors.with(field + "item", t.of("solution.field.item"));
        }
        if (kind.isPresent() && dueAt != null) {
            measures.add(new PlannedMeasure(
                    Ids.next(),
                    measures.size() + 1,
                    kind.get(),
                    row.department(),
                    person,
                    dueAt,
                    amount == null ? null : amount.fen(),
                    row.item().isEmpty() ? null : row.item(),
                    row.isInternal(),
                    Personal.of(row.text().strip())));
        }
        return errors;
    }

    // ---- the way of a proposal ----

    @PostMapping("/proposals/{proposal}/{deed}")
    Page deed(@PathVariable int proposal, @PathVariable String deed, SentForm<DeedForm> sent) {
        Complaint complaint = casePages.complaint(sent);
        DeedForm form = sent.form();
        SolutionAction action =
                switch (deed) {
                    case "approval-requests" -> new SolutionAction.AskApproval(proposal);
                    case "approvals" -> new SolutionAction.Approve(proposal, whole(form.revision()), form.text());
                    case "returns" -> new SolutionAction.SendBack(proposal, form.text());
                    case "dispatches" ->
                        new SolutionAction.Send(
                                proposal, constant(Contact.class, form.way()).orElse(Contact.PHONE));
                    case "answers" ->
                        new SolutionAction.RecordAnswer(
                                proposal,
                                constant(Answer.class, form.answer())
                                        .orElseThrow(() -> new Refused("solution.refused.answer")),
                                form.text(),
                                constant(Contact.class, form.way()).orElse(Contact.PHONE));
                    case "replies" -> new SolutionAction.Reply(proposal, whole(form.question()), form.text());
                    case "withdrawals" -> new SolutionAction.Withdraw(proposal, form.text());
                    case "escalations" ->
                        new SolutionAction.EscalateRejection(proposal, chosen(form.to()), form.text());
                    default -> throw new NotFound("deed " + deed); // any other word of an address
                };
        return perform(sent, complaint, action, deed, "p" + proposal + "-" + deed);
    }

    // ---- measures ----

    @PostMapping("/proposals/{proposal}/measures/{measure}/proofs")
    Page finish(
            @PathVariable int proposal,
            @PathVariable int measure,
            SentForm<DeedForm> sent,
            @RequestParam(required = false) @Nullable List<MultipartFile> files)
            throws IOException {
        Complaint complaint = casePages.complaint(sent);
        return perform(
                sent,
                complaint,
                new SolutionAction.Finish(proposal, measure, sent.form().text(), brought.store(files)),
                "proofs",
                "p" + proposal + "m" + measure + "-proofs");
    }

    @PostMapping("/proposals/{proposal}/measures/{measure}/waivers")
    Page waive(@PathVariable int proposal, @PathVariable int measure, SentForm<DeedForm> sent) {
        return perform(
                sent,
                casePages.complaint(sent),
                new SolutionAction.Waive(proposal, measure, sent.form().text()),
                "waivers",
                "p" + proposal + "m" + measure + "-waivers");
    }

    @PostMapping("/proposals/{proposal}/measures/{measure}/moves")
    Page move(@PathVariable int proposal, @PathVariable int measure, SentForm<DeedForm> sent) {
        Complaint complaint = casePages.complaint(sent);
        DeedForm form = sent.form();
        String deed = "p" + proposal + "m" + measure + "-moves";
        Optional<Instant> dueAt = moment(form.dueAt(), sent.t());
        Optional<UUID> person = form.person().isBlank() ? Optional.empty() : person(form.person());
        boolean isDepartment = packs.get(complaint.pack(), complaint.packVersion())
                .departments()
                .find(form.department())
                .isPresent();
        if (dueAt.isEmpty()
                || !isDepartment
                || (person.isEmpty() && !form.person().isBlank())) {
            return refused(sent, complaint, deed, sent.t().of("solution.field.move"));
        }
        return perform(
                sent,
                complaint,
                new SolutionAction.Move(
                        proposal, measure, form.department(), person.orElse(null), dueAt.get(), form.text()),
                "moves",
                deed);
    }

    // ---- carried out ----

    private Page perform(
            SentForm<DeedForm> sent, Complaint complaint, SolutionAction action, String done, String deed) {
        FieldErrors errors = sent.errors();
        if (errors.any()) {
            return refused(
                    sent, complaint, deed, errors.all().values().iterator().next());
        }
        try {
            solutions.act(complaint.number(), action, sent.who().actor());
        } catch (Refused refused) {
            return refused(sent, complaint, deed, sent.t().of(refused));
        }
        return done(complaint, done);
    }

    private Page refused(SentForm<DeedForm> sent, Complaint complaint, String deed, String why) {
        var typed = new Typed(deed, sent.form().text(), FieldErrors.NONE.with(deed + "-text", why));
        return Page.invalid(TEMPLATE, pages.page(complaint, sent.who(), typed, null, sent.t()));
    }

    private static Page done(Complaint complaint, String what) {
        return Page.done("/desk/complaints/" + complaint.number().digits() + "/solution", "solution.done." + what);
    }

    private Optional<UUID> person(String login) {
        return staff.findByLogin(login.strip()).filter(StaffMember::active).map(StaffMember::id);
    }

    private UUID chosen(String id) {
        try {
            return staff.find(UUID.fromString(id))
                    .filter(StaffMember::active)
                    .map(StaffMember::id)
                    .orElseThrow(() -> new Refused("solution.refused.person"));
        } catch (IllegalArgumentException e) {
            throw new Refused("solution.refused.person");
        }
    }

    private static Optional<Instant> moment(String written, Texts t) {
        try {
            return Optional.of(LocalDateTime.parse(written).atZone(t.zone()).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int whole(String written) {
        return written.matches("\\d{1,6}") ? Integer.parseInt(written) : 0;
    }

    private static <E extends Enum<E>> Optional<E> constant(Class<E> type, String written) {
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> each.name().equals(written))
                .findFirst();
    }
}
