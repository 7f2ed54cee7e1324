package io.bihuan.investigation;

import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.privacy.Personal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happened in an investigation. A {@code line} is one of the playbook, as {@link PlaybookLine#key} names it. */
public sealed interface InvestigationEvent extends ComplaintEvent.CaseEvent {
    /**
     * An investigation was begun.
     *
     * @param playbook by which it is led; null where the pack has none
     */
    record InvestigationOpened(@Nullable String playbook) implements InvestigationEvent {}

    record InvestigationStepPlanned(UUID step, Personal text, UUID owner, Instant dueAt) implements InvestigationEvent {
        @Override
        public List<Personal> texts() {
            return List.of(text);
        }
    }

    record InvestigationStepDone(UUID step, @Nullable Personal note) implements InvestigationEvent {}

    record InvestigationStepMoved(UUID step, UUID owner, Instant dueAt, Personal reason)
            implements InvestigationEvent {}

    record InvestigationStepDropped(UUID step, Personal reason) implements InvestigationEvent {}

    /**
     * A question was answered, or a check made.
     *
     * @param result of a check; null for a question
     */
    record PlaybookLineAnswered(String line, @Nullable CheckResult result, Personal answer)
            implements InvestigationEvent {
        @Override
        public List<Personal> texts() {
            return List.of(answer);
        }
    }

    /** Evidence that the playbook asks for cannot be had. */
    record EvidenceExcused(String line, Personal reason) implements InvestigationEvent {}

    /**
     * A file came as evidence.
     *
     * @param source from whom
     * @param line what of the playbook it is, if anything
     */
    record EvidenceAdded(
            Attachment file,
            EvidenceKind kind,
            Personal source,
            @Nullable Instant obtainedAt,
            @Nullable String line) implements InvestigationEvent {}

    /** The same of a file that was there already. */
    record EvidenceClassified(
            String sha256,
            EvidenceKind kind,
            Personal source,
            @Nullable Instant obtainedAt,
            @Nullable String line) implements InvestigationEvent {}

    record EvidenceHandedOver(UUID handOver, String sha256, Personal to, Personal purpose)
            implements InvestigationEvent {}

    /**
     * Something was found.
     *
     * @param evidence by which it is shown, as SHA-256, and {@code statements}
     */
    record FindingRecorded(UUID finding, FindingKind kind, Personal text, List<String> evidence, List<UUID> statements)
            implements InvestigationEvent {
        @Override
        public List<Personal> texts() {
            return List.of(text);
        }
    }

    record FindingWithdrawn(UUID finding, Personal reason) implements InvestigationEvent {}

    record StatementTaken(UUID statement, Side side, Personal who, Personal text, Instant saidAt)
            implements InvestigationEvent {
        @Override
        public List<Personal> texts() {
            return List.of(text);
        }
    }

    /** A side says nothing, or cannot be reached. */
    record StatementExcused(Side side, Personal reason) implements InvestigationEvent {}

    /**
     * Whose fault it was; it replaces what was decided before.
     *
     * @param share ours in percent when it is shared
     * @param reason for which an earlier decision is revised; null for the first one
     */
    record ResponsibilityDecided(
            Responsibility kind,
            @Nullable Integer share,
            Personal grounds,
            @Nullable Personal reason) implements InvestigationEvent {
        @Override
        public List<Personal> texts() {
            return List.of(grounds);
        }
    }
}
