package io.bihuan.routing;

import io.bihuan.complaint.CaseEventWords;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.privacy.Personal;
import io.bihuan.routing.RoutingEvent.ComplainedAbout;
import io.bihuan.routing.RoutingEvent.RecusalLifted;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Tells colleagues who must keep out of a complaint; the customer knows whom he complains about. */
@Component
class RoutingWords implements CaseEventWords {
    @Override
    public Class<? extends ComplaintEvent.CaseEvent> family() {
        return RoutingEvent.class;
    }

    @Override
    public Set<UUID> people(ComplaintEvent.CaseEvent event) {
        return event instanceof ComplainedAbout named && named.staff() != null ? Set.of(named.staff()) : Set.of();
    }

    @Override
    public Words words(ComplaintEvent.CaseEvent event, Reader reader) {
        return switch ((RoutingEvent) event) {
            case ComplainedAbout e ->
                new Words(
                        reader.t().of("routing.event.ComplainedAbout"),
                        "shield",
                        "orange",
                        reader.t().of("routing.said." + e.about(), who(e, reader)),
                        Personal.text(e.reason()));
            case RecusalLifted e ->
                new Words(
                        reader.t().of("routing.event.RecusalLifted"),
                        "shield",
                        "secondary",
                        null,
                        Personal.text(e.reason()));
        };
    }

    private static String who(ComplainedAbout event, Reader reader) {
        UUID person = event.staff();
        String code = event.code();
        return person != null
                ? reader.staff(person)
                : event.about() == About.DEPARTMENT
                        ? reader.pack()
                                .departments()
                                .find(String.valueOf(code))
                                .map(each -> each.label().in(reader.t().locale()))
                                .orElse(String.valueOf(code))
                        : String.valueOf(code);
    }
}
