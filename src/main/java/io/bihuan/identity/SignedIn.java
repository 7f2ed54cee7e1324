package io.bihuan.identity;

import io.bihuan.platform.Actor;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A member of the staff on a page; controllers take it as {@code @AuthenticationPrincipal SignedIn}. */
public record SignedIn(
        UUID id,
        String login,
        String name,
        Set<Role> roles,
        @Nullable String department,
        boolean mustChangePassword) {
    public SignedIn {
        roles = Set.copyOf(roles);
    }

    public Actor actor() {
        return Actor.staff(id);
    }

    public boolean is(Role role) {
        return roles.contains(role);
    }

    /** Who only handles sees the complaints of the own department; everybody else sees all. */
    public Reach reach() {
        return roles.equals(Set.of(Role.HANDLER)) ? Reach.of(department) : Reach.ALL;
    }
}
