package io.bihuan.complaint.web;

import io.bihuan.identity.Role;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who may own complaints and who may handle them: read for every complaint page, so kept for five seconds. */
@Component
class Colleagues {
    private static final Duration FRESH = Duration.ofSeconds(5);

    /** The people to choose from. */
    record Choice(List<StaffMember> owners, List<StaffMember> handlers) {}

    private record Known(Choice choice, Instant readAt) {}

    private final Staff staff;
    private final InstantSource time;
    private volatile @Nullable Known known;

    Colleagues(Staff staff, InstantSource time) {
        this.staff = staff;
        this.time = time;
    }

    Choice choice() {
        Instant now = time.instant();
        Known found = known;
        if (found == null || Duration.between(found.readAt(), now).abs().compareTo(FRESH) >= 0) {
            found = new Known(new Choice(with(Role.AGENT, Role.MANAGER), with(Role.HANDLER)), now);
            known = found;
        }
        return found.choice();
    }

    private List<StaffMember> with(Role... roles) {
        Map<UUID, StaffMember> people = new LinkedHashMap<>();
        for (Role role : roles) {
            staff.withRole(role, null).forEach(member -> people.put(member.id(), member));
        }
        return List.copyOf(people.values());
    }
}
