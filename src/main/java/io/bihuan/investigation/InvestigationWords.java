package io.bihuan.investigation;

import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.CaseEventWords;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.pack.Label;
import io.bihuan.privacy.Masks;
import io.bihuan.privacy.Personal;
import io.bihuan.standard.Playbook;
import io.bihuan.standard.Playbooks;
import io.bihuan.web.Texts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How colleagues read what happened in an investigation; a customer reads nothing of it. */
@Component
class InvestigationWords implements CaseEventWords {
    private static final int SHORT_HASH = 12;

    @Override
    public Class<? extends ComplaintEvent.CaseEvent> family() {
        return InvestigationEvent.class;
    }

    @Override
    public Set<UUID> people(ComplaintEvent.CaseEvent event) {
        return switch ((InvestigationEvent) event) {
            case InvestigationEvent.InvestigationStepPlanned e -> Set.of(e.owner());
            case InvestigationEvent.InvestigationStepMoved e -> Set.of(e.owner());
            case InvestigationEvent.InvestigationOpened e -> Set.of();
            case InvestigationEvent.InvestigationStepDone e -> Set.of();
            case InvestigationEvent.InvestigationStepDropped e -> Set.of();
            case InvestigationEvent.PlaybookLineAnswered e -> Set.of();
            case InvestigationEvent.EvidenceExcused e -> Set.of();
            case InvestigationEvent.EvidenceAdded e -> Set.of();
            case InvestigationEvent.EvidenceClassified e -> Set.of();
            case InvestigationEvent.EvidenceHandedOver e -> Set.of();
            case InvestigationEvent.FindingRecorded e -> Set.of();
            case InvestigationEvent.FindingWithdrawn e -> Set.of();
            case InvestigationEvent.StatementTaken e -> Set.of();
            case InvestigationEvent.StatementExcused e -> Set.of();
            case InvestigationEvent.ResponsibilityDecided e -> Set.of();
        };
    }

    @Override
    public Words words(ComplaintEvent.CaseEvent event, Reader reader) {
        Texts t = reader.t();
        return switch ((InvestigationEvent) event) {
            case InvestigationEvent.InvestigationOpened e ->
                said(t, e, "search", "purple", playbook(e.playbook(), reader), null);
            case InvestigationEvent.InvestigationStepPlanned e ->
                said(t, e, "list", "secondary", until(reader, e.owner(), t.dateTime(e.dueAt())), e.text());
            case InvestigationEvent.InvestigationStepMoved e ->
                said(t, e, "list", "yellow", until(reader, e.owner(), t.dateTime(e.dueAt())), e.reason());
            case InvestigationEvent.InvestigationStepDone e -> said(t, e, "check", "green", null, e.note());
            case InvestigationEvent.InvestigationStepDropped e -> said(t, e, "x", "secondary", null, e.reason());
            case InvestigationEvent.PlaybookLineAnswered e ->
                said(t, e, "check", "secondary", answered(e, reader), e.answer());
            case InvestigationEvent.EvidenceExcused e -> said(t, e, "x", "yellow", line(e.line(), reader), e.reason());
            case InvestigationEvent.EvidenceAdded e ->
                said(t, e, "file", "secondary", kind(e.kind(), e.line(), reader), e.source(), e.file());
            case InvestigationEvent.EvidenceClassified e ->
                said(t, e, "tag", "secondary", kind(e.kind(), e.line(), reader), e.source());
            case InvestigationEvent.EvidenceHandedOver e ->
                said(
                        t,
                        e,
                        "right",
                        "yellow",
                        t.of(
                                "investigation.event.handedOver",
                                Personal.text(e.to()),
                                e.sha256().substring(0, SHORT_HASH)),
                        e.purpose());
            case InvestigationEvent.FindingRecorded e -> said(t, e, "edit", "purple", t.of(e.kind()), e.text());
            case InvestigationEvent.FindingWithdrawn e -> said(t, e, "x", "secondary", null, e.reason());
            case InvestigationEvent.StatementTaken e ->
                said(
                        t,
                        e,
                        "message",
                        "secondary",
                        t.of(
                                "investigation.event.statement",
                                t.of(e.side()),
                                who(e.side(), e.who()),
                                t.dateTime(e.saidAt())),
                        e.text());
            case InvestigationEvent.StatementExcused e -> said(t, e, "message", "yellow", t.of(e.side()), e.reason());
            case InvestigationEvent.ResponsibilityDecided e ->
                said(
                        t,
                        e,
                        "flag",
                        "purple",
                        InvestigationParts.said(e.kind(), e.share(), t),
                        e.reason() == null
                                ? e.grounds()
                                : Personal.of(t.of(
                                        "investigation.event.revised",
                                        Personal.text(e.grounds()),
                                        Personal.text(e.reason()))));
        };
    }

    /** A customer's name is masked where nobody has asked for it; who is complained about is known to those who look into it. */
    static String who(Side side, Personal who) {
        return side == Side.CUSTOMER ? Masks.name(Personal.valueOf(who)) : Personal.text(who);
    }

    private static Words said(
            Texts t,
            InvestigationEvent event,
            String icon,
            String tone,
            @Nullable String sentence,
            @Nullable Personal quote,
            Attachment... files) {
        String text = Personal.valueOf(quote);
        return new Words(
                t.of("investigation.event." + event.getClass().getSimpleName()),
                icon,
                tone,
                sentence,
                text == null || text.isBlank() ? null : text,
                List.of(files));
    }

    private static String until(Reader reader, UUID owner, String due) {
        return reader.t().of("investigation.event.until", reader.staff(owner), due);
    }

    private static @Nullable String playbook(@Nullable String name, Reader reader) {
        return find(name, reader)
                .map(each -> each.label().in(reader.t().locale()))
                .orElse(null);
    }

    private static Optional<Playbook> find(@Nullable String name, Reader reader) {
        return reader.pack().part(Playbooks.class).all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst();
    }

    /** The line as it reads, or its key where the pack has no such line any more. */
    private static String line(String key, Reader reader) {
        String name = key.replaceFirst("/.*", "");
        return find(name, reader).stream()
                .flatMap(playbook -> PlaybookLine.of(playbook).stream())
                .filter(each -> each.key().equals(key))
                .map(PlaybookLine::label)
                .map((Label label) -> label.in(reader.t().locale()))
                .findFirst()
                .orElse(key);
    }

    private static String answered(InvestigationEvent.PlaybookLineAnswered event, Reader reader) {
        CheckResult result = event.result();
        String line = line(event.line(), reader);
        return result == null
                ? line
                : reader.t().of("investigation.event.checked", line, reader.t().of(result));
    }

    private static String kind(EvidenceKind kind, @Nullable String line, Reader reader) {
        String said = reader.t().of(kind);
        return line == null ? said : reader.t().of("investigation.event.evidence", said, line(line, reader));
    }
}
