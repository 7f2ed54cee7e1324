package io.bihuan.identity;

import io.bihuan.web.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;

/** Reads {@code Authorization: Bearer …} of an API call. Not a bean: only the API's filter chain has it. */
final class BearerTokens extends OncePerRequestFilter {
    private static final String BEARER = "bearer ";
    private static final int LONGEST = 512;

    private final Tokens tokens;
    private final CallLimits limits;
    private final Problems problems;

    BearerTokens(Tokens tokens, CallLimits limits, Problems problems) {
        this.tokens = tokens;
        this.limits = limits;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header != null) {
            boolean isBearer = header.regionMatches(true, 0, BEARER, 0, BEARER.length()) && header.length() <= LONGEST;
            Optional<TokenPrincipal> principal =
                    isBearer ? tokens.check(header.substring(BEARER.length()).strip()) : Optional.empty();
            if (principal.isEmpty()) {
                response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
                problems.write(HttpStatus.UNAUTHORIZED, request, response);
                return;
            }
            Optional<Duration> wait = limits.take(principal.get());
            if (wait.isPresent()) {
                response.setHeader(
                        HttpHeaders.RETRY_AFTER,
                        Long.toString(wait.get().plusMillis(999).toSeconds()));
                problems.write(HttpStatus.TOO_MANY_REQUESTS, request, response);
                return;
            }
            SecurityContextHolder.setContext(new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated(
                    principal.get(), null, AuthorityUtils.NO_AUTHORITIES)));
        }
        chain.doFilter(request, response);
    }
}
