package io.bihuan.complaint;

import io.bihuan.clock.Escalations.Acknowledged;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.privacy.Personal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The next state while an event is applied. Lives only inside {@link Complaint#after}. */
final class ComplaintDraft {
    private final Complaint before;
    private final HistoryEvent event;
    Kind kind;
    private Stage stage;
    private Severity severity;
    private Priority priority;
    private @Nullable String category;
    private @Nullable String department;
    private @Nullable UUID handler;
    private @Nullable Factors factors;
    private @Nullable Personal title;
    private Personal content;
    private Customer customer;
    private Map<String, Personal> product;
    private UUID owner;
    private @Nullable Instant ownerConfirmedAt;
    private @Nullable Instant erasedAt;

    @Nullable
    Instant waitingSince;

    Set<String> standing;
    private Map<String, Escalation> escalations;
    private Set<UUID> tasks;

    @Nullable
    Finding finding;

    @Nullable
    Outcome outcome;

    @Nullable
    Instant toldAt;

    @Nullable
    Confirmation confirmation;

    int attempts;

    @Nullable
    Instant archivedAt;

    private @Nullable ComplaintNumber joinedTo;
    private @Nullable Instant joinedAt;
    private Map<ComplaintNumber, Integer> joined;
    private Map<ComplaintNumber, LinkKind> links;
    private int customersAffected;

    ComplaintDraft(Complaint before, HistoryEvent event) {
        this.before = before;
        this.event = event;
        this.kind = before.kind();
        this.stage = before.stage();
        this.severity = before.severity();
        this.priority = before.priority();
        this.category = before.category();
        this.department = before.department();
        this.handler = before.handler();
        this.factors = before.factors();
        this.title = before.title();
        this.content = before.content();
        this.customer = before.customer();
        this.product = before.product();
        this.owner = before.owner();
        this.ownerConfirmedAt = before.ownerConfirmedAt();
        this.erasedAt = before.erasedAt();
        this.waitingSince = before.waitingSince();
        this.standing = before.standing();
        this.escalations = before.escalations();
        this.tasks = before.tasks();
        this.finding = before.finding();
        this.outcome = before.outcome();
        this.toldAt = before.toldAt();
        this.confirmation = before.confirmation();
        this.attempts = before.confirmationAttempts();
        this.archivedAt = before.archivedAt();
        this.joinedTo = before.joinedTo();
        this.joinedAt = before.joinedAt();
        this.joined = before.joined();
        this.links = before.links();
        this.customersAffected = before.customersAffected();
    }

    void stage(Stage next) {
        if (!stage.mayBecome(next)) {
            throw new IllegalStateException(before.number() + ": no edge leads from " + stage + " to " + next);
        }
        stage = next;
        waitingSince = null;
    }

    void assessed(ComplaintEvent.Assessed assessed) {
        kind = assessed.kind();
        category = assessed.category();
        severity = assessed.severity();
        priority = assessed.priority();
        department = assessed.department();
        handler = assessed.handler();
        factors = assessed.factors() == null ? factors : assessed.factors();
    }

    void owner(UUID next, @Nullable Instant confirmedAt) {
        owner = next;
        ownerConfirmedAt = confirmedAt;
    }

    void standStill(String reason) {
        var more = new TreeSet<>(standing);
        more.add(reason);
        standing = Set.copyOf(more);
    }

    void goOn(String reason) {
        var fewer = new TreeSet<>(standing);
        fewer.remove(reason);
        standing = Set.copyOf(fewer);
    }

    void answered(Confirmation answer, Stage next) {
        confirmation = answer;
        stage(next);
    }

    /** A new solution is due, and with it a new result to tell. */
    void workAgain() {
        outcome = null;
        toldAt = null;
        attempts = 0;
    }

    /** Closed for good, or before it came here. */
    void archived(Instant at) {
        stage = Stage.ARCHIVE;
        archivedAt = at;
        waitingSince = null;
        standing = Set.of();
        escalations = Map.of();
        tasks = Set.of();
    }

    void escalated(ComplaintEvent.Escalated escalated) {
        Escalation reached = escalations.get(escalated.clock());
        var told = new ArrayList<>(escalated.told());
        if (reached != null) {
            told.addAll(reached.told());
        }
        // Who acknowledged the level before has not seen this one.
        escalation(
                escalated.clock(),
                new Escalation(escalated.plan(), escalated.level(), told, event.at(), null, null, Acknowledged.NO));
    }

    void acknowledged(ComplaintEvent.EscalationAcknowledged acknowledged) {
        Escalation reached = Objects.requireNonNull(escalations.get(acknowledged.clock()));
        Instant due = before.runningClocks().get(acknowledged.clock());
        escalation(
                acknowledged.clock(),
                new Escalation(
                        reached.plan(),
                        reached.level(),
                        reached.told(),
                        reached.at(),
                        event.actor().toString(),
                        event.at(),
                        due != null && !event.at().isBefore(due) ? Acknowledged.AFTER_DUE : Acknowledged.BEFORE_DUE));
    }

    private void escalation(String clock, Escalation next) {
        var more = new TreeMap<>(escalations);
        more.put(clock, next);
        escalations = Map.copyOf(more);
    }

    void raised(ComplaintEvent.SeverityRaised raised) {
        severity = raised.to();
    }

    void task(UUID task, boolean isOpen) {
        var changed = new TreeSet<>(tasks);
        if (isOpen) {
            changed.add(task);
        } else {
            changed.remove(task);
        }
        tasks = Set.copyOf(changed);
    }

    /** Nobody works on a joined complaint by itself. */
    void joined(@Nullable ComplaintNumber into, @Nullable Instant at) {
        joinedTo = into;
        joinedAt = at;
        tasks = Set.of();
    }

    void joinedBy(ComplaintEvent.JoinedBy event) {
        var more = new HashMap<>(joined);
        more.put(event.joined(), event.customers());
        joined = Map.copyOf(more);
        customersAffected += event.customers();
        if (event.priority() != null) {
            priority = event.priority();
        }
    }

    void separatedFrom(ComplaintEvent.SeparatedFrom event) {
        var fewer = new HashMap<>(joined);
        if (event.separated().equals(event.below())) {
            fewer.remove(event.separated());
        } else {
            fewer.computeIfPresent(event.below(), (number, customers) -> customers - event.customers());
        }
        joined = Map.copyOf(fewer);
        customersAffected -= event.customers();
    }

    void linked(ComplaintNumber other, @Nullable LinkKind kind) {
        var changed = new HashMap<>(links);
        if (kind == null) {
            changed.remove(other);
        } else {
            changed.put(other, kind);
        }
        links = Map.copyOf(changed);
    }

    void erased(Instant at) {
        erasedAt = at;
        title = null;
        content = new Personal(null);
        customer = Customer.UNKNOWN;
        product = Map.of();
    }

    Complaint complaint() {
        return new Complaint(
                before.id(),
                before.number(),
                event.sequence(),
                before.businessLine(),
                before.pack(),
                before.packVersion(),
                before.channel(),
                kind,
                stage,
                severity,
                priority,
                category,
                customersAffected,
                title,
                content,
                customer,
                product,
                before.remedySought(),
                before.origin(),
                before.externalNumber(),
                before.occurredAt(),
                before.receivedAt(),
                before.registeredAt(),
                owner,
                ownerConfirmedAt,
                department,
                handler,
                factors,
                clocksAfter(before.runningClocks(), event.clocks()),
                waitingSince,
                standing,
                escalationsAfter(escalations, event.clocks()),
                tasks,
                finding,
                outcome,
                toldAt,
                confirmation,
                attempts,
                archivedAt,
                erasedAt,
                joinedTo,
                joinedAt,
                joined,
                links,
                event.at());
    }

    /** A clock that ended, or began anew, has not escalated. */
    private static Map<String, Escalation> escalationsAfter(
            Map<String, Escalation> escalations, List<ClockChange> changes) {
        if (escalations.isEmpty() || changes.isEmpty()) {
            return escalations;
        }
        var next = new TreeMap<>(escalations);
        for (ClockChange change : changes) {
            switch (change.change()) {
                case STARTED, STOPPED, CANCELLED, REOPENED -> next.remove(change.name());
                case PAUSED, RESUMED, REBASED, EXTENDED, PROMISED, REPLACED, CORRECTED -> {}
            }
        }
        return Map.copyOf(next);
    }

    static Map<String, Instant> clocksAfter(Map<String, Instant> running, List<ClockChange> changes) {
        if (changes.isEmpty()) {
            return running;
        }
        var next = new TreeMap<>(running);
        for (ClockChange change : changes) {
            switch (change.change()) {
                case STARTED, RESUMED -> next.put(change.name(), Objects.requireNonNull(change.dueAt()));
                case REBASED, EXTENDED, PROMISED, REPLACED, CORRECTED, REOPENED -> {
                    // A paused one is not due: its new time comes when it resumes.
                    if (change.dueAt() != null) {
                        next.put(change.name(), change.dueAt());
                    }
                }
                case STOPPED, PAUSED, CANCELLED -> next.remove(change.name());
            }
        }
        return Map.copyOf(next);
    }
}
