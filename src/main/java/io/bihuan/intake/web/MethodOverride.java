package io.bihuan.intake.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Senders whose network lets no PATCH through write the method into a header, as the upload protocol says. Before the doors, which go by the method. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
class MethodOverride extends OncePerRequestFilter {
    private static final String HEADER = "X-HTTP-Method-Override";
    private static final Set<String> METHODS = Set.of("PATCH", "DELETE", "HEAD");

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("POST")
                || request.getHeader(HEADER) == null
                || !request.getRequestURI()
                        .substring(request.getContextPath().length())
                        .startsWith("/api/v1/files/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String method = request.getHeader(HEADER).toUpperCase(Locale.ROOT);
        chain.doFilter(
                !METHODS.contains(method)
                        ? request
                        : new HttpServletRequestWrapper(request) {
                            @Override
                            public String getMethod() {
                                return method;
                            }
                        },
                response);
    }
}
