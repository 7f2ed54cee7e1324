package io.bihuan.investigation.web;

import io.bihuan.complaint.CasePages;
import io.bihuan.investigation.FindingKind;
import io.bihuan.investigation.Side;
import io.bihuan.web.Option;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The investigation of a complaint.
 *
 * @param gaps what is missing before it may be verified, in words
 * @param colleagues who may take a step
 * @param proofs the files that a finding may be based on
 */
public record InvestigationPage(
        CasePages.Head head,
        boolean mayAct,
        @Nullable Instant openedAt,
        String playbook,
        List<String> gaps,
        List<Line> questions,
        List<Line> checks,
        List<Line> evidence,
        List<Step> steps,
        List<Found> findings,
        List<Hearing> hearings,
        List<Decision> decisions,
        List<Option> colleagues,
        List<Option> proofs,
        List<Option> results,
        List<Option> responsibilities,
        Attempt typed) {

    public String path() {
        return head.path() + "/investigation";
    }

    public boolean isBegun() {
        return openedAt != null;
    }

    public boolean isEmpty() {
        return questions.isEmpty() && checks.isEmpty() && evidence.isEmpty();
    }

    /** So many lines of the playbook have something. */
    public long settled() {
        return java.util.stream.Stream.of(questions, checks, evidence)
                .flatMap(List::stream)
                .filter(Line::isSettled)
                .count();
    }

    public int lines() {
        return questions.size() + checks.size() + evidence.size();
    }

    public List<Option> statementOptions() {
        return hearings.stream()
                .flatMap(each -> each.statements().stream())
                .map(each -> new Option(each.id(), each.who() + " · " + each.said()))
                .toList();
    }

    /**
     * A line of the playbook.
     *
     * @param answer what was answered, {@code result} of a check, or why there is no evidence
     * @param by who did so, and when; empty when nobody has
     * @param files that are the evidence
     * @param resultValue the constant of {@code result}
     * @param seen of which answer whoever sees the page knows
     */
    public record Line(
            String key,
            String id,
            String text,
            @Nullable String result,
            @Nullable String tone,
            @Nullable String answer,
            @Nullable String by,
            List<Proof> files,
            String resultValue,
            String seen) {
        public boolean isSettled() {
            return by != null || !files.isEmpty();
        }
    }

    /** A file that something is based on. */
    public record Proof(String path, String name) {}

    /** A step of the plan. */
    public record Step(
            String id,
            String text,
            String owner,
            String ownerId,
            Instant dueAt,
            boolean isLate,
            boolean isOpen,
            boolean isDone,
            List<String> notes) {}

    /** Something that was found. */
    public record Found(
            String id,
            FindingKind kind,
            String text,
            List<Proof> files,
            List<String> statements,
            String by,
            @Nullable String withdrawn) {}

    /** What one side said. */
    public record Hearing(
            Side side, List<Said> statements, @Nullable String silent) {}

    /** One statement. */
    public record Said(String id, String who, String text, String said, String by) {}

    /** A decision on responsibility. */
    public record Decision(
            String what, String grounds, @Nullable String reason, String by, boolean isLast) {}
}
