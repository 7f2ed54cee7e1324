package io.bihuan.identity.web;

import io.bihuan.identity.Post;
import io.bihuan.identity.Role;
import io.bihuan.identity.StaffDetails;
import io.bihuan.identity.StaffMember;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A member of the staff as an administrator writes it down. */
public record StaffForm(
        @Size(max = 64) @Nullable String login,
        @NotBlank @Size(max = 60) @Nullable String name,
        @Nullable Set<Role> roles,
        @Size(max = 64) @Nullable String department,
        @Pattern(regexp = "|zh-CN|en") @Nullable String language,
        @Nullable Boolean active,
        @Size(max = 64) @Nullable String lead,
        @Nullable Set<Post> posts,
        @Size(max = 64) @Nullable String dutyCalendar) {
    public static final StaffForm EMPTY = new StaffForm("", "", Set.of(), "", "", true, "", Set.of(), "");

    public StaffForm {
        login = login == null ? "" : login.strip();
        name = name == null ? "" : name.strip();
        roles = roles == null ? Set.of() : Set.copyOf(roles);
        department = department == null ? "" : department;
        language = language == null ? "" : language;
        active = active != null && active;
        lead = lead == null ? "" : lead;
        posts = posts == null ? Set.of() : Set.copyOf(posts);
        dutyCalendar = dutyCalendar == null ? "" : dutyCalendar;
    }

    static StaffForm of(StaffMember member) {
        return new StaffForm(
                member.login(),
                member.name(),
                member.roles(),
                member.department(),
                member.language(),
                member.active(),
                member.lead() == null ? "" : member.lead().toString(),
                member.posts(),
                member.dutyCalendar());
    }

    StaffDetails details(@Nullable UUID leader) {
        return new StaffDetails(
                String.valueOf(name),
                roles == null ? Set.of() : roles,
                department == null || department.isEmpty() ? null : department,
                language == null || language.isEmpty() ? null : language,
                Boolean.TRUE.equals(active),
                leader,
                posts == null ? Set.of() : posts,
                dutyCalendar == null || dutyCalendar.isEmpty() ? null : dutyCalendar);
    }

    public boolean holds(Post post) {
        return posts != null && posts.contains(post);
    }

    public boolean has(Role role) {
        return roles != null && roles.contains(role);
    }

    public boolean isActive() {
        return Boolean.TRUE.equals(active);
    }
}
