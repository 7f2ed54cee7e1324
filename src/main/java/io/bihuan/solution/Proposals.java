package io.bihuan.solution;

import io.bihuan.complaint.Contact;
import io.bihuan.complaint.Milestone;
import io.bihuan.complaint.Outcome;
import io.bihuan.platform.Refused;
import io.bihuan.privacy.Personal;
import io.bihuan.solution.SolutionEvent.ApprovalAsked;
import io.bihuan.solution.SolutionEvent.MeasureDone;
import io.bihuan.solution.SolutionEvent.MeasureMoved;
import io.bihuan.solution.SolutionEvent.MeasureWaived;
import io.bihuan.solution.SolutionEvent.ProposalAnswered;
import io.bihuan.solution.SolutionEvent.ProposalApproved;
import io.bihuan.solution.SolutionEvent.ProposalDrafted;
import io.bihuan.solution.SolutionEvent.ProposalQuestionAnswered;
import io.bihuan.solution.SolutionEvent.ProposalQuestioned;
import io.bihuan.solution.SolutionEvent.ProposalRewritten;
import io.bihuan.solution.SolutionEvent.ProposalSent;
import io.bihuan.solution.SolutionEvent.ProposalSentBack;
import io.bihuan.solution.SolutionEvent.ProposalWithdrawn;
import io.bihuan.solution.SolutionEvent.RejectionEscalated;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The proposals of one complaint: what its history adds up to. {@link #decide} holds the rules, {@link #after} the consequence of each
 * event; neither knows a database.
 */
public record Proposals(List<Proposal> all) {
    public static final Proposals NONE = new Proposals(List.of());
    /** More would be a way to lose an overview, and to find one's way around a limit. */
    static final int MOST_MEASURES = 20;

    /**
     * What the rules must know of the complaint.
     *
     * @param mayPropose whether its facts are being found or it is being handled
     * @param maySend whether its facts were found
     * @param isResponsibilityDecided without it nothing is paid, but for goodwill
     */
    public record Case(Authority authority, boolean mayPropose, boolean maySend, boolean isResponsibilityDecided) {}

    public Proposals {
        all = List.copyOf(all);
    }

    public Optional<Proposal> find(int number) {
        return number >= 1 && number <= all.size() ? Optional.of(all.get(number - 1)) : Optional.empty();
    }

    /** The one that is being worked on: written, approved, or with the customer. */
    public Optional<Proposal> current() {
        return all.stream()
                .filter(each -> !each.state().isOver() && each.state() != ProposalState.ACCEPTED)
                .findFirst();
    }

    public Optional<Proposal> last() {
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    /** How long proposals waited for approval, all together. */
    public Duration approvalWaiting(Instant now) {
        return all.stream().map(each -> each.waited(now)).reduce(Duration.ZERO, Duration::plus);
    }

    /** Why the complaint can not be solved or, with {@code isArchiving}, archived yet; empty when it can. */
    public Optional<Refused> hindrance(boolean isArchiving) {
        return all.stream()
                .flatMap(each -> hindrance(each, isArchiving).stream())
                .findFirst();
    }

    private static Optional<Refused> hindrance(Proposal proposal, boolean isArchiving) {
        String key =
                switch (proposal.state()) {
                    // A customer who takes the complaint back leaves drafts behind, which nobody was promised.
                    case DRAFT, SENT_BACK -> isArchiving ? null : "solution.refused.open.draft";
                    case ASKED -> "solution.refused.open.approval";
                    case SENT -> "solution.refused.open.answer";
                    case APPROVED, ACCEPTED -> proposal.open() > 0 ? "solution.refused.open.measures" : null;
                    case REJECTED, WITHDRAWN -> null;
                };
        return key == null ? Optional.empty() : Optional.of(new Refused(key, proposal.number(), proposal.open()));
    }

    /**
     * What the action makes happen; throws {@link Refused} with the reason when it is not allowed now.
     *
     * @param who of the staff; null: the customer
     */
    public List<SolutionEvent> decide(SolutionAction action, Authority.@Nullable Person who, Case of) {
        return switch (action) {
            case SolutionAction.Draft a -> {
                require(of.mayPropose(), "solution.refused.stage");
                require(
                        current().isEmpty(),
                        "solution.refused.unfinished",
                        last().map(Proposal::number).orElse(0));
                Authority.Person author = staff(who);
                SolutionAction.Content content = checked(a.content());
                yield List.of(new ProposalDrafted(
                        all.size() + 1,
                        a.id(),
                        author.id(),
                        content.outcome(),
                        Personal.of(content.text().strip()),
                        Personal.ofNullable(content.grounds()),
                        content.measures(),
                        of.authority().approvers(author, content.measures())));
            }
            case SolutionAction.Rewrite a -> {
                Proposal proposal = proposal(a.proposal());
                require(of.mayPropose(), "solution.refused.stage");
                require(proposal.state().isWritable(), "solution.refused.fixed", proposal.state());
                if (proposal.revision() != a.revision()) {
                    throw new Rewritten();
                }
                require(proposal.works().stream().allMatch(PlannedWork::isOpen), "solution.refused.begun");
                Authority.Person author = staff(who);
                SolutionAction.Content content = checked(a.content());
                yield List.of(new ProposalRewritten(
                        proposal.number(),
                        author.id(),
                        content.outcome(),
                        Personal.of(content.text().strip()),
                        Personal.ofNullable(content.grounds()),
                        content.measures(),
                        of.authority().approvers(author, content.measures())));
            }
            case SolutionAction.AskApproval a -> {
                Proposal proposal = proposal(a.proposal());
                require(proposal.state() == ProposalState.DRAFT, "solution.refused.asked", proposal.state());
                require(of.mayPropose(), "solution.refused.stage");
                responsible(proposal, of);
                yield List.of(new ApprovalAsked(proposal.number(), staff(who).id(), Math.max(1, proposal.approvers())));
            }
            case SolutionAction.Approve a -> {
                Proposal proposal = proposal(a.proposal());
                Authority.Person approver = deciding(proposal, who, of);
                require(proposal.revision() == a.revision(), "solution.refused.rewritten");
                require(!proposal.approvedBy().contains(approver.id()), "solution.refused.twice");
                yield List.of(new ProposalApproved(
                        proposal.number(),
                        approver.id(),
                        Personal.ofNullable(a.note()),
                        proposal.approvedBy().size() + 1 >= proposal.approvers()));
            }
            case SolutionAction.SendBack a -> {
                Proposal proposal = proposal(a.proposal());
                Authority.Person approver = deciding(proposal, who, of);
                yield List.of(new ProposalSentBack(
                        proposal.number(), approver.id(), needed(a.reason(), "solution.refused.reason")));
            }
            case SolutionAction.Send a -> {
                Proposal proposal = proposal(a.proposal());
                staff(who);
                require(a.way().isTelling(), "solution.refused.way");
                require(
                        proposal.state() == ProposalState.APPROVED || proposal.state() == ProposalState.DRAFT,
                        "solution.refused.unsendable",
                        proposal.state());
                require(proposal.isReleased(), "solution.refused.unapproved");
                require(of.maySend(), "solution.refused.unverified");
                responsible(proposal, of);
                yield List.of(new ProposalSent(proposal.number(), a.way()));
            }
            case SolutionAction.RecordAnswer a -> answer(a, who != null);
            case SolutionAction.Ask a -> {
                Proposal proposal = proposal(a.proposal());
                require(proposal.state() == ProposalState.SENT, "solution.refused.notOpen");
                require(proposal.questions().size() < MOST_MEASURES, "solution.refused.questions", MOST_MEASURES);
                yield List.of(
                        new ProposalQuestioned(proposal.number(), needed(a.question(), "solution.refused.question")));
            }
            case SolutionAction.Reply a -> {
                Proposal proposal = proposal(a.proposal());
                staff(who);
                require(
                        a.question() >= 1
                                && a.question() <= proposal.questions().size(),
                        "solution.refused.noQuestion");
                require(proposal.questions().get(a.question() - 1).answer() == null, "solution.refused.replied");
                yield List.of(new ProposalQuestionAnswered(
                        proposal.number(), a.question(), needed(a.text(), "solution.refused.reply")));
            }
            case SolutionAction.Withdraw a -> withdraw(proposal(a.proposal()), staff(who), a.reason());
            case SolutionAction.EscalateRejection a -> {
                Proposal proposal = proposal(a.proposal());
                Authority.Person by = staff(who);
                require(proposal.state() == ProposalState.REJECTED, "solution.refused.notRejected");
                require(proposal.higher() == null, "solution.refused.escalated");
                require(!a.to().equals(by.id()), "solution.refused.toOneself");
                yield List.of(new RejectionEscalated(
                        proposal.number(), by.id(), a.to(), needed(a.reason(), "solution.refused.reason")));
            }
            case SolutionAction.Move a -> {
                PlannedWork work = open(a.proposal(), a.measure());
                staff(who);
                yield List.of(new MeasureMoved(
                        a.proposal(),
                        work.plan().number(),
                        a.department(),
                        a.person(),
                        a.dueAt(),
                        needed(a.reason(), "solution.refused.reason")));
            }
            case SolutionAction.Finish a -> {
                PlannedWork work = open(a.proposal(), a.measure());
                Authority.Person by = staff(who);
                // What is paid is paid by a decision, and after the customer has agreed to it.
                if (work.plan().isPaid()) {
                    require(proposal(a.proposal()).state() == ProposalState.ACCEPTED, "solution.refused.unanswered");
                }
                require(!a.proof().isBlank() || !a.files().isEmpty(), "solution.refused.proof");
                yield List.of(new MeasureDone(
                        a.proposal(),
                        work.plan().number(),
                        by.id(),
                        Personal.of(a.proof().strip()),
                        a.files()));
            }
            case SolutionAction.Waive a -> {
                PlannedWork work = open(a.proposal(), a.measure());
                Authority.Person by = staff(who);
                require(by.mayWaive(), "solution.refused.waiver");
                require(!by.id().equals(work.plan().person()), "solution.refused.ownMeasure");
                yield List.of(new MeasureWaived(
                        a.proposal(), work.plan().number(), by.id(), needed(a.reason(), "solution.refused.reason")));
            }
        };
    }

    private List<SolutionEvent> answer(SolutionAction.RecordAnswer a, boolean isByStaff) {
        Proposal proposal = proposal(a.proposal());
        // What came in by the customer's own page is in the customer's own words, and shown again as such.
        require(!isByStaff || a.heard() != Contact.ONLINE, "solution.refused.heard");
        require(a.heard().isTelling(), "solution.refused.way");
        // A form that is sent twice is one answer.
        if (proposal.state() == (a.answer() == Answer.ACCEPTED ? ProposalState.ACCEPTED : ProposalState.REJECTED)) {
            return List.of();
        }
        require(proposal.state() == ProposalState.SENT, "solution.refused.notOpen");
        return List.of(new ProposalAnswered(
                proposal.number(),
                a.answer(),
                a.answer() == Answer.REJECTED
                        ? needed(a.text(), "solution.refused.rejection")
                        : Personal.ofNullable(a.text()),
                a.heard()));
    }

    private static List<SolutionEvent> withdraw(Proposal proposal, Authority.Person by, String reason) {
        Milestone ended =
                switch (proposal.state()) {
                    case DRAFT, SENT_BACK, APPROVED -> null;
                    case ASKED -> Milestone.APPROVAL_DECIDED;
                    case SENT -> Milestone.PROPOSAL_ANSWERED;
                    case ACCEPTED, REJECTED, WITHDRAWN ->
                        throw new Refused("solution.refused.withdrawal", proposal.state());
                };
        return List.of(
                new ProposalWithdrawn(proposal.number(), by.id(), needed(reason, "solution.refused.reason"), ended));
    }

    private static Authority.Person deciding(Proposal proposal, Authority.@Nullable Person who, Case of) {
        Authority.Person approver = staff(who);
        require(proposal.state() == ProposalState.ASKED, "solution.refused.notAsked");
        require(
                !proposal.authors().contains(approver.id()) && !proposal.isAskedBy(approver.id()),
                "solution.refused.own");
        require(of.authority().covers(approver, proposal.measures()), "solution.refused.authority");
        return approver;
    }

    private static void responsible(Proposal proposal, Case of) {
        require(
                of.isResponsibilityDecided()
                        || proposal.measures().stream().noneMatch(measure -> measure.isPaid() && !measure.isGoodwill()),
                "solution.refused.responsibility");
    }

    private static SolutionAction.Content checked(SolutionAction.Content content) {
        require(!content.text().isBlank(), "solution.refused.text");
        require(!content.measures().isEmpty(), "solution.refused.noMeasure");
        require(content.measures().size() <= MOST_MEASURES, "solution.refused.measures", MOST_MEASURES);
        for (PlannedMeasure measure : content.measures()) {
            require(!Personal.text(measure.text()).isBlank(), "solution.refused.measureText", measure.number());
            require(
                    measure.item() != null || !PlannedMeasure.needsItem(measure.kind()),
                    "solution.refused.item",
                    measure.number());
            Long fen = measure.fen();
            require(
                    !PlannedMeasure.needsAmount(measure.kind()) || (fen != null && fen > 0),
                    "solution.refused.amount",
                    measure.number());
        }
        return content;
    }

    private PlannedWork open(int proposal, int measure) {
        Proposal of = proposal(proposal);
        require(of.state().isBinding(), "solution.refused.notBinding");
        PlannedWork work = of.work(measure).orElseThrow(() -> new Refused("solution.refused.unknown"));
        require(work.isOpen(), "solution.refused.settled");
        return work;
    }

    private Proposal proposal(int number) {
        return find(number).orElseThrow(() -> new Refused("solution.refused.unknown"));
    }

    private static Authority.Person staff(Authority.@Nullable Person who) {
        if (who == null) {
            throw new Refused("solution.refused.staff");
        }
        return who;
    }

    private static Personal needed(@Nullable String text, String key) {
        if (text == null || text.isBlank()) {
            throw new Refused(key);
        }
        return Personal.of(text.strip());
    }

    private static void require(boolean isTrue, String key, Object... arguments) {
        if (!isTrue) {
            throw new Refused(key, arguments);
        }
    }

    // ---- consequences ----

    /** The state after an event that happened then. */
    public Proposals after(SolutionEvent event, Instant at) {
        return switch (event) {
            case ProposalDrafted e -> {
                var next = new ArrayList<>(all);
                next.add(new Writing(e.by(), e.outcome(), e.text(), e.grounds(), e.measures(), e.approvers())
                        .first(e.id(), e.proposal()));
                yield new Proposals(next);
            }
            case ProposalRewritten e ->
                changed(
                        e.proposal(),
                        new Writing(e.by(), e.outcome(), e.text(), e.grounds(), e.measures(), e.approvers())::again);
            case ApprovalAsked e ->
                changed(e.proposal(), old -> {
                    var next = new Edit(old);
                    next.state = ProposalState.ASKED;
                    next.approvers = e.approvers();
                    next.approvedBy = List.of();
                    next.rounds = plus(old.rounds(), new Proposal.Round(at, e.by(), null));
                    return next.done();
                });
            case ProposalApproved e ->
                changed(e.proposal(), old -> {
                    var next = new Edit(old);
                    next.approvedBy = plus(old.approvedBy(), e.by());
                    if (e.last()) {
                        next.state = ProposalState.APPROVED;
                        next.rounds = closed(old.rounds(), at);
                    }
                    return next.done();
                });
            case ProposalSentBack e ->
                changed(e.proposal(), old -> {
                    var next = new Edit(old);
                    next.state = ProposalState.SENT_BACK;
                    next.approvedBy = List.of();
                    next.returned = e.reason();
                    next.rounds = closed(old.rounds(), at);
                    return next.done();
                });
            case ProposalSent e ->
                changed(e.proposal(), old -> {
                    var next = new Edit(old);
                    next.state = ProposalState.SENT;
                    next.sentAt = at;
                    return next.done();
                });
            case ProposalAnswered e ->
                changed(e.proposal(), old -> {
                    var next = new Edit(old);
                    next.state = e.answer() == Answer.ACCEPTED ? ProposalState.ACCEPTED : ProposalState.REJECTED;
                    next.answeredAt = at;
                    next.answer = e.text();
                    next.heard = e.heard();
                    return next.done();
                });
            case ProposalQuestioned e ->
                changed(e.proposal(), old -> {
                    var next = new Edit(old);
                    next.questions = plus(old.questions(), new Proposal.Question(at, e.question(), null));
                    return next.done();
                });
            case ProposalQuestionAnswered e ->
                changed(e.proposal(), old -> {
                    var next = new Edit(old);
                    var questions = new ArrayList<>(old.questions());
                    Proposal.Question asked = questions.get(e.question() - 1);
                    questions.set(e.question() - 1, new Proposal.Question(asked.at(), asked.text(), e.text()));
                    next.questions = questions;
                    return next.done();
                });
            case ProposalWithdrawn e ->
                changed(e.proposal(), old -> {
                    var next = new Edit(old);
                    next.state = ProposalState.WITHDRAWN;
                    next.rounds = closed(old.rounds(), at);
                    return next.done();
                });
            case RejectionEscalated e ->
                changed(e.proposal(), old -> {
                    var next = new Edit(old);
                    next.higher = e.to();
                    return next.done();
                });
            case MeasureMoved e ->
                work(
                        e.proposal(),
                        e.measure(),
                        old -> old.moved(old.plan().moved(e.department(), e.person(), e.dueAt())));
            case MeasureDone e ->
                work(
                        e.proposal(),
                        e.measure(),
                        old -> new PlannedWork(old.plan(), PlannedWork.State.DONE, at, e.by(), e.proof(), e.files()));
            case MeasureWaived e ->
                work(
                        e.proposal(),
                        e.measure(),
                        old -> new PlannedWork(
                                old.plan(), PlannedWork.State.WAIVED, at, e.by(), e.reason(), List.of()));
        };
    }

    private Proposals changed(int number, UnaryOperator<Proposal> change) {
        var next = new ArrayList<>(all);
        next.set(number - 1, change.apply(next.get(number - 1)));
        return new Proposals(next);
    }

    private Proposals work(int number, int measure, UnaryOperator<PlannedWork> change) {
        return changed(number, old -> {
            var next = new Edit(old);
            next.works = old.works().stream()
                    .map(work -> work.plan().number() == measure ? change.apply(work) : work)
                    .toList();
            return next.done();
        });
    }

    private static <T> List<T> plus(List<T> list, T one) {
        var longer = new ArrayList<>(list);
        longer.add(one);
        return longer;
    }

    private static List<Proposal.Round> closed(List<Proposal.Round> rounds, Instant at) {
        return rounds.stream()
                .map(round -> round.decidedAt() == null ? new Proposal.Round(round.askedAt(), round.by(), at) : round)
                .toList();
    }

    /** What somebody wrote. */
    private record Writing(
            UUID by,
            Outcome outcome,
            Personal text,
            @Nullable Personal grounds,
            List<PlannedMeasure> measures,
            int approvers) {
        Proposal first(UUID id, int number) {
            return new Proposal(
                    id,
                    number,
                    ProposalState.DRAFT,
                    1,
                    by,
                    Set.of(by),
                    outcome,
                    text,
                    grounds,
                    measures.stream().map(PlannedWork::open).toList(),
                    approvers,
                    List.of(),
                    List.of(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    List.of());
        }

        /** What was approved was another text: it is a draft again. */
        Proposal again(Proposal old) {
            var authors = new HashSet<>(old.authors());
            authors.add(by);
            return new Proposal(
                    old.id(),
                    old.number(),
                    ProposalState.DRAFT,
                    old.revision() + 1,
                    by,
                    authors,
                    outcome,
                    text,
                    grounds,
                    measures.stream().map(PlannedWork::open).toList(),
                    approvers,
                    List.of(),
                    old.rounds(),
                    old.returned(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    old.questions());
        }
    }

    /** A proposal whose parts are being changed. */
    private static final class Edit {
        private final Proposal old;
        private ProposalState state;
        private List<PlannedWork> works;
        private int approvers;
        private List<UUID> approvedBy;
        private List<Proposal.Round> rounds;
        private @Nullable Personal returned;
        private @Nullable Instant sentAt;
        private @Nullable Instant answeredAt;
        private @Nullable Personal answer;
        private @Nullable Contact heard;
        private @Nullable UUID higher;
        private List<Proposal.Question> questions;

        Edit(Proposal old) {
            this.old = Objects.requireNonNull(old);
            this.state = old.state();
            this.works = old.works();
            this.approvers = old.approvers();
            this.approvedBy = old.approvedBy();
            this.rounds = old.rounds();
            this.returned = old.returned();
            this.sentAt = old.sentAt();
            this.answeredAt = old.answeredAt();
            this.answer = old.answer();
            this.heard = old.heard();
            this.higher = old.higher();
            this.questions = old.questions();
        }

        Proposal done() {
            return new Proposal(
                    old.id(),
                    old.number(),
                    state,
                    old.revision(),
                    old.author(),
                    old.authors(),
                    old.outcome(),
                    old.text(),
                    old.grounds(),
                    works,
                    approvers,
                    approvedBy,
                    rounds,
                    returned,
                    sentAt,
                    answeredAt,
                    answer,
                    heard,
                    higher,
                    questions);
        }
    }
}
