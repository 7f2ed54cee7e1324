package io.bihuan.identity;

import io.bihuan.platform.Actor;
import io.bihuan.web.Texts;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** How those are called who did something: members of the staff by their names, all others as the system. */
@Component
public class ActorNames {
    /** Names of some actors, given as {@code kind:id}. */
    public record Names(Map<String, String> names) {
        public String of(String actor) {
            return Objects.requireNonNullElse(names.get(actor), actor);
        }
    }

    private final Staff staff;

    ActorNames(Staff staff) {
        this.staff = staff;
    }

    public Names of(Collection<String> actors, Texts t) {
        Map<UUID, StaffMember> known = staff.names(actors.stream()
                .map(Actor::parse)
                .filter(actor -> actor.kind() == Actor.Kind.STAFF)
                .map(actor -> UUID.fromString(actor.id()))
                .collect(Collectors.toSet()));
        return new Names(actors.stream().distinct().collect(Collectors.toMap(text -> text, text -> {
            Actor actor = Actor.parse(text);
            return switch (actor.kind()) {
                case STAFF -> {
                    StaffMember member = known.get(UUID.fromString(actor.id()));
                    yield member == null ? t.of("identity.actor.unknown") : member.name();
                }
                case SYSTEM, TOKEN, CUSTOMER -> t.of("identity.actor.system");
            };
        })));
    }

    public String name(String actor, Texts t) {
        return of(List.of(actor), t).of(actor);
    }
}
