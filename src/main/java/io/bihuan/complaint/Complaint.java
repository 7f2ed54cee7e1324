package io.bihuan.complaint;

import io.bihuan.complaint.ComplaintEvent.Acknowledged;
import io.bihuan.complaint.ComplaintEvent.Archived;
import io.bihuan.complaint.ComplaintEvent.ArrivedClosed;
import io.bihuan.complaint.ComplaintEvent.Assessed;
import io.bihuan.complaint.ComplaintEvent.AuthorityAnswered;
import io.bihuan.complaint.ComplaintEvent.ClockExtended;
import io.bihuan.complaint.ComplaintEvent.ClockReplaced;
import io.bihuan.complaint.ComplaintEvent.ClockWarned;
import io.bihuan.complaint.ComplaintEvent.ClocksPaused;
import io.bihuan.complaint.ComplaintEvent.ClocksResumed;
import io.bihuan.complaint.ComplaintEvent.ClosedUnreached;
import io.bihuan.complaint.ComplaintEvent.ConfirmationAttempted;
import io.bihuan.complaint.ComplaintEvent.Confirmed;
import io.bihuan.complaint.ComplaintEvent.CustomerAsked;
import io.bihuan.complaint.ComplaintEvent.DeadlineCorrected;
import io.bihuan.complaint.ComplaintEvent.Erased;
import io.bihuan.complaint.ComplaintEvent.Escalated;
import io.bihuan.complaint.ComplaintEvent.EscalationAcknowledged;
import io.bihuan.complaint.ComplaintEvent.FactsAdded;
import io.bihuan.complaint.ComplaintEvent.InformationAdded;
import io.bihuan.complaint.ComplaintEvent.Joined;
import io.bihuan.complaint.ComplaintEvent.JoinedBy;
import io.bihuan.complaint.ComplaintEvent.KindConverted;
import io.bihuan.complaint.ComplaintEvent.Linked;
import io.bihuan.complaint.ComplaintEvent.Noted;
import io.bihuan.complaint.ComplaintEvent.OwnershipConfirmed;
import io.bihuan.complaint.ComplaintEvent.OwnershipTransferred;
import io.bihuan.complaint.ComplaintEvent.Registered;
import io.bihuan.complaint.ComplaintEvent.Reopened;
import io.bihuan.complaint.ComplaintEvent.ResultDelivered;
import io.bihuan.complaint.ComplaintEvent.ResultRefused;
import io.bihuan.complaint.ComplaintEvent.ResultTold;
import io.bihuan.complaint.ComplaintEvent.Returned;
import io.bihuan.complaint.ComplaintEvent.Separated;
import io.bihuan.complaint.ComplaintEvent.SeparatedFrom;
import io.bihuan.complaint.ComplaintEvent.SeverityRaised;
import io.bihuan.complaint.ComplaintEvent.Solved;
import io.bihuan.complaint.ComplaintEvent.TaskDone;
import io.bihuan.complaint.ComplaintEvent.TaskOpened;
import io.bihuan.complaint.ComplaintEvent.Unlinked;
import io.bihuan.complaint.ComplaintEvent.Verified;
import io.bihuan.complaint.ComplaintEvent.Withdrawn;
import io.bihuan.complaint.ComplaintEvent.WorkResumed;
import io.bihuan.pack.CaseFacts;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Refused;
import io.bihuan.privacy.Personal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The state of one complaint: what its history adds up to. {@link #decide} holds the rules, {@link #after} the consequence of each
 * event; neither knows a database.
 *
 * @param version sequence number of the last event
 * @param factors of the last assessment that stated them; null before
 * @param standing the reasons, beside waiting for the customer, for which pausable clocks stand still
 * @param escalations how far its open clocks have escalated, by name
 * @param tasks those that are open
 * @param joinedTo the complaint in which it goes on since {@code joinedAt}, if it was joined
 * @param joined the complaints that go on in this one, and by how many customers each of them made it larger
 * @param links to others that are handled on their own
 * @param runningClocks due time of every running clock by name; a paused one is not in it
 */
public record Complaint(
        UUID id,
        ComplaintNumber number,
        int version,
        String businessLine,
        String pack,
        int packVersion,
        Channel channel,
        Kind kind,
        Stage stage,
        Severity severity,
        Priority priority,
        @Nullable String category,
        int customersAffected,
        @Nullable Personal title,
        Personal content,
        Customer customer,
        Map<String, Personal> product,
        @Nullable String remedySought,
        @Nullable String origin,
        @Nullable String externalNumber,
        @Nullable Instant occurredAt,
        Instant receivedAt,
        Instant registeredAt,
        UUID owner,
        @Nullable Instant ownerConfirmedAt,
        @Nullable String department,
        @Nullable UUID handler,
        @Nullable Factors factors,
        Map<String, Instant> runningClocks,
        @Nullable Instant waitingSince,
        Set<String> standing,
        Map<String, Escalation> escalations,
        Set<UUID> tasks,
        @Nullable Finding finding,
        @Nullable Outcome outcome,
        @Nullable Instant toldAt,
        @Nullable Confirmation confirmation,
        int confirmationAttempts,
        @Nullable Instant archivedAt,
        @Nullable Instant erasedAt,
        @Nullable ComplaintNumber joinedTo,
        @Nullable Instant joinedAt,
        Map<ComplaintNumber, Integer> joined,
        Map<ComplaintNumber, LinkKind> links,
        Instant updatedAt) {
    /** Recorded attempts after which a told result may be closed without the customer's answer. */
    public static final int ATTEMPTS_TO_CLOSE = 3;

    /** The earliest promise still open, or null. */
    public @Nullable Instant dueAt() {
        return runningClocks.values().stream().min(Instant::compareTo).orElse(null);
    }

    /** The name of the clock that is due next, or null. */
    public @Nullable String dueClock() {
        return runningClocks.entrySet().stream()
                .min(Map.Entry.<String, Instant>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    /** Everybody who was told of an escalation that nobody has acknowledged, in a fixed order. */
    public List<UUID> escalatedTo() {
        return escalations.values().stream()
                .filter(escalation -> !escalation.knownToSomebody())
                .flatMap(escalation -> escalation.told().stream())
                .distinct()
                .sorted()
                .toList();
    }

    public boolean isOpen() {
        return archivedAt == null;
    }

    /** Whether it goes on in another one; until it is separated nothing else can be done with it. */
    public boolean isJoined() {
        return joinedTo != null;
    }

    /** The earlier complaint that it repeats, or null; when there are several the newest. */
    public @Nullable ComplaintNumber repeatOf() {
        return links.entrySet().stream()
                .filter(link -> link.getValue() == LinkKind.REPEAT)
                .map(Map.Entry::getKey)
                .max(Comparator.comparing(ComplaintNumber::digits))
                .orElse(null);
    }

    /** Whether somebody else's complaint goes on in this one. */
    public boolean isSharedWithOthers() {
        return joined.values().stream().anyMatch(customers -> customers > 0);
    }

    public boolean isWaiting() {
        return waitingSince != null;
    }

    /** The reasons for which pausable clocks stand still now. */
    public Set<String> pausedFor() {
        if (!isWaiting()) {
            return standing;
        }
        var reasons = new HashSet<>(standing);
        reasons.add(ComplaintClocks.WAITING);
        return reasons;
    }

    /** Whether what a milestone stands for has happened, as far as its work has come since it was last opened. */
    boolean hasPassed(String milestone) {
        return switch (Milestone.valueOf(milestone)) {
            case REGISTERED, ACKNOWLEDGED -> true;
            case OWNERSHIP_CONFIRMED -> ownerConfirmedAt != null;
            case ASSESSED -> stage != Stage.ACCEPT;
            case VERIFIED -> finding != null;
            case SOLVED -> outcome != null;
            case RESULT_TOLD -> toldAt != null;
            case CONFIRMED -> confirmation != null;
            case FACTS_ADDED,
                    AUTHORITY_ANSWERED,
                    TEAM_CALLED,
                    TEAM_STARTED,
                    TEAM_PLANNED,
                    APPROVAL_ASKED,
                    APPROVAL_DECIDED,
                    PROPOSED,
                    PROPOSAL_ANSWERED,
                    FIRST_PROGRESS_TOLD,
                    SECOND_PROGRESS_TOLD,
                    THIRD_PROGRESS_TOLD -> false;
        };
    }

    /** For whom a calendar may stand in while a complaint is handled by this department. */
    public static List<String> calendarKeys(@Nullable String department, Channel channel) {
        return ComplaintClocks.keys(department, channel.name());
    }

    /** What conditions of its pack are told of it; answers that were erased are not known. */
    public CaseFacts facts(Pack pack) {
        var answers = new HashMap<String, String>();
        product.forEach((key, answer) -> {
            String value = Personal.valueOf(answer);
            if (value != null) {
                answers.put(key, value);
            }
        });
        return new CaseFacts(pack, kind, channel.name(), category, severity, customersAffected, answers);
    }

    /** What the command makes happen; throws {@link Refused} with the reason when it is not allowed now. */
    List<ComplaintEvent> decide(Command command) {
        if (erasedAt != null) {
            throw new Refused("complaint.refused.erased");
        }
        if (!isOpen() && !allowedWhenArchived(command)) {
            throw new Refused("complaint.refused.archived");
        }
        if (joinedTo != null && !allowedWhenJoined(command)) {
            throw new Refused("complaint.refused.joined", joinedTo.readable());
        }
        return switch (command) {
            case Command.ConfirmOwnership c -> confirmOwnership(c);
            case Command.TransferOwnership c -> {
                require(!c.owner().equals(owner), "complaint.refused.same-owner");
                yield List.of(
                        new OwnershipTransferred(owner, c.owner(), needed(c.reason(), "complaint.refused.reason")));
            }
            case Command.Assess c -> assess(c);
            case Command.Verify c -> {
                at(Stage.VERIFY);
                yield List.of(new Verified(c.finding(), needed(c.account(), "complaint.refused.account")));
            }
            case Command.Solve c -> {
                at(Stage.HANDLE);
                Personal routes = Personal.ofNullable(c.routes());
                require(c.outcome() != Outcome.REJECTED || routes != null, "complaint.refused.routes");
                yield List.of(new Solved(c.outcome(), needed(c.measures(), "complaint.refused.measures"), routes));
            }
            case Command.TellResult c -> {
                at(Stage.FEEDBACK);
                telling(c.way());
                yield List.of(new ResultTold(c.way(), needed(c.text(), "complaint.refused.result-text")));
            }
            case Command.Confirm c -> {
                told();
                yield List.of(new Confirmed(Personal.ofNullable(c.comment()), c.rating(), c.through()));
            }
            case Command.RefuseResult c -> {
                told();
                yield List.of(new ResultRefused(needed(c.reason(), "complaint.refused.reason"), c.through()));
            }
            case Command.RecordAttempt c -> {
                told();
                yield List.of(new ConfirmationAttempted(c.way(), needed(c.note(), "complaint.refused.note")));
            }
            case Command.CloseUnreached c -> {
                told();
                require(
                        confirmationAttempts >= ATTEMPTS_TO_CLOSE,
                        "complaint.refused.attempts",
                        confirmationAttempts,
                        ATTEMPTS_TO_CLOSE);
                yield List.of(new ClosedUnreached(needed(c.reason(), "complaint.refused.reason")));
            }
            case Command.Archive c -> {
                at(Stage.ARCHIVE);
                yield List.of(new Archived(Personal.ofNullable(c.cause())));
            }
            case Command.Return c -> {
                require(stage == Stage.VERIFY || stage == Stage.HANDLE, "complaint.refused.stage", stage);
                yield List.of(new Returned(
                        stage == Stage.VERIFY ? Stage.ACCEPT : Stage.VERIFY,
                        needed(c.reason(), "complaint.refused.reason")));
            }
            case Command.Withdraw c -> {
                require(
                        stage == Stage.ACCEPT || stage == Stage.VERIFY || stage == Stage.HANDLE,
                        "complaint.refused.stage",
                        stage);
                // It is not his alone to take back.
                require(!isSharedWithOthers(), "complaint.refused.shared");
                yield List.of(new Withdrawn(needed(c.reason(), "complaint.refused.reason")));
            }
            case Command.Reopen c -> {
                at(Stage.ARCHIVE);
                yield List.of(new Reopened(needed(c.reason(), "complaint.refused.reason")));
            }
            case Command.AddInformation c ->
                List.of(new InformationAdded(textOrFiles(c.text(), c.attachments()), c.attachments(), c.through()));
            case Command.Note c ->
                List.of(new Noted(
                        textOrFiles(c.text(), c.attachments()),
                        c.attachments(),
                        c.mentions().isEmpty() ? null : c.mentions()));
            case Command.AskCustomer c -> {
                require(!isWaiting(), "complaint.refused.waiting");
                require(stage != Stage.ARCHIVE && stage != Stage.FEEDBACK, "complaint.refused.stage", stage);
                yield List.of(new CustomerAsked(needed(c.question(), "complaint.refused.question")));
            }
            case Command.ResumeWork c -> {
                require(isWaiting(), "complaint.refused.not-waiting");
                yield List.of(new WorkResumed(needed(c.reason(), "complaint.refused.reason")));
            }
            case Command.Acknowledge c -> List.of(new Acknowledged(c.way()));
            case Command.RecordDelivery c -> {
                require(toldAt != null, "complaint.refused.untold");
                telling(c.way());
                yield List.of(new ResultDelivered(c.way()));
            }
            case Command.PauseClocks c -> {
                require(!standing.contains(c.reason()), "complaint.refused.paused-already");
                telling(c.told());
                yield List.of(new ClocksPaused(c.reason(), needed(c.note(), "complaint.refused.reason"), c.told()));
            }
            case Command.ResumeClocks c -> {
                require(standing.contains(c.reason()), "complaint.refused.not-paused");
                yield List.of(new ClocksResumed(c.reason(), needed(c.note(), "complaint.refused.reason")));
            }
            case Command.AddFacts c -> {
                require(
                        stage == Stage.ACCEPT || stage == Stage.VERIFY || stage == Stage.HANDLE,
                        "complaint.refused.stage",
                        stage);
                yield List.of(new FactsAdded(needed(c.facts(), "complaint.refused.reason")));
            }
            case Command.ExtendClock c -> {
                telling(c.told());
                yield List.of(new ClockExtended(
                        c.clock(), c.why(), needed(c.note(), "complaint.refused.reason"), c.told(), c.approver()));
            }
            case Command.ReplacePolicy c -> {
                require(!c.reason().isBlank(), "complaint.refused.reason");
                yield List.of(new ClockReplaced(c.clock(), c.reason()));
            }
            case Command.CorrectDeadlines c -> List.of(new DeadlineCorrected());
            case Command.WarnOfClock c ->
                List.of(new ClockWarned(c.clock(), c.level(), runningClocks.get(c.clock()), c.point(), c.plan()));
            case Command.Escalate c -> escalate(c);
            case Command.AcknowledgeEscalation c -> {
                Escalation escalation = escalations.get(c.clock());
                if (escalation == null) {
                    throw new Refused("complaint.refused.not-escalated");
                }
                require(!escalation.knownToSomebody(), "complaint.refused.acknowledged");
                yield List.of(new EscalationAcknowledged(c.clock()));
            }
            case Command.CompleteTask c -> {
                require(tasks.contains(c.task()), "complaint.refused.no-such-task");
                yield List.of(new TaskDone(c.task()));
            }
            case Command.AnswerAuthority c -> {
                require(channel == Channel.REGULATOR, "complaint.refused.no-authority");
                require(outcome != null, "complaint.refused.undecided");
                yield List.of(new AuthorityAnswered(
                        c.settledAt().truncatedTo(ChronoUnit.MICROS),
                        needed(c.course(), "complaint.refused.course"),
                        c.way(),
                        needed(c.result(), "complaint.refused.result")));
            }
            case Command.ConvertKind c -> {
                require(
                        stage == Stage.ACCEPT || stage == Stage.VERIFY || stage == Stage.HANDLE,
                        "complaint.refused.stage",
                        stage);
                require(c.kind() != kind, "complaint.refused.same-kind");
                yield List.of(new KindConverted(kind, c.kind(), needed(c.reason(), "complaint.refused.reason")));
            }
            case Command.Join c -> List.of(new Joined(c.into(), needed(c.reason(), "complaint.refused.reason")));
            case Command.Separate c -> {
                if (joinedTo == null) {
                    throw new Refused("complaint.refused.not-joined");
                }
                yield List.of(new Separated(joinedTo, needed(c.reason(), "complaint.refused.reason")));
            }
            case Command.TakeIn c -> takeIn(c);
            case Command.LetGo c -> List.of(new SeparatedFrom(c.separated(), c.below(), c.customers()));
            case Command.Link c -> link(c);
            case Command.Unlink c -> {
                require(links.containsKey(c.other()), "complaint.refused.not-linked");
                yield List.of(new Unlinked(c.other()));
            }
            case Command.AnswerLink c ->
                c.kind() != null
                        ? List.of(new Linked(c.other(), c.kind()))
                        : links.containsKey(c.other()) ? List.of(new Unlinked(c.other())) : List.of();
            case Command.Erase c -> {
                require(!isOpen() || isJoined(), "complaint.refused.open");
                yield List.of(new Erased(c.reason()));
            }
        };
    }

    private static boolean allowedWhenArchived(Command command) {
        return command instanceof Command.Reopen
                || command instanceof Command.Note
                || command instanceof Command.AddInformation
                || command instanceof Command.WarnOfClock
                || command instanceof Command.CorrectDeadlines
                || command instanceof Command.AnswerAuthority
                || command instanceof Command.LetGo
                || command instanceof Command.Link
                || command instanceof Command.Unlink
                || command instanceof Command.AnswerLink
                || command instanceof Command.Erase;
    }

    static boolean allowedWhenJoined(Command command) {
        return command instanceof Command.Separate
                || command instanceof Command.LetGo
                || command instanceof Command.WarnOfClock
                || command instanceof Command.CorrectDeadlines
                || command instanceof Command.Unlink
                || command instanceof Command.AnswerLink
                || command instanceof Command.Erase;
    }

    private List<ComplaintEvent> takeIn(Command.TakeIn c) {
        var events = new ArrayList<ComplaintEvent>();
        boolean isMoreUrgent = c.priority().compareTo(priority) < 0;
        events.add(new JoinedBy(c.joined(), c.customers(), isMoreUrgent ? c.priority() : null));
        if (!severity.atLeast(c.severity())) {
            events.add(new SeverityRaised(severity, c.severity()));
        }
        return events;
    }

    private List<ComplaintEvent> link(Command.Link c) {
        require(c.kind() != LinkKind.REPEATED_BY, "complaint.refused.link-kind");
        require(links.get(c.other()) != c.kind(), "complaint.refused.linked-already");
        var events = new ArrayList<ComplaintEvent>();
        boolean isFirstRepeat = c.kind() == LinkKind.REPEAT && repeatOf() == null;
        events.add(new Linked(c.other(), c.kind()));
        if (isFirstRepeat && isOpen() && severity != Severity.MAJOR) {
            events.add(new SeverityRaised(severity, severity.raised(1)));
        }
        return events;
    }

    private List<ComplaintEvent> confirmOwnership(Command.ConfirmOwnership command) {
        require(ownerConfirmedAt == null, "complaint.refused.owner-confirmed");
        var confirmed = new OwnershipConfirmed(command.owner());
        return command.owner().equals(owner)
                ? List.of(confirmed)
                : List.of(new OwnershipTransferred(owner, command.owner(), Personal.of("")), confirmed);
    }

    private List<ComplaintEvent> assess(Command.Assess command) {
        require(
                stage == Stage.ACCEPT || stage == Stage.VERIFY || stage == Stage.HANDLE,
                "complaint.refused.stage",
                stage);
        require(ownerConfirmedAt != null, "complaint.refused.owner-unconfirmed");
        if (command.category() == null || command.category().isBlank()) {
            throw new Refused("complaint.refused.category");
        }
        if (command.department() == null || command.department().isBlank()) {
            throw new Refused("complaint.refused.department");
        }
        require(
                command.kind() == kind
                        || (command.note() != null && !command.note().isBlank()),
                "complaint.refused.kind-reason");
        Factors factors = command.factors();
        if (factors != null && factors.safety() >= Factors.UNSAFE) {
            // Safety overrides whatever else was weighed.
            require(command.priority() == Priority.HIGH, "complaint.refused.safety-priority");
            require(
                    factors.safety() < Factor.MOST || command.severity() == Severity.MAJOR,
                    "complaint.refused.safety-severity");
        }
        return List.of(new Assessed(
                command.kind(),
                command.category(),
                command.severity(),
                command.priority(),
                command.department(),
                command.handler(),
                Personal.ofNullable(command.note()),
                factors));
    }

    private List<ComplaintEvent> escalate(Command.Escalate c) {
        Escalation reached = escalations.get(c.clock());
        if (reached != null && reached.level() >= c.level()) {
            throw new Refused("complaint.refused.escalated-already");
        }
        var events = new ArrayList<ComplaintEvent>();
        events.add(new Escalated(c.clock(), c.plan(), c.level(), c.point(), c.grade(), severity, c.to(), c.told()));
        if (c.newOwner() != null && !c.newOwner().equals(owner)) {
            // The escalation before it is the reason.
            events.add(new OwnershipTransferred(owner, c.newOwner(), Personal.of("")));
        }
        if (c.raiseSeverity() && severity != Severity.MAJOR) {
            events.add(new SeverityRaised(severity, severity.raised(1)));
        }
        c.tasks().forEach(task -> events.add(new TaskOpened(task.id(), task.assignee(), task.text(), task.dueAt())));
        return events;
    }

    private void at(Stage required) {
        require(stage == required, "complaint.refused.stage", stage);
    }

    /** Nobody is told anything by a call that is not answered. */
    private static void telling(@Nullable Contact way) {
        require(way == null || way.isTelling(), "complaint.refused.dialled");
    }

    private void told() {
        at(Stage.FEEDBACK);
        require(toldAt != null, "complaint.refused.untold");
    }

    private static void require(boolean allowed, String key, Object... arguments) {
        if (!allowed) {
            throw new Refused(key, arguments);
        }
    }

    private static Personal needed(@Nullable String text, String key) {
        if (text == null || text.isBlank()) {
            throw new Refused(key);
        }
        return Personal.of(text);
    }

    private static Personal textOrFiles(@Nullable String text, List<Attachment> attachments) {
        if ((text == null || text.isBlank()) && attachments.isEmpty()) {
            throw new Refused("complaint.refused.nothing-added");
        }
        return Personal.of(text == null ? "" : text);
    }

    /** The first state, of a complaint that was just registered. */
    static Complaint first(UUID id, HistoryEvent event) {
        if (!(event.event() instanceof Registered registered)) {
            throw new IllegalArgumentException("a history begins with Registered, not " + event.type());
        }
        return new Complaint(
                id,
                registered.number(),
                event.sequence(),
                registered.businessLine(),
                registered.pack(),
                registered.packVersion(),
                registered.channel(),
                registered.kind(),
                Stage.ACCEPT,
                registered.severity(),
                registered.priority(),
                registered.category(),
                registered.customersAffected(),
                registered.title(),
                registered.content(),
                new Customer(registered.customerName(), registered.customerPhone(), registered.customerEmail()),
                registered.product(),
                registered.remedySought(),
                registered.origin(),
                registered.externalNumber(),
                registered.occurredAt(),
                registered.receivedAt(),
                event.at(),
                registered.owner(),
                null,
                registered.department(),
                null,
                null,
                ComplaintDraft.clocksAfter(Map.of(), event.clocks()),
                null,
                Set.of(),
                Map.of(),
                Set.of(),
                null,
                null,
                null,
                null,
                0,
                null,
                null,
                null,
                null,
                Map.of(),
                Map.of(),
                event.at());
    }

    /** The state after one more event. */
    Complaint after(HistoryEvent event) {
        var next = new ComplaintDraft(this, event);
        switch (event.event()) {
            case Registered e -> throw new IllegalArgumentException("registered twice: " + number);
            case ArrivedClosed e -> next.archived(e.closedAt());
            case ConfirmationAttempted e -> next.attempts++;
            case Acknowledged e -> {}
            case Noted e -> {}
            case ClockWarned e -> {}
            case Escalated e -> next.escalated(e);
            case EscalationAcknowledged e -> next.acknowledged(e);
            case SeverityRaised e -> next.raised(e);
            case TaskOpened e -> next.task(e.task(), true);
            case TaskDone e -> next.task(e.task(), false);
            case ResultDelivered e -> {}
            case FactsAdded e -> {}
            case ClockExtended e -> {}
            case ClockReplaced e -> {}
            case DeadlineCorrected e -> {}
            case ClocksPaused e -> next.standStill(e.reason());
            case ClocksResumed e -> next.goOn(e.reason());
            case OwnershipConfirmed e -> next.owner(e.owner(), event.at());
            case OwnershipTransferred e -> next.owner(e.to(), null);
            case Assessed e -> {
                next.assessed(e);
                if (stage == Stage.ACCEPT) {
                    next.stage(Stage.VERIFY);
                }
            }
            case Verified e -> {
                next.finding = e.finding();
                next.stage(Stage.HANDLE);
            }
            case Solved e -> {
                next.outcome = e.outcome();
                next.stage(Stage.FEEDBACK);
            }
            case ResultTold e -> next.toldAt = event.at();
            case Confirmed e -> next.answered(Confirmation.CONFIRMED, Stage.ARCHIVE);
            case ResultRefused e -> {
                next.answered(Confirmation.NOT_SATISFIED, Stage.HANDLE);
                next.workAgain();
            }
            case ClosedUnreached e -> next.answered(Confirmation.UNREACHED, Stage.ARCHIVE);
            case Archived e -> next.archived(event.at());
            case Returned e -> next.stage(e.to());
            case Withdrawn e -> next.stage(Stage.ARCHIVE);
            case Reopened e -> {
                next.stage(Stage.HANDLE);
                next.archivedAt = null;
                next.confirmation = null;
                next.workAgain();
            }
            case InformationAdded e -> next.waitingSince = null;
            case WorkResumed e -> next.waitingSince = null;
            case CustomerAsked e -> next.waitingSince = event.at();
            case AuthorityAnswered e -> {}
            case KindConverted e -> next.kind = e.to();
            case Joined e -> next.joined(e.into(), event.at());
            case JoinedBy e -> next.joinedBy(e);
            case Separated e -> next.joined(null, null);
            case SeparatedFrom e -> next.separatedFrom(e);
            case Linked e -> next.linked(e.other(), e.kind());
            case Unlinked e -> next.linked(e.other(), null);
            case Erased e -> next.erased(event.at());
            case ComplaintEvent.CaseEvent e -> {}
        }
        return next.complaint();
    }
}
