package io.bihuan.complaint.web;

import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.platform.Actor;
import io.bihuan.web.BadInput;
import io.bihuan.web.Texts;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The people that the API names, and those it is told. */
@Component
class People {
    /** Somebody of the staff, as the API shows it. */
    public record Person(UUID id, @Nullable String name) {}

    /** Who did something; id and name are absent for customers and for the system itself. */
    public record Doer(Actor.Kind kind, @Nullable String id, String name) {}

    private final Staff staff;

    People(Staff staff) {
        this.staff = staff;
    }

    Map<UUID, StaffMember> known(Collection<@Nullable UUID> ids) {
        Set<UUID> given = new HashSet<>();
        for (UUID id : ids) {
            if (id != null) {
                given.add(id);
            }
        }
        return staff.names(given);
    }

    static @Nullable Person person(@Nullable UUID id, Map<UUID, StaffMember> known) {
        if (id == null) {
            return null;
        }
        StaffMember member = known.get(id);
        return new Person(id, member == null ? null : member.name());
    }

    static Doer doer(Actor actor, Map<UUID, StaffMember> known, Texts t) {
        return switch (actor.kind()) {
            case STAFF -> {
                StaffMember member = known.get(UUID.fromString(actor.id()));
                yield new Doer(
                        actor.kind(), actor.id(), member == null ? t.of("complaint.actor.unknown") : member.name());
            }
            case TOKEN -> new Doer(actor.kind(), actor.id(), t.of("complaint.actor.token"));
            case CUSTOMER -> new Doer(actor.kind(), null, t.of("complaint.actor.customer"));
            case SYSTEM -> new Doer(actor.kind(), null, t.of("complaint.actor.system"));
        };
    }

    /** The active member of the staff with this id or login. */
    UUID active(String pointer, String idOrLogin) {
        return activeMember(pointer, idOrLogin).id();
    }

    /** The same with roles and department. */
    StaffMember activeMember(String pointer, String idOrLogin) {
        return find(idOrLogin)
                .filter(StaffMember::active)
                .orElseThrow(() -> new BadInput(pointer, "complaint.field.owner"));
    }

    private Optional<StaffMember> find(String idOrLogin) {
        try {
            return staff.find(UUID.fromString(idOrLogin));
        } catch (IllegalArgumentException e) {
            return staff.findByLogin(idOrLogin);
        }
    }
}
