package io.bihuan.complaint;

import io.bihuan.pack.Pack;
import io.bihuan.platform.Actor;
import io.bihuan.web.Texts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tells the events of one neighbouring module: to colleagues, and those that concern him to the customer. */
public interface CaseEventWords {
    /** The sealed interface of the events that it tells. */
    Class<? extends ComplaintEvent.CaseEvent> family();

    /** Everybody of the staff whom the event names. */
    default Set<UUID> people(ComplaintEvent.CaseEvent event) {
        return Set.of();
    }

    /** How colleagues read it. */
    Words words(ComplaintEvent.CaseEvent event, Reader reader);

    /** How the customer reads it; empty when it is none of the customer's business, as most is. */
    default Optional<Words> toCustomer(ComplaintEvent.CaseEvent event, Texts t) {
        return Optional.empty();
    }

    /**
     * For whom it is told.
     *
     * @param pack the version that the complaint is pinned to
     * @param names how an actor is called
     */
    record Reader(Pack pack, Function<Actor, String> names, Texts t) {
        public String staff(UUID id) {
            return names.apply(Actor.staff(id));
        }
    }

    /**
     * An event in words.
     *
     * @param title what kind of thing happened
     * @param icon a name of {@code static/app/icons.svg}
     * @param tone a colour of badges
     * @param sentence what happened, beyond the title
     * @param quote what somebody wrote
     */
    record Words(
            String title,
            String icon,
            String tone,
            @Nullable String sentence,
            @Nullable String quote,
            List<Attachment> files) {
        public Words(String title, String icon, String tone, @Nullable String sentence, @Nullable String quote) {
            this(title, icon, tone, sentence, quote, List.of());
        }
    }
}
