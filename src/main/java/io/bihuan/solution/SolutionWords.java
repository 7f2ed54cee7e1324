package io.bihuan.solution;

import io.bihuan.complaint.CaseEventWords;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.complaint.Contact;
import io.bihuan.privacy.Personal;
import io.bihuan.web.Texts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells what happened to a solution. */
@Component
class SolutionWords implements CaseEventWords {
    @Override
    public Class<? extends ComplaintEvent.CaseEvent> family() {
        return SolutionEvent.class;
    }

    @Override
    public Set<UUID> people(ComplaintEvent.CaseEvent event) {
        return (switch ((SolutionEvent) event) {
                    case SolutionEvent.RejectionEscalated e -> Stream.of(e.to());
                    case SolutionEvent.MeasureMoved e -> Stream.ofNullable(e.person());
                    case SolutionEvent.ProposalDrafted e -> Stream.<UUID>empty();
                    case SolutionEvent.ProposalRewritten e -> Stream.<UUID>empty();
                    case SolutionEvent.ApprovalAsked e -> Stream.<UUID>empty();
                    case SolutionEvent.ProposalApproved e -> Stream.<UUID>empty();
                    case SolutionEvent.ProposalSentBack e -> Stream.<UUID>empty();
                    case SolutionEvent.ProposalSent e -> Stream.<UUID>empty();
                    case SolutionEvent.ProposalAnswered e -> Stream.<UUID>empty();
                    case SolutionEvent.ProposalQuestioned e -> Stream.<UUID>empty();
                    case SolutionEvent.ProposalQuestionAnswered e -> Stream.<UUID>empty();
                    case SolutionEvent.ProposalWithdrawn e -> Stream.<UUID>empty();
                    case SolutionEvent.MeasureDone e -> Stream.<UUID>empty();
                    case SolutionEvent.MeasureWaived e -> Stream.<UUID>empty();
                })
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Words words(ComplaintEvent.CaseEvent event, Reader reader) {
        Texts t = reader.t();
        return switch ((SolutionEvent) event) {
            case SolutionEvent.ProposalDrafted e ->
                said(t, e, "edit", "blue", contents(t, e.measures(), e.approvers()), e.text());
            case SolutionEvent.ProposalRewritten e ->
                said(t, e, "edit", "blue", contents(t, e.measures(), e.approvers()), e.text());
            case SolutionEvent.ApprovalAsked e ->
                said(t, e, "shield", "yellow", t.of("solution.event.approvers", e.approvers()), null);
            case SolutionEvent.ProposalApproved e ->
                said(t, e, "check", "green", e.last() ? null : t.of("solution.event.oneMore"), e.note());
            case SolutionEvent.ProposalSentBack e -> said(t, e, "left", "orange", null, e.reason());
            case SolutionEvent.ProposalSent e -> said(t, e, "mail", "teal", t.of(e.way()), null);
            case SolutionEvent.ProposalAnswered e ->
                said(
                        t,
                        e,
                        e.answer() == Answer.ACCEPTED ? "check" : "x",
                        e.answer() == Answer.ACCEPTED ? "green" : "red",
                        t.of("solution.event.heard", t.of(e.answer()), t.of(e.heard())),
                        e.text());
            case SolutionEvent.ProposalQuestioned e -> said(t, e, "message", "orange", null, e.question());
            case SolutionEvent.ProposalQuestionAnswered e -> said(t, e, "message", "blue", null, e.text());
            case SolutionEvent.ProposalWithdrawn e -> said(t, e, "x", "secondary", null, e.reason());
            case SolutionEvent.RejectionEscalated e ->
                said(t, e, "up", "red", t.of("solution.event.to", reader.staff(e.to())), e.reason());
            case SolutionEvent.MeasureMoved e -> {
                UUID person = e.person();
                yield said(
                        t,
                        e,
                        "calendar",
                        "yellow",
                        t.of(
                                "solution.event.moved",
                                e.measure(),
                                person == null ? department(reader, e.department()) : reader.staff(person),
                                t.dateTime(e.dueAt())),
                        e.reason());
            }
            case SolutionEvent.MeasureDone e ->
                new Words(
                        title(t, e),
                        "check",
                        "green",
                        t.of("solution.event.measure", e.measure()),
                        Personal.valueOf(e.proof()),
                        e.files());
            case SolutionEvent.MeasureWaived e ->
                said(t, e, "x", "orange", t.of("solution.event.measure", e.measure()), e.reason());
        };
    }

    /** He knows what was put to him and what he said; nothing else is his. */
    @Override
    public Optional<Words> toCustomer(ComplaintEvent.CaseEvent event, Texts t) {
        return switch ((SolutionEvent) event) {
            case SolutionEvent.ProposalSent e -> customer(t, "sent", "mail", "teal", null);
            case SolutionEvent.ProposalAnswered e ->
                customer(
                        t,
                        e.answer() == Answer.ACCEPTED ? "accepted" : "rejected",
                        e.answer() == Answer.ACCEPTED ? "check" : "x",
                        "blue",
                        // What a colleague wrote down of a call is the colleague's text.
                        e.heard() == Contact.ONLINE ? e.text() : null);
            case SolutionEvent.ProposalQuestioned e -> customer(t, "asked", "message", "blue", e.question());
            case SolutionEvent.ProposalQuestionAnswered e -> customer(t, "replied", "message", "teal", e.text());
            case SolutionEvent.ProposalDrafted e -> Optional.empty();
            case SolutionEvent.ProposalRewritten e -> Optional.empty();
            case SolutionEvent.ApprovalAsked e -> Optional.empty();
            case SolutionEvent.ProposalApproved e -> Optional.empty();
            case SolutionEvent.ProposalSentBack e -> Optional.empty();
            case SolutionEvent.ProposalWithdrawn e -> Optional.empty();
            case SolutionEvent.RejectionEscalated e -> Optional.empty();
            case SolutionEvent.MeasureMoved e -> Optional.empty();
            case SolutionEvent.MeasureDone e -> Optional.empty();
            case SolutionEvent.MeasureWaived e -> Optional.empty();
        };
    }

    private static Optional<Words> customer(Texts t, String key, String icon, String tone, @Nullable Personal quote) {
        return Optional.of(new Words(t.of("solution.customer." + key), icon, tone, null, Personal.valueOf(quote)));
    }

    private static String contents(Texts t, List<PlannedMeasure> measures, int approvers) {
        String kinds = measures.stream()
                .map(measure -> t.of(measure.kind()))
                .distinct()
                .collect(Collectors.joining(t.of("standard.list")));
        return approvers == 0 ? kinds : t.of("solution.event.contents", kinds, approvers);
    }

    private static String department(Reader reader, String code) {
        return reader.pack()
                .departments()
                .find(code)
                .map(each -> each.label().in(reader.t().locale()))
                .orElse(code);
    }

    private static Words said(
            Texts t,
            SolutionEvent event,
            String icon,
            String tone,
            @Nullable String sentence,
            @Nullable Personal quote) {
        return new Words(title(t, event), icon, tone, sentence, Personal.valueOf(quote));
    }

    private static String title(Texts t, SolutionEvent event) {
        return t.of("solution.event." + event.getClass().getSimpleName(), event.proposal());
    }
}
