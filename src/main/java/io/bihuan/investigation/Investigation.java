package io.bihuan.investigation;

import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.investigation.InvestigationEvent.EvidenceAdded;
import io.bihuan.investigation.InvestigationEvent.EvidenceClassified;
import io.bihuan.investigation.InvestigationEvent.EvidenceExcused;
import io.bihuan.investigation.InvestigationEvent.EvidenceHandedOver;
import io.bihuan.investigation.InvestigationEvent.FindingRecorded;
import io.bihuan.investigation.InvestigationEvent.FindingWithdrawn;
import io.bihuan.investigation.InvestigationEvent.InvestigationOpened;
import io.bihuan.investigation.InvestigationEvent.InvestigationStepDone;
import io.bihuan.investigation.InvestigationEvent.InvestigationStepDropped;
import io.bihuan.investigation.InvestigationEvent.InvestigationStepMoved;
import io.bihuan.investigation.InvestigationEvent.InvestigationStepPlanned;
import io.bihuan.investigation.InvestigationEvent.PlaybookLineAnswered;
import io.bihuan.investigation.InvestigationEvent.ResponsibilityDecided;
import io.bihuan.investigation.InvestigationEvent.StatementExcused;
import io.bihuan.investigation.InvestigationEvent.StatementTaken;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Refused;
import io.bihuan.privacy.Personal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an investigation has come to: its part of the complaint's history added up. {@link #decide} holds the rules.
 *
 * @param answers by the line of the playbook
 * @param excused why evidence of the playbook cannot be had, by the line
 * @param silent why a side was not heard
 * @param decisions on responsibility, the one that holds last
 * @param evidence what is known of files, by SHA-256
 */
public record Investigation(
        @Nullable Instant openedAt,
        Map<String, Answer> answers,
        Map<String, Excuse> excused,
        List<Step> steps,
        List<Found> findings,
        List<Statement> statements,
        Map<Side, Excuse> silent,
        List<Decision> decisions,
        Map<String, Known> evidence,
        List<HandOver> handOvers) {
    /** The percentages that a share of a fault can have. */
    private static final int LEAST_SHARE = 1;

    private static final int MOST_SHARE = 99;

    /** What was answered to a question, or what a check has shown. */
    public record Answer(@Nullable CheckResult result, Personal text, Actor by, Instant at) {}

    /** Why something is missing, or no longer holds. */
    public record Excuse(Personal reason, Actor by, Instant at) {}

    /** How a step ended: done, or no longer needed. */
    public record End(boolean isDone, @Nullable Personal note, Actor by, Instant at) {}

    /**
     * A step of the plan.
     *
     * @param moves why it was moved, if it was
     */
    public record Step(
            UUID id,
            Personal text,
            UUID owner,
            Instant dueAt,
            List<Excuse> moves,
            @Nullable End end) {
        public boolean isOpen() {
            return end == null;
        }
    }

    /**
     * Something that was found.
     *
     * @param withdrawn why it no longer holds
     */
    public record Found(
            UUID id,
            FindingKind kind,
            Personal text,
            List<String> evidence,
            List<UUID> statements,
            Actor by,
            Instant at,
            @Nullable Excuse withdrawn) {}

    /** What somebody said about it. */
    public record Statement(UUID id, Side side, Personal who, Personal text, Instant saidAt, Actor by, Instant at) {}

    /** Whose fault it was. */
    public record Decision(
            Responsibility kind,
            @Nullable Integer share,
            Personal grounds,
            @Nullable Personal reason,
            Actor by,
            Instant at) {}

    /** What is known of a file. */
    public record Known(
            EvidenceKind kind,
            Personal source,
            @Nullable Instant obtainedAt,
            @Nullable String line,
            Actor by,
            Instant at) {}

    /** To whom a piece of evidence was given, and what for. */
    public record HandOver(UUID id, String sha256, Personal to, Personal purpose) {}

    /**
     * What an act is judged by besides the investigation itself.
     *
     * @param files of the complaint, as SHA-256
     */
    public record Scene(
            boolean isArchived, @Nullable String playbook, List<PlaybookLine> lines, Set<String> files, Instant now) {}

    /** What the events add up to; those of other modules do not matter. */
    public static Investigation of(List<HistoryEvent> events) {
        var sum = new Sum();
        for (HistoryEvent each : events) {
            if (each.event() instanceof InvestigationEvent event) {
                sum.add(event, each.actor(), each.at());
            }
        }
        return sum.investigation();
    }

    public boolean isOpened() {
        return openedAt != null;
    }

    /** The decision on responsibility that holds. */
    public Optional<Decision> responsibility() {
        return decisions.isEmpty() ? Optional.empty() : Optional.of(decisions.getLast());
    }

    /** The file that is the evidence of a line of the playbook; several may be. */
    public List<String> evidenceOf(String line) {
        return evidence.entrySet().stream()
                .filter(each -> line.equals(each.getValue().line()))
                .map(Map.Entry::getKey)
                .toList();
    }

    Thoroughness.Settled settled() {
        var lines = new HashSet<>(answers.keySet());
        lines.addAll(excused.keySet());
        evidence.values().stream().map(Known::line).filter(Objects::nonNull).forEach(lines::add);
        var heard = statements.stream().map(Statement::side).collect(Collectors.toCollection(HashSet::new));
        heard.addAll(silent.keySet());
        return new Thoroughness.Settled(Set.copyOf(lines), Set.copyOf(heard));
    }

    /** What the deed makes happen; throws {@link Refused} with the reason when it is not allowed now. */
    List<InvestigationEvent> decide(Deed deed, Scene scene) {
        require(!scene.isArchived(), "investigation.refused.archived");
        return switch (deed) {
            case Deed.Open d -> {
                require(!isOpened(), "investigation.refused.opened");
                yield List.of(new InvestigationOpened(scene.playbook()));
            }
            case Deed.Answer d -> {
                PlaybookLineAnswered answered = answer(d, scene);
                refuseOvertaken(d, answered);
                yield List.of(answered);
            }
            case Deed.ExcuseEvidence d -> {
                line(d.line(), scene, PlaybookLine.Part.COLLECT);
                require(evidenceOf(d.line()).isEmpty(), "investigation.refused.there");
                yield List.of(new EvidenceExcused(d.line(), needed(d.reason(), "investigation.refused.reason")));
            }
            case Deed.PlanStep d -> plan(d, scene);
            case Deed.CompleteStep d -> {
                openStep(d.step());
                yield List.of(new InvestigationStepDone(d.step(), Personal.ofNullable(d.note())));
            }
            case Deed.MoveStep d -> {
                openStep(d.step());
                require(d.dueAt().isAfter(scene.now()), "investigation.refused.past");
                yield List.of(new InvestigationStepMoved(
                        d.step(), d.owner(), d.dueAt(), needed(d.reason(), "investigation.refused.reason")));
            }
            case Deed.DropStep d -> {
                openStep(d.step());
                yield List.of(
                        new InvestigationStepDropped(d.step(), needed(d.reason(), "investigation.refused.reason")));
            }
            case Deed.RecordFinding d -> List.of(finding(d, scene));
            case Deed.WithdrawFinding d -> {
                require(
                        findings.stream().anyMatch(each -> each.id().equals(d.finding()) && each.withdrawn() == null),
                        "investigation.refused.withdrawn");
                yield List.of(new FindingWithdrawn(d.finding(), needed(d.reason(), "investigation.refused.reason")));
            }
            case Deed.TakeStatement d -> {
                require(!d.saidAt().isAfter(scene.now()), "investigation.refused.future");
                yield List.of(new StatementTaken(
                        Ids.next(),
                        d.side(),
                        needed(d.who(), "investigation.refused.who"),
                        needed(d.text(), "investigation.refused.text"),
                        d.saidAt()));
            }
            case Deed.ExcuseStatement d -> {
                require(statements.stream().noneMatch(each -> each.side() == d.side()), "investigation.refused.heard");
                yield List.of(new StatementExcused(d.side(), needed(d.reason(), "investigation.refused.reason")));
            }
            case Deed.DecideResponsibility d -> List.of(responsibility(d));
            case Deed.AddEvidence d -> {
                require(!d.files().isEmpty(), "investigation.refused.file");
                var added = new ArrayList<InvestigationEvent>();
                for (Attachment file : d.files()) {
                    About about = about(d.about(), scene);
                    added.add(new EvidenceAdded(file, about.kind(), about.source(), about.obtainedAt(), about.line()));
                }
                yield List.copyOf(added);
            }
            case Deed.ClassifyEvidence d -> {
                require(scene.files().contains(d.sha256()), "investigation.refused.evidence");
                About about = about(d.about(), scene);
                yield List.of(new EvidenceClassified(
                        d.sha256(), about.kind(), about.source(), about.obtainedAt(), about.line()));
            }
            case Deed.HandOverEvidence d -> {
                require(scene.files().contains(d.sha256()), "investigation.refused.evidence");
                yield List.of(new EvidenceHandedOver(
                        Ids.next(),
                        d.sha256(),
                        needed(d.to(), "investigation.refused.to"),
                        needed(d.purpose(), "investigation.refused.purpose")));
            }
        };
    }

    /** Nobody replaces an answer that he has not read; the same answer twice loses nothing. */
    private void refuseOvertaken(Deed.Answer deed, PlaybookLineAnswered wanted) {
        Answer before = answers.get(wanted.line());
        if (deed.seen() == null || before == null) {
            return;
        }
        boolean isSame = before.result() == wanted.result()
                && Personal.text(before.text()).equals(Personal.text(wanted.answer()));
        if (!isSame && !before.at().toString().equals(deed.seen())) {
            throw new AnsweredMeanwhile();
        }
    }

    private static PlaybookLineAnswered answer(Deed.Answer deed, Scene scene) {
        PlaybookLine line = line(deed.line(), scene, PlaybookLine.Part.ASK, PlaybookLine.Part.CHECK);
        boolean isCheck = line.part() == PlaybookLine.Part.CHECK;
        require(!isCheck || deed.result() != null, "investigation.refused.result");
        // A check that is in order needs no words; anything else does.
        boolean isBare = isCheck && deed.result() == CheckResult.IN_ORDER;
        Personal text = isBare ? Personal.of(deed.text().strip()) : needed(deed.text(), "investigation.refused.text");
        return new PlaybookLineAnswered(line.key(), isCheck ? deed.result() : null, text);
    }

    /** The first step begins the investigation. */
    private List<InvestigationEvent> plan(Deed.PlanStep deed, Scene scene) {
        require(deed.dueAt().isAfter(scene.now()), "investigation.refused.past");
        var planned = new InvestigationStepPlanned(
                Ids.next(), needed(deed.text(), "investigation.refused.text"), deed.owner(), deed.dueAt());
        return isOpened() ? List.of(planned) : List.of(new InvestigationOpened(scene.playbook()), planned);
    }

    private FindingRecorded finding(Deed.RecordFinding deed, Scene scene) {
        require(scene.files().containsAll(deed.evidence()), "investigation.refused.evidence");
        Set<UUID> known = statements.stream().map(Statement::id).collect(Collectors.toSet());
        require(known.containsAll(deed.statements()), "investigation.refused.statement");
        boolean isBased = !deed.evidence().isEmpty() || !deed.statements().isEmpty();
        require(deed.kind() != FindingKind.FACT || isBased, "investigation.refused.fact");
        return new FindingRecorded(
                Ids.next(),
                deed.kind(),
                needed(deed.text(), "investigation.refused.text"),
                deed.evidence(),
                deed.statements());
    }

    private ResponsibilityDecided responsibility(Deed.DecideResponsibility deed) {
        Integer share = deed.share();
        boolean isShared = deed.kind() == Responsibility.SHARED;
        require(
                !isShared || (share != null && share >= LEAST_SHARE && share <= MOST_SHARE),
                "investigation.refused.share",
                LEAST_SHARE,
                MOST_SHARE);
        Personal grounds = needed(deed.grounds(), "investigation.refused.grounds");
        Personal reason = Personal.ofNullable(deed.reason());
        require(decisions.isEmpty() || reason != null, "investigation.refused.revision");
        return new ResponsibilityDecided(
                deed.kind(), isShared ? share : null, grounds, decisions.isEmpty() ? null : reason);
    }

    private record About(
            EvidenceKind kind,
            Personal source,
            @Nullable Instant obtainedAt,
            @Nullable String line) {}

    private static About about(Deed.About about, Scene scene) {
        Instant obtainedAt = about.obtainedAt();
        require(obtainedAt == null || !obtainedAt.isAfter(scene.now()), "investigation.refused.future");
        String line = about.line();
        if (line != null) {
            line(line, scene, PlaybookLine.Part.COLLECT);
        }
        return new About(about.kind(), needed(about.source(), "investigation.refused.source"), obtainedAt, line);
    }

    private static PlaybookLine line(String key, Scene scene, PlaybookLine.Part... parts) {
        return scene.lines().stream()
                .filter(each -> each.key().equals(key) && List.of(parts).contains(each.part()))
                .findFirst()
                .orElseThrow(() -> new Refused("investigation.refused.line"));
    }

    private void openStep(UUID id) {
        require(steps.stream().anyMatch(step -> step.id().equals(id) && step.isOpen()), "investigation.refused.step");
    }

    private static void require(boolean isSo, String key, Object... arguments) {
        if (!isSo) {
            throw new Refused(key, arguments);
        }
    }

    private static Personal needed(@Nullable String text, String key) {
        require(text != null && !text.isBlank(), key);
        return Personal.of(Objects.requireNonNull(text).strip());
    }

    /** Adds events up. */
    private static final class Sum {
        private @Nullable Instant openedAt;
        private final Map<String, Answer> answers = new LinkedHashMap<>();
        private final Map<String, Excuse> excused = new LinkedHashMap<>();
        private final Map<UUID, Step> steps = new LinkedHashMap<>();
        private final Map<UUID, Found> findings = new LinkedHashMap<>();
        private final List<Statement> statements = new ArrayList<>();
        private final Map<Side, Excuse> silent = new EnumMap<>(Side.class);
        private final List<Decision> decisions = new ArrayList<>();
        private final Map<String, Known> evidence = new LinkedHashMap<>();
        private final List<HandOver> handOvers = new ArrayList<>();

        Investigation investigation() {
            return new Investigation(
                    openedAt,
                    Map.copyOf(answers),
                    Map.copyOf(excused),
                    List.copyOf(steps.values()),
                    List.copyOf(findings.values()),
                    List.copyOf(statements),
                    Map.copyOf(silent),
                    List.copyOf(decisions),
                    Map.copyOf(evidence),
                    List.copyOf(handOvers));
        }

        void add(InvestigationEvent event, Actor by, Instant at) {
            switch (event) {
                case InvestigationOpened e -> openedAt = at;
                case PlaybookLineAnswered e -> answers.put(e.line(), new Answer(e.result(), e.answer(), by, at));
                case EvidenceExcused e -> excused.put(e.line(), new Excuse(e.reason(), by, at));
                case InvestigationStepPlanned e ->
                    steps.put(e.step(), new Step(e.step(), e.text(), e.owner(), e.dueAt(), List.of(), null));
                case InvestigationStepDone e -> end(e.step(), new End(true, e.note(), by, at));
                case InvestigationStepDropped e -> end(e.step(), new End(false, e.reason(), by, at));
                case InvestigationStepMoved e ->
                    steps.computeIfPresent(e.step(), (id, step) -> {
                        var moves = new ArrayList<>(step.moves());
                        moves.add(new Excuse(e.reason(), by, at));
                        return new Step(id, step.text(), e.owner(), e.dueAt(), List.copyOf(moves), step.end());
                    });
                case FindingRecorded e ->
                    findings.put(
                            e.finding(),
                            new Found(e.finding(), e.kind(), e.text(), e.evidence(), e.statements(), by, at, null));
                case FindingWithdrawn e ->
                    findings.computeIfPresent(
                            e.finding(),
                            (id, found) -> new Found(
                                    id,
                                    found.kind(),
                                    found.text(),
                                    found.evidence(),
                                    found.statements(),
                                    found.by(),
                                    found.at(),
                                    new Excuse(e.reason(), by, at)));
                case StatementTaken e -> {
                    statements.add(new Statement(e.statement(), e.side(), e.who(), e.text(), e.saidAt(), by, at));
                    silent.remove(e.side());
                }
                case StatementExcused e -> silent.put(e.side(), new Excuse(e.reason(), by, at));
                case ResponsibilityDecided e ->
                    decisions.add(new Decision(e.kind(), e.share(), e.grounds(), e.reason(), by, at));
                case EvidenceAdded e ->
                    know(e.file().sha256(), new Known(e.kind(), e.source(), e.obtainedAt(), e.line(), by, at));
                case EvidenceClassified e ->
                    know(e.sha256(), new Known(e.kind(), e.source(), e.obtainedAt(), e.line(), by, at));
                case EvidenceHandedOver e -> handOvers.add(new HandOver(e.handOver(), e.sha256(), e.to(), e.purpose()));
            }
        }

        private void know(String sha256, Known known) {
            evidence.put(sha256, known);
            if (known.line() != null) {
                excused.remove(known.line());
            }
        }

        private void end(UUID id, End end) {
            steps.computeIfPresent(
                    id, (same, step) -> new Step(id, step.text(), step.owner(), step.dueAt(), step.moves(), end));
        }
    }
}
