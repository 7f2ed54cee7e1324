package io.bihuan.identity;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody of the staff.
 *
 * @param department its code in the pack
 * @param language {@code zh-CN}, {@code en} or null for what the browser asks
 * @param dutyCalendar in whose working time somebody is on duty; null: always
 */
public record StaffMember(
        UUID id,
        String login,
        String name,
        Set<Role> roles,
        @Nullable String department,
        @Nullable String language,
        boolean active,
        boolean mustChangePassword,
        Instant createdAt,
        @Nullable Instant signedInAt,
        @Nullable UUID lead,
        Set<Post> posts,
        @Nullable String dutyCalendar) {
    public StaffMember {
        roles = Set.copyOf(roles);
        posts = Set.copyOf(posts);
    }

    public Reach reach() {
        return signedIn().reach();
    }

    SignedIn signedIn() {
        return new SignedIn(id, login, name, roles, department, mustChangePassword);
    }
}
