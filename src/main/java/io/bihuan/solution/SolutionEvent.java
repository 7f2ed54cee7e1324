package io.bihuan.solution;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.complaint.Contact;
import io.bihuan.complaint.Milestone;
import io.bihuan.complaint.Outcome;
import io.bihuan.privacy.Personal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What happened to the solution of a complaint. Names and components never change. */
public sealed interface SolutionEvent extends ComplaintEvent.CaseEvent {
    /** Its number within the complaint, from 1. */
    int proposal();

    record ProposalDrafted(
            int proposal,
            UUID id,
            UUID by,
            Outcome outcome,
            Personal text,
            @Nullable Personal grounds,
            List<PlannedMeasure> measures,
            int approvers)
            implements SolutionEvent {
        @Override
        @JsonIgnore
        public List<Personal> texts() {
            return SolutionEvent.texts(text, measures);
        }
    }

    record ProposalRewritten(
            int proposal,
            UUID by,
            Outcome outcome,
            Personal text,
            @Nullable Personal grounds,
            List<PlannedMeasure> measures,
            int approvers)
            implements SolutionEvent {
        @Override
        @JsonIgnore
        public List<Personal> texts() {
            return SolutionEvent.texts(text, measures);
        }
    }

    record ApprovalAsked(int proposal, UUID by, int approvers) implements SolutionEvent {
        @Override
        public Milestone milestone() {
            return Milestone.APPROVAL_ASKED;
        }
    }

    /** {@code last}: nobody else need approve it. */
    record ProposalApproved(int proposal, UUID by, @Nullable Personal note, boolean last) implements SolutionEvent {
        @Override
        public @Nullable Milestone milestone() {
            return last ? Milestone.APPROVAL_DECIDED : null;
        }
    }

    record ProposalSentBack(int proposal, UUID by, Personal reason) implements SolutionEvent {
        @Override
        public Milestone milestone() {
            return Milestone.APPROVAL_DECIDED;
        }
    }

    /** It is put to the customer. */
    record ProposalSent(int proposal, Contact way) implements SolutionEvent {
        @Override
        public Milestone milestone() {
            return Milestone.PROPOSED;
        }
    }

    /** {@code heard}: how the answer came. */
    record ProposalAnswered(
            int proposal, Answer answer, @Nullable Personal text, Contact heard) implements SolutionEvent {
        @Override
        public Milestone milestone() {
            return Milestone.PROPOSAL_ANSWERED;
        }
    }

    record ProposalQuestioned(int proposal, Personal question) implements SolutionEvent {}

    record ProposalQuestionAnswered(int proposal, int question, Personal text) implements SolutionEvent {}

    /** {@code ended}: what it waited for, which is over with it. */
    record ProposalWithdrawn(
            int proposal,
            UUID by,
            Personal reason,
            @Nullable Milestone ended) implements SolutionEvent {
        @Override
        public @Nullable Milestone milestone() {
            return ended;
        }
    }

    /** What the customer rejected goes to somebody higher. */
    record RejectionEscalated(int proposal, UUID by, UUID to, Personal reason) implements SolutionEvent {}

    record MeasureMoved(
            int proposal,
            int measure,
            String department,
            @Nullable UUID person,
            Instant dueAt,
            Personal reason) implements SolutionEvent {}

    record MeasureDone(int proposal, int measure, UUID by, Personal proof, List<Attachment> files)
            implements SolutionEvent {}

    record MeasureWaived(int proposal, int measure, UUID by, Personal reason) implements SolutionEvent {}

    private static List<Personal> texts(Personal text, List<PlannedMeasure> measures) {
        return Stream.concat(Stream.of(text), measures.stream().map(PlannedMeasure::text))
                .toList();
    }
}
