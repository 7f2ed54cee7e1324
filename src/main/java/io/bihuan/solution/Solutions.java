package io.bihuan.solution;

import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.complaint.ComplaintFiles;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Contact;
import io.bihuan.complaint.Stage;
import io.bihuan.correspondence.Correspondence;
import io.bihuan.correspondence.Saying;
import io.bihuan.identity.Reach;
import io.bihuan.identity.Staff;
import io.bihuan.investigation.Responsibilities;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Money;
import io.bihuan.platform.Refused;
import io.bihuan.privacy.Personal;
import io.bihuan.standard.Letter;
import io.bihuan.standard.Placeholder;
import io.bihuan.web.WaitingCount;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How complaints are solved: proposals, their approval, the customer's answer, and the measures carried out. */
@Component
public class Solutions {
    /** Approvals that wait and the viewer is not barred from. */
    public static final WaitingCount APPROVALS = WaitingCount.counting("""
            select count(*) from (select from solution.approval
                where decided_at is null and not (:viewer = any(barred)) limit 100) a
            """);

    /** Measures that wait for the viewer. */
    public static final WaitingCount MEASURES = WaitingCount.counting("""
            select count(*) from (select from solution.measure
                where person = :viewer and is_binding and settled_at is null limit 100) m
            """);

    private final SolutionRows rows;
    private final Complaints complaints;
    private final ComplaintFiles files;
    private final ProposalLinks links;
    private final Packs packs;
    private final Staff staff;
    private final Responsibilities responsibilities;
    private final Grants grants;
    private final Correspondence correspondence;
    private final InstantSource time;

    Solutions(
            SolutionRows rows,
            Complaints complaints,
            ComplaintFiles files,
            ProposalLinks links,
            Packs packs,
            Staff staff,
            Responsibilities responsibilities,
            Grants grants,
            Correspondence correspondence,
            InstantSource time) {
        this.rows = rows;
        this.complaints = complaints;
        this.files = files;
        this.links = links;
        this.packs = packs;
        this.staff = staff;
        this.responsibilities = responsibilities;
        this.grants = grants;
        this.correspondence = correspondence;
        this.time = time;
    }

    /** The same at another time: for cases that happened before they were recorded here. Has no transactions of its own. */
    public Solutions at(InstantSource otherTime) {
        return new Solutions(
                rows,
                complaints.at(otherTime),
                files,
                links,
                packs,
                staff,
                responsibilities,
                grants,
                correspondence.at(otherTime),
                otherTime);
    }

    // ---- what is done ----

    /**
     * Does it, if the rules allow it.
     *
     * @param actor somebody of the staff, or the customer
     * @return the complaint afterwards
     * @throws Refused with the reason when they do not
     */
    @Transactional
    public Complaint act(ComplaintNumber number, SolutionAction action, Actor actor) {
        Authority.Person who = person(actor);
        Complaint after = complaints.record(complaints.living(number), null, actor, (complaint, writes) -> {
            SolutionRows.Stored stored = rows.read(complaint.id());
            Proposals before = stored.proposals();
            List<SolutionEvent> decided = before.decide(action, who, caseOf(complaint));
            if (decided.isEmpty()) {
                return List.of();
            }
            Instant now = time.instant().truncatedTo(ChronoUnit.MICROS);
            Proposals next = before;
            var events = new ArrayList<ComplaintEvent.CaseEvent>();
            for (SolutionEvent event : decided) {
                next = next.after(event, now);
                events.add(event);
                files.used(attachments(event)).accept(complaint, writes);
                Proposal proposal = next.find(event.proposal()).orElseThrow();
                events.addAll(booked(complaint, proposal, event, actor));
            }
            rows.write(writes, complaint.id(), stored, next);
            return events;
        });
        if (action instanceof SolutionAction.Send send) {
            tell(after, of(after.id()).find(send.proposal()).orElseThrow(), send.way(), actor);
        }
        return after;
    }

    /** Writes to the customer, unless a colleague tells him; if nobody can be reached the link is passed on by hand. */
    private void tell(Complaint complaint, Proposal proposal, Contact way, Actor actor) {
        boolean isWritten =
                switch (way) {
                    case SMS, EMAIL, WECHAT, ONLINE -> true;
                    case PHONE, IN_PERSON, LETTER, DIALLED -> false;
                };
        if (isWritten) {
            correspondence.tellIfPossible(
                    complaint.number(),
                    Saying.letter(
                            Letter.Purpose.PROPOSAL,
                            proposal.id(),
                            Map.of(
                                    Placeholder.PROPOSAL_URL,
                                    links.url(complaint.number(), proposal.number()),
                                    Placeholder.MEASURES,
                                    proposal.measures().stream()
                                            .filter(measure -> !measure.internal())
                                            .map(measure -> Personal.text(measure.text()))
                                            .collect(Collectors.joining("\n")))),
                    actor);
        }
    }

    private static List<Attachment> attachments(SolutionEvent event) {
        return event instanceof SolutionEvent.MeasureDone done ? done.files() : List.of();
    }

    private List<? extends ComplaintEvent.CaseEvent> booked(
            Complaint complaint, Proposal proposal, SolutionEvent event, Actor actor) {
        return switch (event) {
            case SolutionEvent.ProposalSent e -> grants.sent(complaint, proposal, actor);
            case SolutionEvent.ProposalAnswered e ->
                e.answer() == Answer.ACCEPTED
                        ? grants.accepted(complaint, proposal, actor)
                        : grants.dropped(complaint, proposal, true, actor);
            case SolutionEvent.ProposalWithdrawn e -> grants.dropped(complaint, proposal, false, actor);
            case SolutionEvent.MeasureWaived e ->
                grants.waived(
                        complaint,
                        proposal,
                        proposal.work(e.measure()).orElseThrow().plan(),
                        Personal.text(e.reason()),
                        actor);
            case SolutionEvent.MeasureDone e ->
                grants.done(
                        complaint,
                        proposal,
                        proposal.work(e.measure()).orElseThrow().plan(),
                        Personal.text(e.proof()),
                        actor);
            case SolutionEvent.ProposalDrafted e -> List.of();
            case SolutionEvent.ProposalRewritten e -> List.of();
            case SolutionEvent.ApprovalAsked e -> List.of();
            case SolutionEvent.ProposalApproved e -> List.of();
            case SolutionEvent.ProposalSentBack e -> List.of();
            case SolutionEvent.ProposalQuestioned e -> List.of();
            case SolutionEvent.ProposalQuestionAnswered e -> List.of();
            case SolutionEvent.RejectionEscalated e -> List.of();
            case SolutionEvent.MeasureMoved e -> List.of();
        };
    }

    private Authority.@Nullable Person person(Actor actor) {
        return actor.kind() == Actor.Kind.STAFF
                ? staff.find(UUID.fromString(actor.id()))
                        .map(member -> new Authority.Person(member.id(), member.roles(), member.posts()))
                        .orElse(null)
                : null;
    }

    private Proposals.Case caseOf(Complaint complaint) {
        return new Proposals.Case(
                authority(complaint),
                complaint.stage() == Stage.VERIFY || complaint.stage() == Stage.HANDLE,
                complaint.stage() == Stage.HANDLE,
                responsibilities.of(complaint.id()).isPresent());
    }

    /** Who may decide on what in the complaint's category. */
    public Authority authority(Complaint complaint) {
        return Authority.of(pack(complaint), complaint.category());
    }

    private Pack pack(Complaint complaint) {
        return packs.get(complaint.pack(), complaint.packVersion());
    }

    // ---- the customer ----

    /**
     * What the customer says to a proposal; said twice the same way it is one answer.
     *
     * @param text needed when it is rejected
     * @param heard how the answer came
     */
    @Transactional
    public void answer(
            ComplaintNumber number, int proposal, Answer answer, @Nullable String text, Contact heard, Actor actor) {
        act(number, new SolutionAction.RecordAnswer(proposal, answer, text, heard), actor);
    }

    /** The customer wants to know something about a proposal before answering. */
    @Transactional
    public void ask(ComplaintNumber number, int proposal, String question, Actor actor) {
        act(number, new SolutionAction.Ask(proposal, question), actor);
    }

    /** What was put to the customer, the newest first, and nothing that is internal. */
    @Transactional(readOnly = true)
    public List<Offer> offers(Complaint complaint) {
        List<io.bihuan.pack.Texts.Body> routes = pack(complaint).texts().bodies();
        return of(complaint.id()).all().stream()
                .sorted(Comparator.comparingInt(Proposal::number).reversed())
                .flatMap(proposal -> offer(proposal, routes).stream())
                .toList();
    }

    /** One proposal as the customer may know it; empty when it was never sent. */
    @Transactional(readOnly = true)
    public Optional<Offer> offer(Complaint complaint, int proposal) {
        return of(complaint.id())
                .find(proposal)
                .flatMap(found -> offer(found, pack(complaint).texts().bodies()));
    }

    private static Optional<Offer> offer(Proposal proposal, List<io.bihuan.pack.Texts.Body> routes) {
        Instant sentAt = proposal.sentAt();
        Offer.State state =
                switch (proposal.state()) {
                    case SENT -> Offer.State.OPEN;
                    case ACCEPTED -> Offer.State.ACCEPTED;
                    case REJECTED -> Offer.State.REJECTED;
                    case WITHDRAWN -> Offer.State.WITHDRAWN;
                    case DRAFT, ASKED, SENT_BACK, APPROVED -> null;
                };
        if (sentAt == null || state == null) {
            return Optional.empty();
        }
        return Optional.of(new Offer(
                proposal.number(),
                state,
                Personal.text(proposal.text()),
                proposal.works().stream()
                        .filter(work -> !work.plan().internal())
                        .map(Solutions::offered)
                        .toList(),
                sentAt,
                proposal.answeredAt(),
                proposal.heard() == Contact.ONLINE ? Personal.valueOf(proposal.answer()) : null,
                proposal.questions().stream()
                        .map(question -> new Offer.Exchange(
                                question.at(), Personal.text(question.text()), Personal.valueOf(question.answer())))
                        .toList(),
                routes));
    }

    private static Offer.OfferedMeasure offered(PlannedWork work) {
        PlannedMeasure plan = work.plan();
        Long fen = plan.fen();
        return new Offer.OfferedMeasure(
                plan.number(),
                plan.kind(),
                Personal.text(plan.text()),
                fen == null ? null : Money.ofFen(fen),
                plan.dueAt(),
                work.state() == PlannedWork.State.DONE,
                work.state() == PlannedWork.State.WAIVED);
    }

    // ---- colleagues ----

    /** All proposals of a complaint, with all that is internal. */
    @Transactional(readOnly = true)
    public Proposals of(UUID complaintId) {
        return rows.read(complaintId).proposals();
    }

    /** Those of many complaints. */
    @Transactional(readOnly = true)
    public Map<UUID, Proposals> of(Collection<UUID> complaintIds) {
        return rows.read(complaintIds);
    }

    /** How long the complaint has waited for approvals, all together. */
    @Transactional(readOnly = true)
    public Duration approvalWaiting(UUID complaintId) {
        return of(complaintId).approvalWaiting(time.instant());
    }

    /** What waits for approval, what is due first first; after the last row of the page before. */
    @Transactional(readOnly = true)
    public List<OpenApproval> approvals(Reach reach, @Nullable Instant afterDue, @Nullable UUID afterId, int limit) {
        return rows.approvals(reach, afterDue, afterId, limit);
    }

    /**
     * Measures that are to be carried out, what is due first first; after the last row of the page before.
     *
     * @param person only those of this person; null: whosever
     * @param department only those of this department; null: whichever
     */
    @Transactional(readOnly = true)
    public List<OpenMeasure> measures(
            Reach reach,
            @Nullable UUID person,
            @Nullable String department,
            OpenMeasure.@Nullable Place after,
            int limit) {
        return rows.measures(reach, person, department, after, limit);
    }
}
