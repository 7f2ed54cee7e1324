package io.bihuan.complaint.web;

import io.bihuan.complaint.Assessor;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.identity.StaffMember;
import io.bihuan.platform.Actor;
import io.bihuan.web.Texts;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who chose the category of a complaint. */
@Component
class CategoryChoices {
    private static final Set<Class<? extends ComplaintEvent>> CHOOSING =
            Set.of(ComplaintEvent.Registered.class, ComplaintEvent.Assessed.class);

    private final Complaints complaints;
    private final People people;

    CategoryChoices(Complaints complaints, People people) {
        this.complaints = complaints;
        this.people = people;
    }

    /**
     * Whoever assessed the complaint, before that whoever registered it; null where there is none, or where the words of the customer
     * speak for it anyway: then that is how it came about.
     *
     * @param shown its newest events, the newest first
     */
    @Nullable
    String words(Complaint complaint, List<HistoryEvent> shown, Assessor.Suggestion suggestion, Texts t) {
        if (complaint.category() == null || !complaint.category().equals(suggestion.category())) {
            return null;
        }
        HistoryEvent chosen = shown.stream()
                .filter(each -> CHOOSING.contains(each.event().getClass()))
                .findFirst()
                .or(() -> complaints.newest(complaint.number(), CHOOSING))
                .orElse(null);
        if (chosen == null) {
            return null;
        }
        if (chosen.event() instanceof ComplaintEvent.Assessed) {
            return t.of("complaint.page.chosen.assessed", name(chosen.actor(), t));
        }
        return suggestion.whyGuessed().isEmpty()
                ? t.of("complaint.page.chosen.registered", name(chosen.actor(), t))
                : null;
    }

    private String name(Actor actor, Texts t) {
        Map<UUID, StaffMember> known =
                actor.kind() == Actor.Kind.STAFF ? people.known(List.of(UUID.fromString(actor.id()))) : Map.of();
        return People.doer(actor, known, t).name();
    }
}
