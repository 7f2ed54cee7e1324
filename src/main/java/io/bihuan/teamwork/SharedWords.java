package io.bihuan.teamwork;

import io.bihuan.complaint.CaseEventWords;
import io.bihuan.complaint.ComplaintEvent.CaseEvent;
import io.bihuan.web.Texts;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Tells what happened in the thread that the customer shares; he hears what was said in it, not why it ended. */
@Component
class SharedWords implements CaseEventWords {
    @Override
    public Class<SharedEvent> family() {
        return SharedEvent.class;
    }

    @Override
    public Words words(CaseEvent event, Reader reader) {
        Texts t = reader.t();
        return switch ((SharedEvent) event) {
            case SharedEvent.SharedThreadOpened e ->
                new Words(t.of("teamwork.event.SharedThreadOpened"), "user", "blue", null, null);
            case SharedEvent.SharedSaid e ->
                new Words(
                        t.of("teamwork.event.SharedSaid"),
                        "message",
                        "blue",
                        null,
                        TaskWords.quote(e.text()),
                        e.files());
            case SharedEvent.SharedThreadEnded e ->
                new Words(
                        t.of("teamwork.event.SharedThreadEnded"),
                        "lock",
                        "secondary",
                        null,
                        TaskWords.quote(e.reason()));
        };
    }

    @Override
    public Optional<Words> toCustomer(CaseEvent event, Texts t) {
        return switch ((SharedEvent) event) {
            case SharedEvent.SharedThreadOpened e ->
                Optional.of(new Words(t.of("teamwork.customer.SharedThreadOpened"), "message", "blue", null, null));
            case SharedEvent.SharedSaid e ->
                Optional.of(new Words(
                        t.of("teamwork.customer.SharedSaid"),
                        "message",
                        "blue",
                        null,
                        TaskWords.quote(e.text()),
                        e.files()));
            case SharedEvent.SharedThreadEnded e ->
                Optional.of(new Words(t.of("teamwork.customer.SharedThreadEnded"), "lock", "secondary", null, null));
        };
    }
}
