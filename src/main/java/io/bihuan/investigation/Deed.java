package io.bihuan.investigation;

import io.bihuan.complaint.Attachment;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What may be done in an investigation; {@link Investigation#decide} says when. */
public sealed interface Deed {
    record Open() implements Deed {}

    /**
     * What a question or a check has come to.
     *
     * @param seen when the answer was given that this one replaces, as a text; empty: there was none; null: whatever stands there
     */
    record Answer(
            String line,
            @Nullable CheckResult result,
            String text,
            @Nullable String seen) implements Deed {
        /** One that replaces whatever stands there. */
        public Answer(String line, @Nullable CheckResult result, String text) {
            this(line, result, text, null);
        }
    }

    record ExcuseEvidence(String line, String reason) implements Deed {}

    record PlanStep(String text, UUID owner, Instant dueAt) implements Deed {}

    record CompleteStep(UUID step, @Nullable String note) implements Deed {}

    record MoveStep(UUID step, UUID owner, Instant dueAt, String reason) implements Deed {}

    record DropStep(UUID step, String reason) implements Deed {}

    record RecordFinding(FindingKind kind, String text, List<String> evidence, List<UUID> statements) implements Deed {}

    record WithdrawFinding(UUID finding, String reason) implements Deed {}

    record TakeStatement(Side side, String who, String text, Instant saidAt) implements Deed {}

    record ExcuseStatement(Side side, String reason) implements Deed {}

    record DecideResponsibility(
            Responsibility kind,
            @Nullable Integer share,
            String grounds,
            @Nullable String reason) implements Deed {}

    /** What is known of a piece of evidence. */
    record About(
            EvidenceKind kind,
            String source,
            @Nullable Instant obtainedAt,
            @Nullable String line) {}

    record AddEvidence(List<Attachment> files, About about) implements Deed {}

    record ClassifyEvidence(String sha256, About about) implements Deed {}

    record HandOverEvidence(String sha256, String to, String purpose) implements Deed {}
}
