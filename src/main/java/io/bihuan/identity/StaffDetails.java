package io.bihuan.identity;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator may set of a member of the staff.
 *
 * @param lead who is told when this person is late
 * @param dutyCalendar in whose working time somebody is on duty; null: always
 */
public record StaffDetails(
        String name,
        Set<Role> roles,
        @Nullable String department,
        @Nullable String language,
        boolean active,
        @Nullable UUID lead,
        Set<Post> posts,
        @Nullable String dutyCalendar) {
    public StaffDetails {
        roles = Set.copyOf(roles);
        posts = Set.copyOf(posts);
    }

    public StaffDetails(
            String name, Set<Role> roles, @Nullable String department, @Nullable String language, boolean active) {
        this(name, roles, department, language, active, null, Set.of(), null);
    }

    public static StaffDetails of(String name, @Nullable String department, Role... roles) {
        return new StaffDetails(name, Set.of(roles), department, null, true);
    }

    public StaffDetails ledBy(@Nullable UUID other) {
        return new StaffDetails(name, roles, department, language, active, other, posts, dutyCalendar);
    }

    public StaffDetails holding(Post... others) {
        return new StaffDetails(name, roles, department, language, active, lead, Set.of(others), dutyCalendar);
    }

    public StaffDetails onDutyIn(@Nullable String calendar) {
        return new StaffDetails(name, roles, department, language, active, lead, posts, calendar);
    }
}
