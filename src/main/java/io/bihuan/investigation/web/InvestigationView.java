package io.bihuan.investigation.web;

import io.bihuan.complaint.CasePages;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Stage;
import io.bihuan.identity.ActorNames;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.investigation.CheckResult;
import io.bihuan.investigation.EvidenceItem;
import io.bihuan.investigation.EvidenceList;
import io.bihuan.investigation.Investigation;
import io.bihuan.investigation.Investigations;
import io.bihuan.investigation.PlaybookLine;
import io.bihuan.investigation.Responsibility;
import io.bihuan.investigation.Side;
import io.bihuan.investigation.VerificationGuard;
import io.bihuan.platform.Actor;
import io.bihuan.privacy.Masks;
import io.bihuan.privacy.Personal;
import io.bihuan.standard.Playbook;
import io.bihuan.web.Option;
import io.bihuan.web.Texts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts the page of an investigation together. */
@Component
class InvestigationView {
    private final Investigations investigations;
    private final EvidenceList evidence;
    private final VerificationGuard guard;
    private final CasePages pages;
    private final Staff staff;
    private final ActorNames names;
    private final InstantSource time;

    InvestigationView(
            Investigations investigations,
            EvidenceList evidence,
            VerificationGuard guard,
            CasePages pages,
            Staff staff,
            ActorNames names,
            InstantSource time) {
        this.investigations = investigations;
        this.evidence = evidence;
        this.guard = guard;
        this.pages = pages;
        this.staff = staff;
        this.names = names;
        this.time = time;
    }

    InvestigationPage page(Complaint complaint, SignedIn who, Attempt typed, Texts t) {
        Investigation investigation = investigations.of(complaint.number());
        Playbook playbook = investigations.playbook(complaint);
        List<EvidenceItem> files = evidence.of(complaint, investigation);
        var words = new Words(complaint, investigation, files, names.of(actors(investigation), t), t);
        boolean mayAct = InvestigationRoutes.mayAct(who)
                && complaint.isOpen()
                && !complaint.isJoined()
                && complaint.erasedAt() == null;
        List<PlaybookLine> lines = playbook == null ? List.of() : investigations.lines(complaint);
        return new InvestigationPage(
                pages.head(complaint, "investigation", who, t),
                mayAct,
                investigation.openedAt(),
                playbook == null ? "" : playbook.label().in(t.locale()),
                complaint.isOpen() && (complaint.stage() == Stage.ACCEPT || complaint.stage() == Stage.VERIFY)
                        ? guard.gaps(complaint).stream().map(t::of).toList()
                        : List.of(),
                words.lines(lines, PlaybookLine.Part.ASK),
                words.lines(lines, PlaybookLine.Part.CHECK),
                words.lines(lines, PlaybookLine.Part.COLLECT),
                investigation.steps().stream()
                        .map(step -> words.step(step, time.instant()))
                        .toList(),
                investigation.findings().stream().map(words::found).toList(),
                Arrays.stream(Side.values()).map(words::hearing).toList(),
                words.decisions(),
                mayAct
                        ? staff.active().stream()
                                .map(each -> new Option(each.id().toString(), each.name()))
                                .toList()
                        : List.of(),
                files.stream()
                        .map(each -> new Option(
                                each.use().file().hash().hex(), each.use().name()))
                        .toList(),
                options(CheckResult.class, t),
                options(Responsibility.class, t),
                typed);
    }

    static <E extends Enum<E>> List<Option> options(Class<E> type, Texts t) {
        return Arrays.stream(type.getEnumConstants())
                .map(each -> new Option(each.name(), t.of(each)))
                .toList();
    }

    private static List<String> actors(Investigation investigation) {
        var actors = new HashSet<String>();
        Stream.of(
                        investigation.answers().values().stream().map(Investigation.Answer::by),
                        investigation.excused().values().stream().map(Investigation.Excuse::by),
                        investigation.silent().values().stream().map(Investigation.Excuse::by),
                        investigation.findings().stream().map(Investigation.Found::by),
                        investigation.findings().stream()
                                .map(Investigation.Found::withdrawn)
                                .flatMap(Stream::ofNullable)
                                .map(Investigation.Excuse::by),
                        investigation.statements().stream().map(Investigation.Statement::by),
                        investigation.decisions().stream().map(Investigation.Decision::by),
                        investigation.steps().stream().map(step -> Actor.staff(step.owner())),
                        investigation.steps().stream()
                                .flatMap(step -> step.moves().stream())
                                .map(Investigation.Excuse::by),
                        investigation.steps().stream()
                                .map(Investigation.Step::end)
                                .flatMap(Stream::ofNullable)
                                .map(Investigation.End::by))
                .flatMap(Function.identity())
                .map(Actor::toString)
                .forEach(actors::add);
        return new ArrayList<>(actors);
    }

    /** One investigation in the words of one reader. */
    private static final class Words {
        private final String path;
        private final Investigation investigation;
        private final Map<String, String> files;
        private final ActorNames.Names names;
        private final Texts t;

        Words(
                Complaint complaint,
                Investigation investigation,
                List<EvidenceItem> files,
                ActorNames.Names names,
                Texts t) {
            this.path = "/desk/complaints/" + complaint.number().digits() + "/evidence/";
            this.investigation = investigation;
            this.files = files.stream()
                    .collect(Collectors.toMap(
                            each -> each.use().file().hash().hex(),
                            each -> each.use().name()));
            this.names = names;
            this.t = t;
        }

        private String by(Actor actor, Instant at) {
            return t.of("investigation.by", names.of(actor.toString()), t.dateTime(at));
        }

        List<InvestigationPage.Line> lines(List<PlaybookLine> lines, PlaybookLine.Part part) {
            return lines.stream()
                    .filter(each -> each.part() == part)
                    .map(this::line)
                    .toList();
        }

        private InvestigationPage.Line line(PlaybookLine line) {
            Investigation.Answer answer = investigation.answers().get(line.key());
            Investigation.Excuse excuse = investigation.excused().get(line.key());
            CheckResult result = answer == null ? null : answer.result();
            String said = answer != null
                    ? Personal.text(answer.text())
                    : excuse != null ? Personal.text(excuse.reason()) : null;
            return new InvestigationPage.Line(
                    line.key(),
                    line.key().replace('/', '-'),
                    line.label().in(t.locale()),
                    result == null ? null : t.of(result),
                    result == null ? null : tone(result),
                    said,
                    answer != null
                            ? by(answer.by(), answer.at())
                            : excuse != null ? by(excuse.by(), excuse.at()) : null,
                    proofs(investigation.evidenceOf(line.key())),
                    result == null ? "" : result.name(),
                    answer == null ? "" : answer.at().toString());
        }

        private static String tone(CheckResult result) {
            return switch (result) {
                case IN_ORDER -> "green";
                case NOT_IN_ORDER -> "red";
                case UNCLEAR -> "yellow";
            };
        }

        private List<InvestigationPage.Proof> proofs(List<String> hashes) {
            return hashes.stream()
                    .filter(files::containsKey)
                    .map(hash -> new InvestigationPage.Proof(path + hash, files.getOrDefault(hash, hash)))
                    .toList();
        }

        InvestigationPage.Step step(Investigation.Step step, Instant now) {
            var notes = new ArrayList<String>();
            step.moves()
                    .forEach(move -> notes.add(
                            t.of("investigation.step.moved", by(move.by(), move.at()), Personal.text(move.reason()))));
            Investigation.End end = step.end();
            if (end != null) {
                String key = end.isDone() ? "investigation.step.done" : "investigation.step.dropped";
                notes.add(t.of(key, by(end.by(), end.at()), Personal.text(end.note())));
            }
            return new InvestigationPage.Step(
                    step.id().toString(),
                    Personal.text(step.text()),
                    names.of(Actor.staff(step.owner()).toString()),
                    step.owner().toString(),
                    step.dueAt(),
                    step.isOpen() && step.dueAt().isBefore(now),
                    step.isOpen(),
                    end != null && end.isDone(),
                    notes);
        }

        InvestigationPage.Found found(Investigation.Found found) {
            Investigation.Excuse withdrawn = found.withdrawn();
            Map<UUID, Investigation.Statement> known = investigation.statements().stream()
                    .collect(Collectors.toMap(Investigation.Statement::id, Function.identity()));
            return new InvestigationPage.Found(
                    found.id().toString(),
                    found.kind(),
                    Personal.text(found.text()),
                    proofs(found.evidence()),
                    found.statements().stream()
                            .flatMap(id -> Stream.ofNullable(known.get(id)))
                            .map(each -> who(each) + " · " + t.dateTime(each.saidAt()))
                            .toList(),
                    by(found.by(), found.at()),
                    withdrawn == null
                            ? null
                            : t.of(
                                    "investigation.finding.withdrawn",
                                    by(withdrawn.by(), withdrawn.at()),
                                    Personal.text(withdrawn.reason())));
        }

        InvestigationPage.Hearing hearing(Side side) {
            Investigation.Excuse silent = investigation.silent().get(side);
            return new InvestigationPage.Hearing(
                    side,
                    investigation.statements().stream()
                            .filter(each -> each.side() == side)
                            .map(each -> new InvestigationPage.Said(
                                    each.id().toString(),
                                    who(each),
                                    Personal.text(each.text()),
                                    t.dateTime(each.saidAt()),
                                    by(each.by(), each.at())))
                            .toList(),
                    silent == null
                            ? null
                            : t.of(
                                    "investigation.statement.silent",
                                    by(silent.by(), silent.at()),
                                    Personal.text(silent.reason())));
        }

        private static String who(Investigation.Statement statement) {
            return statement.side() == Side.CUSTOMER
                    ? Masks.name(Personal.valueOf(statement.who()))
                    : Personal.text(statement.who());
        }

        List<InvestigationPage.Decision> decisions() {
            var shown = new ArrayList<InvestigationPage.Decision>();
            for (Investigation.Decision each : investigation.decisions().reversed()) {
                shown.add(new InvestigationPage.Decision(
                        responsibility(each),
                        Personal.text(each.grounds()),
                        reason(each),
                        by(each.by(), each.at()),
                        shown.isEmpty()));
            }
            return List.copyOf(shown);
        }

        private String responsibility(Investigation.Decision decision) {
            Integer share = decision.share();
            return share == null ? t.of(decision.kind()) : t.of("investigation.share.of", t.of(decision.kind()), share);
        }

        private @Nullable String reason(Investigation.Decision decision) {
            String reason = Personal.text(decision.reason());
            return reason.isBlank() ? null : t.of("investigation.revised", reason);
        }
    }
}
