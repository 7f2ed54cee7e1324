package io.bihuan.correspondence;

import io.bihuan.clock.Dispatch;
import io.bihuan.complaint.CaseEventWords;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.correspondence.CorrespondenceEvent.FewerNoticesExcused;
import io.bihuan.correspondence.CorrespondenceEvent.NoticeMoved;
import io.bihuan.correspondence.CorrespondenceEvent.NoticeTold;
import io.bihuan.correspondence.CorrespondenceEvent.NoticesPlanned;
import io.bihuan.correspondence.CorrespondenceEvent.TellingFailed;
import io.bihuan.correspondence.CorrespondenceEvent.Told;
import io.bihuan.privacy.Personal;
import io.bihuan.web.Texts;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** How what was said is told: to colleagues all of it, to the customer what was said to him. */
@Component
class CorrespondenceWords implements CaseEventWords {
    private static final String GOOD = "green";
    private static final String CALM = "blue";
    private static final String BAD = "red";
    private static final String DOUBTFUL = "orange";

    @Override
    public Class<? extends ComplaintEvent.CaseEvent> family() {
        return CorrespondenceEvent.class;
    }

    @Override
    public Words words(ComplaintEvent.CaseEvent event, Reader reader) {
        Texts t = reader.t();
        return switch ((CorrespondenceEvent) event) {
            case NoticesPlanned e ->
                new Words(
                        t.of("correspondence.event.planned"),
                        "calendar",
                        CALM,
                        e.times().entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .map(entry -> t.of(
                                        "correspondence.event.time",
                                        t.of(entry.getKey()),
                                        t.dateTime(entry.getValue())))
                                .collect(Collectors.joining(t.of("correspondence.semicolon"))),
                        null);
            case NoticeMoved e ->
                new Words(
                        t.of("correspondence.event.moved"),
                        "calendar",
                        DOUBTFUL,
                        t.of("correspondence.event.time", t.of(e.notice()), t.dateTime(e.to())),
                        Personal.text(e.why()));
            case Told e ->
                new Words(
                        t.of("correspondence.event.told"),
                        "message",
                        CALM,
                        t.of("correspondence.event.what", t.of(e.purpose()), t.of(e.way())),
                        Personal.text(e.text()));
            case NoticeTold e ->
                new Words(
                        e.reached() == Dispatch.DELIVERED
                                ? t.of("correspondence.event.delivered")
                                : t.of("correspondence.event.sent"),
                        "check",
                        GOOD,
                        t.of("correspondence.event.what", t.of(e.notice()), t.of(e.way())),
                        null);
            case TellingFailed e ->
                new Words(t.of("correspondence.event.failed"), "alert", BAD, t.of(e.purpose()), null);
            case FewerNoticesExcused e ->
                new Words(
                        t.of("correspondence.event.fewer"),
                        "alert",
                        DOUBTFUL,
                        t.of("correspondence.event.fewer.told", e.told(), NoticeRule.LEAST),
                        Personal.text(e.reason()));
        };
    }

    @Override
    public Optional<Words> toCustomer(ComplaintEvent.CaseEvent event, Texts t) {
        return switch ((CorrespondenceEvent) event) {
            case Told e ->
                // The result stands in the history by itself.
                Said.tellsResult(e.purpose())
                        ? Optional.empty()
                        : Optional.of(new Words(t.of(e.purpose()), "message", CALM, null, Personal.text(e.text())));
            case NoticesPlanned e -> Optional.empty();
            case NoticeMoved e -> Optional.empty();
            case NoticeTold e -> Optional.empty();
            case TellingFailed e -> Optional.empty();
            case FewerNoticesExcused e -> Optional.empty();
        };
    }
}
