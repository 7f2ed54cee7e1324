package io.bihuan.identity;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an administrator may set of a member of the staff. */
public record StaffDetails(
        String name,
        Set<Role> roles,
        @Nullable String department,
        @Nullable String language,
        boolean active) {
    public StaffDetails {
        roles = Set.copyOf(roles);
    }

    public static StaffDetails of(String name, @Nullable String department, Role... roles) {
        return new StaffDetails(name, Set.of(roles), department, null, true);
    }
}
