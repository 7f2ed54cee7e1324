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
        @Nullable Instant signedInAt) {
    public StaffMember {
        roles = Set.copyOf(roles);
    }

    SignedIn signedIn() {
        return new SignedIn(id, login, name, roles, department, mustChangePassword);
    }
}
