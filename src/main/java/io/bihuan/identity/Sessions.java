package io.bihuan.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.stereotype.Component;

/**
 * Who is signed in, as two plain texts in the session (in the database): the person's id and sign-in epoch. Name, roles and
 * whether he is still active are read anew, so that a dismissal or a new role counts within seconds on every node.
 */
@Component
public class Sessions implements SecurityContextRepository {
    private static final String STAFF = "staff";
    private static final String EPOCH = "epoch";

    private final Staff staff;
    private final CsrfTokenRepository csrf;

    Sessions(Staff staff, CsrfTokenRepository csrf) {
        this.staff = staff;
        this.csrf = csrf;
    }

    /** Begins a session of somebody under a new id, with a new form token. */
    public void begin(StaffMember member, HttpServletRequest request, HttpServletResponse response) {
        HttpSession old = request.getSession(false);
        if (old != null) {
            old.invalidate();
        }
        HttpSession session = request.getSession(true);
        session.setAttribute(STAFF, member.id().toString());
        session.setAttribute(EPOCH, epoch(member.id()));
        session.setAttribute(
                FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME,
                member.id().toString());
        csrf.saveToken(null, request, response);
    }

    /** Lets this session go on after its own person has changed the password. */
    public void keep(SignedIn who, HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            request.changeSessionId();
            session.setAttribute(EPOCH, epoch(who.id()));
        }
    }

    /** Ends the session. */
    public void end(HttpServletRequest request, HttpServletResponse response) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
        SecurityContextHolder.clearContext();
        csrf.saveToken(null, request, response);
    }

    private String epoch(UUID id) {
        return String.valueOf(staff.account(id).map(Staff.Account::epoch).orElse(-1));
    }

    @Override
    public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
        return new Deferred(request);
    }

    // Deprecated by Spring Security, still abstract
    @Override
    @SuppressWarnings("deprecation")
    public SecurityContext loadContext(HttpRequestResponseHolder holder) {
        return context(holder.getRequest());
    }

    /** Nothing to save: only {@link #begin} signs somebody in. */
    @Override
    public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {}

    @Override
    public boolean containsContext(HttpServletRequest request) {
        return context(request).getAuthentication() != null;
    }

    private SecurityContext context(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null
                && session.getAttribute(STAFF) instanceof String id
                && session.getAttribute(EPOCH) instanceof String epoch) {
            var account = staff.account(UUID.fromString(id)).orElse(null);
            if (account != null && account.member().active() && epoch.equals(String.valueOf(account.epoch()))) {
                var who = account.member().signedIn();
                var roles =
                        who.roles().stream().map(role -> "ROLE_" + role.name()).toArray(String[]::new);
                return new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated(
                        who, null, AuthorityUtils.createAuthorityList(roles)));
            }
        }
        return new SecurityContextImpl();
    }

    /** Asks for the session only when somebody wants to know: pages of customers never do. */
    private final class Deferred implements DeferredSecurityContext {
        private final HttpServletRequest request;
        private @Nullable SecurityContext context;

        Deferred(HttpServletRequest request) {
            this.request = request;
        }

        @Override
        public SecurityContext get() {
            if (context == null) {
                context = context(request);
            }
            return context;
        }

        @Override
        public boolean isGenerated() {
            return get().getAuthentication() == null;
        }
    }
}
