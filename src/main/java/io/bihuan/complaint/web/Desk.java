package io.bihuan.complaint.web;

import io.bihuan.complaint.Assessor;
import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.CasePages;
import io.bihuan.complaint.CaseTelling;
import io.bihuan.complaint.ClockChoices;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintFiles;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Dossier;
import io.bihuan.complaint.HandlerProposals;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.complaint.Originals;
import io.bihuan.complaint.ProductAnswers;
import io.bihuan.complaint.SentForm;
import io.bihuan.complaint.Stage;
import io.bihuan.complaint.TrackingLinks;
import io.bihuan.complaint.Worklist;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.StaffMember;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;
import io.bihuan.platform.database.StatementPlans;
import io.bihuan.privacy.Personal;
import io.bihuan.standard.Guidance;
import io.bihuan.standard.StandardTexts;
import io.bihuan.statute.Calculations;
import io.bihuan.statute.FindingText;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.NotFound;
import io.bihuan.web.Option;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Puts the page of a complaint together, and carries out what is asked on it; what cannot be done brings the page again. */
@Component
class Desk {
    static final int EVENTS = 100;
    static final int ALL_EVENTS = 500;
    private static final int RELATED = 10;

    /** Forms with long choices, read when somebody opens them. */
    private static final Set<String> ASKED_FOR = Set.of("assessment", "transfer");

    /** What the page is to show beside the complaint itself. */
    private record Wish(
            int before,
            int limit,
            Typed typed,
            List<HistoryEvent> since,
            String done,
            boolean reveal,
            LetterWish letter) {
        static final Wish PLAIN =
                new Wish(Integer.MAX_VALUE, EVENTS, Typed.NOTHING, List.of(), "", false, LetterWish.NONE);

        Wish again(Typed again, List<HistoryEvent> changes) {
            return new Wish(before, limit, again, changes, done, reveal, letter);
        }
    }

    private final Complaints complaints;
    private final ComplaintFiles files;
    private final Worklist worklist;
    private final WorklistRows rows;
    private final ClockLines clockLines;
    private final ClockChoices clockChoices;
    private final EscalationCards escalationCards;
    private final LetterCards letterCards;
    private final People people;
    private final Colleagues colleagues;
    private final Assessor assessor;
    private final CategoryChoices categoryChoices;
    private final TrackingLinks links;
    private final Packs packs;
    private final Calculations calculations;
    private final CustomerTies customerTies;
    private final Ties ties;
    private final CasePages casePages;
    private final CaseTelling telling;
    private final ObjectProvider<Originals> originals;
    private final HandlerProposals handlerProposals;
    private final StatementPlans plans;

    Desk(
            Complaints complaints,
            ComplaintFiles files,
            Worklist worklist,
            WorklistRows rows,
            ClockLines clockLines,
            ClockChoices clockChoices,
            EscalationCards escalationCards,
            LetterCards letterCards,
            People people,
            Colleagues colleagues,
            Assessor assessor,
            CategoryChoices categoryChoices,
            TrackingLinks links,
            Packs packs,
            Calculations calculations,
            CustomerTies customerTies,
            Ties ties,
            CasePages casePages,
            CaseTelling telling,
            ObjectProvider<Originals> originals,
            HandlerProposals handlerProposals,
            StatementPlans plans) {
        this.complaints = complaints;
        this.files = files;
        this.worklist = worklist;
        this.rows = rows;
        this.clockLines = clockLines;
        this.clockChoices = clockChoices;
        this.escalationCards = escalationCards;
        this.letterCards = letterCards;
        this.people = people;
        this.colleagues = colleagues;
        this.assessor = assessor;
        this.categoryChoices = categoryChoices;
        this.links = links;
        this.packs = packs;
        this.calculations = calculations;
        this.customerTies = customerTies;
        this.ties = ties;
        this.casePages = casePages;
        this.telling = telling;
        this.originals = originals;
        this.handlerProposals = handlerProposals;
        this.plans = plans;
    }

    /** The complaint with this number, if the person may know of it. */
    Complaint complaint(String number, SignedIn who) {
        return casePages.complaint(number, who);
    }

    private static ComplaintNumber number(String typed) {
        return ComplaintNumber.read(typed).orElseThrow(() -> new NotFound("complaint " + typed));
    }

    /**
     * In one transaction: ten modules are asked, each a few times.
     *
     * @param done the form that was just carried out, or empty
     */
    @Transactional(readOnly = true)
    Page show(String number, SignedIn who, int before, boolean all, String done, LetterWish letter, Texts t) {
        plans.keep();
        return Page.of(
                "complaint/complaint",
                page(
                        number,
                        who,
                        new Wish(before, all ? ALL_EVENTS : EVENTS, Typed.NOTHING, List.of(), done, false, letter),
                        t));
    }

    /** The page with the customer's data unmasked: recorded before. */
    @Transactional(readOnly = true)
    Page revealed(String number, SignedIn who, LetterWish letter, Texts t) {
        plans.keep();
        return Page.of(
                "complaint/complaint",
                page(number, who, new Wish(Integer.MAX_VALUE, EVENTS, Typed.NOTHING, List.of(), "", true, letter), t));
    }

    /** A form of the page by itself, with the choices that most who open the page do not need. */
    @Transactional(readOnly = true)
    ComplaintPage form(String number, SignedIn who, String deed, Texts t) {
        plans.keep();
        ComplaintPage page =
                page(number, who, Wish.PLAIN.again(new Typed(deed, Map.of(), FieldErrors.NONE), List.of()), t);
        if (!ASKED_FOR.contains(deed) || !page.can(deed)) {
            throw new NotFound("form " + deed);
        }
        return page;
    }

    /** The page with a form that could not be accepted. */
    Page invalid(String number, SignedIn who, Typed typed, Texts t) {
        return Page.invalid("complaint/complaint", page(number, who, Wish.PLAIN.again(typed, List.of()), t));
    }

    /** What a form makes of a complaint that its author saw in this version. */
    interface Deed {
        Complaint perform(ComplaintNumber number, @Nullable Integer version);
    }

    <F> Page perform(SentForm<F> sent, Typed typed, Function<F, Command> command) {
        return perform(
                sent,
                typed,
                (number, version) -> complaints.perform(
                        number, version, command.apply(sent.form()), sent.who().actor()));
    }

    Page perform(SentForm<?> sent, Typed typed, Deed deed) {
        Integer version = Given.number("version", typed.values().get("version"));
        if (version == null) {
            throw Given.unreadable("version");
        }
        return perform(sent.number(), version, sent.who(), typed, sent.t(), deed);
    }

    /** Adds something that does not depend on what its author saw. */
    Page add(
            String number,
            SignedIn who,
            Typed typed,
            Texts t,
            List<Attachment> attachments,
            Supplier<Command> command) {
        return perform(
                number,
                null,
                who,
                typed,
                t,
                (seen, version) ->
                        complaints.perform(seen, version, command.get(), who.actor(), files.used(attachments)));
    }

    private Page perform(String number, @Nullable Integer version, SignedIn who, Typed typed, Texts t, Deed deed) {
        Complaint seen = complaint(number, who);
        if (typed.errors().any()) {
            return invalid(number, who, typed, t);
        }
        try {
            Complaint after = deed.perform(seen.number(), version);
            // Who gave it to another department may not see it any more.
            String next = casePages.sees(who, after)
                    ? "/desk/complaints/" + after.number().digits() + "?done=" + typed.deed()
                    : "/desk/complaints";
            return Page.done(
                    next, "complaint.done." + typed.deed(), after.number().readable());
        } catch (Complaints.Changed changed) {
            Typed again = typed.wrong("", t.of(changed));
            return Page.of("complaint/complaint", page(number, who, Wish.PLAIN.again(again, changed.since()), t))
                    .status(HttpStatus.CONFLICT);
        } catch (Refused refused) {
            return invalid(number, who, typed.wrong("", t.of(refused)), t);
        }
    }

    private ComplaintPage page(String typedNumber, SignedIn who, Wish wish, Texts t) {
        Dossier dossier = complaints
                .dossier(number(typedNumber), wish.before(), wish.limit() + 1)
                .filter(found -> casePages.sees(who, found.complaint()))
                .orElseThrow(() -> new NotFound("complaint " + typedNumber));
        Complaint complaint = dossier.complaint();
        boolean hasOlder = dossier.events().size() > wish.limit();
        List<HistoryEvent> events = hasOlder ? dossier.events().subList(0, wish.limit()) : dossier.events();
        Function<Actor, String> names = names(complaint, events, wish.since(), dossier, t);
        // Not what holds today: the complaint is handled by what held when it came in.
        Pack pack = packs.get(complaint.pack(), complaint.packVersion());
        var terms = new Terms(pack, t.locale());
        var answers = ProductAnswers.of(complaint, pack);
        var timeline = new Timeline(terms, names, telling, t);
        boolean mayAct = DeskRoutes.mayAct(who);
        boolean isChosen = mayAct
                && (complaint.stage() == Stage.ACCEPT
                        || ASKED_FOR.contains(wish.typed().deed()));
        boolean isAssessed = isChosen
                && !wish.typed().is("transfer")
                && complaint.isOpen()
                && !complaint.isJoined()
                && complaint.erasedAt() == null;
        UUID handler = complaint.handler();
        Colleagues.Choice choice = isChosen ? colleagues.choice() : new Colleagues.Choice(List.of(), List.of());
        var customer = wish.reveal()
                ? CustomerCard.revealed(complaint)
                : CustomerCard.masked(complaint, answers, DeskRoutes.mayReveal(who), wish.typed());
        String owner = names.apply(Actor.staff(complaint.owner()));
        GuidanceCard guidance = guidance(dossier, pack, customer, owner, wish.letter(), who, t);
        Assessor.Suggestion suggestion = isAssessed ? assessor.suggest(complaint) : null;
        CasePages.Front front = casePages.front(dossier, who, t);
        return new ComplaintPage(
                complaint,
                terms,
                customer,
                answers.lines(wish.reveal(), t),
                owner,
                handler == null ? "" : names.apply(Actor.staff(handler)),
                complaint.owner().equals(who.id()),
                clockLines.of(dossier.clocks(), terms, t),
                mayAct ? ClockActs.of(clockChoices.of(complaint, dossier.clocks()), who, terms, t) : ClockActs.NONE,
                timeline.of(events),
                hasOlder ? events.getLast().sequence() : null,
                wish.before() == Integer.MAX_VALUE,
                files.of(complaint.id()).stream().map(Evidence::of).toList(),
                related(complaint, who, t),
                mayAct,
                suggestion,
                suggestion == null ? null : categoryChoices.words(complaint, events, suggestion, t),
                suggestion == null ? null : proposed(complaint, suggestion),
                options(choice.owners()),
                byDepartment(choice.handlers(), terms),
                links.url(complaint.number()),
                typed(wish, guidance.letters()),
                timeline.of(wish.since()),
                wish.done(),
                escalationCards.of(dossier, terms, who, t),
                rights(complaint, terms, t),
                guidance,
                customerTies.of(complaint, who),
                ties.of(complaint, t),
                front.head(),
                front.glances(),
                complaint.erasedAt() != null
                        ? List.of()
                        : originals.stream()
                                .flatMap(each -> each.of(complaint.id()).stream())
                                .toList());
    }

    /** Who should handle it, where that is asked for the first time. */
    private HandlerProposals.@Nullable Proposed proposed(Complaint complaint, Assessor.Suggestion suggestion) {
        String department = suggestion.department() == null ? complaint.department() : suggestion.department();
        if (complaint.stage() != Stage.ACCEPT
                || complaint.ownerConfirmedAt() == null
                || complaint.handler() != null
                || department == null) {
            return null;
        }
        return handlerProposals.propose(complaint, department).orElse(null);
    }

    /** What the law says of the answers of the form, on the day on which the complaint came in. */
    private List<FindingText> rights(Complaint complaint, Terms terms, Texts t) {
        if (complaint.erasedAt() != null) {
            return List.of();
        }
        var answers = new HashMap<String, String>();
        complaint.product().forEach((key, value) -> answers.put(key, Personal.text(value)));
        return FindingText.all(
                calculations.of(
                        terms.pack(),
                        complaint.category(),
                        answers,
                        LocalDate.ofInstant(complaint.receivedAt(), t.zone())),
                t);
    }

    private GuidanceCard guidance(
            Dossier dossier, Pack pack, CustomerCard customer, String owner, LetterWish letter, SignedIn who, Texts t) {
        Complaint complaint = dossier.complaint();
        var guidance = Guidance.of(pack, complaint.category());
        return new GuidanceCard(
                guidance,
                new StandardTexts(pack, t),
                who.roles(),
                letterCards.of(dossier, pack, guidance, customer, owner, letter, t),
                complaint.stage(),
                complaint.isOpen());
    }

    /** What stands in the forms: what was typed, else the letter that was asked for. */
    private static Typed typed(Wish wish, LetterCard letters) {
        String use = wish.letter().use();
        String field = LetterCard.FIELDS.get(use);
        return letters.chosen() == null || field == null || !wish.typed().deed().isEmpty()
                ? wish.typed()
                : new Typed(use, Map.of(field, letters.text()), FieldErrors.NONE);
    }

    private Function<Actor, String> names(
            Complaint complaint, List<HistoryEvent> events, List<HistoryEvent> since, Dossier dossier, Texts t) {
        var ids = new HashSet<UUID>(Timeline.people(events, telling));
        ids.addAll(Timeline.people(since, telling));
        ids.add(complaint.owner());
        if (complaint.handler() != null) {
            ids.add(complaint.handler());
        }
        ids.addAll(ClockLines.people(dossier.clocks()));
        Map<UUID, StaffMember> known = people.known(new ArrayList<>(ids));
        return actor -> People.doer(actor, known, t).name();
    }

    private List<WorklistRow> related(Complaint complaint, SignedIn who, Texts t) {
        List<Worklist.Row> found = worklist.samePhone(complaint, RELATED).stream()
                .filter(row -> Scoped.sees(who.reach(), row.department()))
                .toList();
        return rows.plain(found, who, t);
    }

    private static List<Option> options(List<StaffMember> members) {
        return members.stream()
                .map(member -> new Option(member.id().toString(), member.name()))
                .toList();
    }

    private static List<Terms.Group> byDepartment(List<StaffMember> members, Terms terms) {
        var groups = new LinkedHashMap<String, List<Option>>();
        for (Option department : terms.departments()) {
            groups.put(department.label(), new ArrayList<>());
        }
        for (StaffMember member : members) {
            groups.computeIfAbsent(terms.department(member.department()), label -> new ArrayList<>())
                    .add(new Option(member.id().toString(), member.name()));
        }
        return groups.entrySet().stream()
                .filter(group -> !group.getValue().isEmpty())
                .map(group -> new Terms.Group(group.getKey(), group.getValue()))
                .toList();
    }
}
