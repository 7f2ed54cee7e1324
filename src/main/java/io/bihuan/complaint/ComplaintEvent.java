package io.bihuan.complaint;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.bihuan.clock.Dispatch;
import io.bihuan.clock.Grade;
import io.bihuan.clock.Recipient;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Label;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.privacy.Personal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happened to a complaint. The record's name is the type in the history and never changes; new facts are new components. */
public sealed interface ComplaintEvent {
    /** The milestone this event is for clocks, if it is one. */
    @JsonIgnore
    default @Nullable Milestone milestone() {
        return null;
    }

    /** How far it has come, for clocks that are not stopped by what was merely sent. */
    @JsonIgnore
    default Dispatch dispatch() {
        return Dispatch.DELIVERED;
    }

    record Registered(
            ComplaintNumber number,
            String pack,
            int packVersion,
            String businessLine,
            Channel channel,
            Kind kind,
            @Nullable String category,
            Severity severity,
            Priority priority,
            @Nullable String department,
            int customersAffected,
            @Nullable Personal title,
            Personal content,
            @Nullable Personal customerName,
            @Nullable Personal customerPhone,
            @Nullable Personal customerEmail,
            Map<String, Personal> product,
            @Nullable String remedySought,
            @Nullable String origin,
            @Nullable String externalNumber,
            @Nullable Instant occurredAt,
            Instant receivedAt,
            UUID owner,
            List<Attachment> attachments)
            implements ComplaintEvent {
        @Override
        public Milestone milestone() {
            return Milestone.REGISTERED;
        }
    }

    /** Closed before it came here, with the answer given there. */
    record ArrivedClosed(@Nullable Personal reply, Instant closedAt) implements ComplaintEvent {}

    record Acknowledged(Contact way) implements ComplaintEvent {
        @Override
        public Milestone milestone() {
            return Milestone.ACKNOWLEDGED;
        }

        @Override
        public Dispatch dispatch() {
            return way.dispatch();
        }
    }

    record OwnershipConfirmed(UUID owner) implements ComplaintEvent {
        @Override
        public Milestone milestone() {
            return Milestone.OWNERSHIP_CONFIRMED;
        }
    }

    record OwnershipTransferred(UUID from, UUID to, Personal reason) implements ComplaintEvent {}

    /** {@code factors} is null where they stay as they were, and in what was assessed before there were any. */
    record Assessed(
            Kind kind,
            String category,
            Severity severity,
            Priority priority,
            String department,
            @Nullable UUID handler,
            @Nullable Personal note,
            @Nullable Factors factors)
            implements ComplaintEvent {
        @Override
        public Milestone milestone() {
            return Milestone.ASSESSED;
        }
    }

    record Verified(Finding finding, Personal account) implements ComplaintEvent {
        @Override
        public Milestone milestone() {
            return Milestone.VERIFIED;
        }
    }

    record Solved(
            Outcome outcome, Personal measures, @Nullable Personal routes) implements ComplaintEvent {
        @Override
        public Milestone milestone() {
            return Milestone.SOLVED;
        }
    }

    record ResultTold(Contact way, Personal text) implements ComplaintEvent {
        @Override
        public Milestone milestone() {
            return Milestone.RESULT_TOLD;
        }

        @Override
        public Dispatch dispatch() {
            return way.dispatch();
        }
    }

    record ResultDelivered(Contact way) implements ComplaintEvent {
        @Override
        public Milestone milestone() {
            return Milestone.RESULT_TOLD;
        }
    }

    /** {@code through}: the joined complaint whose customer said it, if it was not that of this one. */
    record Confirmed(
            @Nullable Personal comment,
            @Nullable Integer rating,
            @Nullable ComplaintNumber through) implements ComplaintEvent {
        public Confirmed(@Nullable Personal comment, @Nullable Integer rating) {
            this(comment, rating, null);
        }

        @Override
        public Milestone milestone() {
            return Milestone.CONFIRMED;
        }
    }

    record ResultRefused(Personal reason, @Nullable ComplaintNumber through) implements ComplaintEvent {}

    record ConfirmationAttempted(Contact way, Personal note) implements ComplaintEvent {}

    record ClosedUnreached(Personal reason) implements ComplaintEvent {}

    record Archived(@Nullable Personal cause) implements ComplaintEvent {}

    record Returned(Stage to, Personal reason) implements ComplaintEvent {}

    record Withdrawn(Personal reason) implements ComplaintEvent {}

    record Reopened(Personal reason) implements ComplaintEvent {}

    record InformationAdded(
            Personal text,
            List<Attachment> attachments,
            @Nullable ComplaintNumber through) implements ComplaintEvent {}

    /** {@code mentions}: who of the staff is called by name; null when nobody is. */
    record Noted(
            Personal text,
            List<Attachment> attachments,
            @Nullable List<UUID> mentions) implements ComplaintEvent {
        public Noted(Personal text, List<Attachment> attachments) {
            this(text, attachments, null);
        }
    }

    record CustomerAsked(Personal question) implements ComplaintEvent {}

    record WorkResumed(Personal reason) implements ComplaintEvent {}

    record ClocksPaused(
            String reason, Personal note, @Nullable Contact told) implements ComplaintEvent {}

    record ClocksResumed(String reason, Personal note) implements ComplaintEvent {}

    record FactsAdded(Personal facts) implements ComplaintEvent {
        @Override
        public Milestone milestone() {
            return Milestone.FACTS_ADDED;
        }
    }

    /** {@code approver} is null where whoever did it granted it. */
    record ClockExtended(
            String clock,
            String why,
            Personal note,
            @Nullable Contact told,
            @Nullable UUID approver) implements ComplaintEvent {}

    record ClockReplaced(String clock, String reason) implements ComplaintEvent {}

    /** Deadlines were counted by what became known of the calendars; the changes of the clocks say which. */
    record DeadlineCorrected() implements ComplaintEvent {}

    /** A warn point was reached; {@code point} is null when the level, in percent, says it, {@code plan} when the clock has none. */
    record ClockWarned(
            String clock,
            int level,
            @Nullable Instant dueAt,
            @Nullable String point,
            @Nullable String plan) implements ComplaintEvent {}

    /**
     * A level of an escalation plan has acted; what it changed stands in the events behind it.
     *
     * @param severity at that time, before it was raised
     * @param to the positions, {@code told} the people
     */
    record Escalated(
            String clock,
            String plan,
            int level,
            String point,
            Grade grade,
            Severity severity,
            List<Recipient> to,
            List<UUID> told)
            implements ComplaintEvent {}

    record EscalationAcknowledged(String clock) implements ComplaintEvent {}

    record SeverityRaised(Severity from, Severity to) implements ComplaintEvent {}

    record TaskOpened(UUID task, UUID assignee, Label text, Instant dueAt) implements ComplaintEvent {}

    record TaskDone(UUID task) implements ComplaintEvent {}

    record AuthorityAnswered(Instant settledAt, Personal course, SettlementWay way, Personal result)
            implements ComplaintEvent {
        @Override
        public Milestone milestone() {
            return Milestone.AUTHORITY_ANSWERED;
        }
    }

    record KindConverted(Kind from, Kind to, Personal reason) implements ComplaintEvent {}

    /** From now on it goes on in the other one. */
    record Joined(ComplaintNumber into, Personal reason) implements ComplaintEvent {}

    /**
     * Another complaint goes on in this one.
     *
     * @param customers so many more it affects
     * @param priority what it is raised to; null when it stays
     */
    record JoinedBy(
            ComplaintNumber joined, int customers, @Nullable Priority priority) implements ComplaintEvent {}

    record Separated(ComplaintNumber from, Personal reason) implements ComplaintEvent {}

    /**
     * A complaint that was joined goes its own way again; those joined into it before go with it.
     *
     * @param below the complaint joined into this one by which it was in; itself mostly
     */
    record SeparatedFrom(ComplaintNumber separated, ComplaintNumber below, int customers) implements ComplaintEvent {}

    /** What it is to the other one; a link that was there before is replaced. */
    record Linked(ComplaintNumber other, LinkKind kind) implements ComplaintEvent {}

    record Unlinked(ComplaintNumber other) implements ComplaintEvent {}

    record Erased(String reason) implements ComplaintEvent {}

    /**
     * What a neighbouring module records of its own work on the complaint. Its types are made known by {@link CaseEvents}, and told in
     * sentences by {@link CaseEventWords}; it changes the neighbour's state and nothing of the complaint's, but for the clocks.
     */
    non-sealed interface CaseEvent extends ComplaintEvent {
        /** Clocks that are promised anew: their names, and when they are due from now on. */
        @JsonIgnore
        default Map<String, Instant> promises() {
            return Map.of();
        }

        /** Whether who decided on what stood there before must see it first. */
        default boolean changesTheCase() {
            return true;
        }

        /** What a search is to find of it. */
        @JsonIgnore
        default List<Personal> texts() {
            return List.of();
        }
    }
}
