package io.bihuan.identity.web;

import io.bihuan.identity.StaffMember;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One screen of the staff.
 *
 * @param departments names by code
 * @param first link to the first screen, if this is another
 * @param next link to the next screen, if there is one
 */
public record StaffPage(
        String query,
        List<StaffMember> members,
        Map<String, String> departments,
        @Nullable String first,
        @Nullable String next) {
    public @Nullable String department(StaffMember member) {
        return member.department() == null ? null : departments.getOrDefault(member.department(), member.department());
    }
}
