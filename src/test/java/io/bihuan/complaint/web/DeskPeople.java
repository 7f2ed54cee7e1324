package io.bihuan.complaint.web;

import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.authentication;

import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffDetails;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/** People for tests of the desk, with logins of their own. */
public final class DeskPeople {
    private DeskPeople() {}

    /** Somebody new on the staff. */
    public static SignedIn person(Staff staff, String name, @Nullable String department, Role... roles) {
        String login = "desk-" + UUID.randomUUID();
        UUID id = staff.create(login, "Correct-horse-7", false, StaffDetails.of(name, department, roles));
        return new SignedIn(id, login, name, Set.of(roles), department, false);
    }

    /** Lets a request come from that person. */
    public static RequestPostProcessor as(SignedIn who) {
        return authentication(
                UsernamePasswordAuthenticationToken.authenticated(who, null, AuthorityUtils.NO_AUTHORITIES));
    }
}
