package io.bihuan.solution;

import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.Contact;
import io.bihuan.complaint.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What may be asked of the proposals of a complaint; {@link Proposals#decide} says when it is allowed. */
public sealed interface SolutionAction {
    /** What a proposal says. */
    record Content(Outcome outcome, String text, @Nullable String grounds, List<PlannedMeasure> measures) {
        public Content {
            measures = List.copyOf(measures);
        }
    }

    record Draft(UUID id, Content content) implements SolutionAction {}

    /** {@code revision}: the one that was read, so that nobody's text is lost. */
    record Rewrite(int proposal, int revision, Content content) implements SolutionAction {}

    record AskApproval(int proposal) implements SolutionAction {}

    /** {@code revision}: the one that was read. */
    record Approve(int proposal, int revision, @Nullable String note) implements SolutionAction {}

    record SendBack(int proposal, String reason) implements SolutionAction {}

    record Send(int proposal, Contact way) implements SolutionAction {}

    record RecordAnswer(
            int proposal, Answer answer, @Nullable String text, Contact heard) implements SolutionAction {}

    record Ask(int proposal, String question) implements SolutionAction {}

    /** {@code question}: its place, from 1. */
    record Reply(int proposal, int question, String text) implements SolutionAction {}

    record Withdraw(int proposal, String reason) implements SolutionAction {}

    record EscalateRejection(int proposal, UUID to, String reason) implements SolutionAction {}

    record Move(
            int proposal,
            int measure,
            String department,
            @Nullable UUID person,
            Instant dueAt,
            String reason) implements SolutionAction {}

    record Finish(int proposal, int measure, String proof, List<Attachment> files) implements SolutionAction {}

    record Waive(int proposal, int measure, String reason) implements SolutionAction {}
}
