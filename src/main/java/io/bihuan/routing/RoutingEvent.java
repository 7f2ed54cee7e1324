package io.bihuan.routing;

import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.privacy.Personal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What this module records of a complaint: who must keep out of it. */
public sealed interface RoutingEvent extends ComplaintEvent.CaseEvent {
    /** The complaint is about a person, or about a place or department by its code. */
    record ComplainedAbout(
            UUID id,
            About about,
            @Nullable UUID staff,
            @Nullable String code,
            Personal reason) implements RoutingEvent {
        @Override
        public List<Personal> texts() {
            return List.of(reason);
        }
    }

    /** It is not about that one after all. */
    record RecusalLifted(UUID id, Personal reason) implements RoutingEvent {
        @Override
        public List<Personal> texts() {
            return List.of(reason);
        }
    }
}
