package io.bihuan.identity;

import io.bihuan.web.Problems;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderNotFoundException;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.context.NullSecurityContextRepository;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.jdbc.config.annotation.web.http.EnableJdbcHttpSession;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.session.web.http.SessionRepositoryFilter;

/** The doors: the API by token and without a session, framed pages without either, all others by session and form token. All ask {@link Routes}. */
@Configuration(proxyBeanMethods = false)
@EnableJdbcHttpSession(tableName = "identity.spring_session", maxInactiveIntervalInSeconds = 8 * 60 * 60)
class Security {
    private static final String CONTENT = "default-src 'self'; img-src 'self' data: blob:; style-src 'self'; "
            + "script-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors ";
    private static final String NOBODY = "'none'";

    @Bean
    @Order(1)
    SecurityFilterChain apiDoor(
            HttpSecurity http, Routes routes, Tokens tokens, Problems problems, InstantSource time) {
        bare(http.securityMatcher("/api/**"))
                .csrf(AbstractHttpConfigurer::disable)
                .securityContext(context -> context.securityContextRepository(new NullSecurityContextRepository()))
                .addFilterBefore(new BearerTokens(tokens, new CallLimits(time), problems), AuthorizationFilter.class)
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(
                                DispatcherType.FORWARD, DispatcherType.ERROR, DispatcherType.ASYNC)
                        .permitAll()
                        .anyRequest()
                        .access(routes))
                .exceptionHandling(failures -> failures.authenticationEntryPoint((request, response, denied) -> {
                            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
                            problems.write(HttpStatus.UNAUTHORIZED, request, response);
                        })
                        .accessDeniedHandler((request, response, denied) -> problems.write(
                                routes.find(request).isEmpty() ? HttpStatus.NOT_FOUND : HttpStatus.FORBIDDEN,
                                request,
                                response)));
        return http.build();
    }

    /**
     * Pages in the frame of another site: browsers send no cookies of ours there, so there is no session and nobody to impersonate; their
     * forms prove themselves by what stands in them.
     */
    @Bean
    @Order(2)
    SecurityFilterChain framedDoor(HttpSecurity http, Routes routes, ObjectProvider<Framing> framing) {
        bare(http.securityMatcher("/embed/**"))
                .csrf(AbstractHttpConfigurer::disable)
                .securityContext(context -> context.securityContextRepository(new NullSecurityContextRepository()))
                .headers(headers -> headers.defaultsDisabled()
                        .contentTypeOptions(Customizer.withDefaults())
                        .cacheControl(Customizer.withDefaults())
                        .httpStrictTransportSecurity(Customizer.withDefaults())
                        .addHeaderWriter((request, response) ->
                                response.setHeader("Content-Security-Policy", CONTENT + ancestors(framing))))
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(
                                DispatcherType.FORWARD, DispatcherType.ERROR, DispatcherType.ASYNC)
                        .permitAll()
                        .anyRequest()
                        .access(routes))
                .exceptionHandling(failures -> failures.authenticationEntryPoint(
                                (request, response, denied) -> response.sendError(HttpStatus.NOT_FOUND.value()))
                        .accessDeniedHandler(
                                (request, response, denied) -> response.sendError(HttpStatus.NOT_FOUND.value())));
        return http.build();
    }

    private static String ancestors(ObjectProvider<Framing> framing) {
        List<String> origins =
                framing.stream().flatMap(each -> each.origins().stream()).toList();
        return origins.isEmpty() ? NOBODY : String.join(" ", origins);
    }

    @Bean
    @Order(3)
    SecurityFilterChain pagesDoor(HttpSecurity http, Routes routes, Sessions sessions, CsrfTokenRepository csrf) {
        bare(http)
                .csrf(token -> token.csrfTokenRepository(csrf).ignoringRequestMatchers(routes::isSigned))
                .securityContext(context -> context.securityContextRepository(sessions))
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(
                                DispatcherType.FORWARD, DispatcherType.ERROR, DispatcherType.ASYNC)
                        .permitAll()
                        .anyRequest()
                        .access(routes))
                .exceptionHandling(failures -> failures.authenticationEntryPoint(
                                (request, response, denied) -> signInFirst(routes, request, response))
                        .accessDeniedHandler((request, response, denied) -> refuse(routes, request, response, denied)));
        return http.build();
    }

    private static HttpSecurity bare(HttpSecurity http) {
        return http.formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT + NOBODY))
                        .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny)
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN)));
    }

    /** A visitor at a page of the staff signs in and comes back; a route that is nobody's is not there for him either. */
    private static void signInFirst(Routes routes, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (routes.find(request).isEmpty()) {
            response.sendError(HttpStatus.NOT_FOUND.value());
            return;
        }
        boolean isPart = request.getHeader("HX-Request") != null;
        String query = request.getQueryString();
        String back = request.getRequestURI() + (query == null ? "" : "?" + query);
        String signIn = request.getMethod().equals("GET") && !isPart
                ? "/sign-in?to=" + URLEncoder.encode(back, StandardCharsets.UTF_8)
                : "/sign-in";
        if (isPart) {
            response.setStatus(HttpStatus.UNAUTHORIZED.value());
            response.setHeader("HX-Redirect", signIn);
        } else {
            response.setStatus(HttpStatus.SEE_OTHER.value());
            response.setHeader(HttpHeaders.LOCATION, signIn);
        }
    }

    private static void refuse(
            Routes routes, HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException {
        if (denied instanceof CsrfException && isTooLarge(request)) {
            response.sendError(HttpStatus.CONTENT_TOO_LARGE.value());
        } else if (routes.find(request).isEmpty()) {
            response.sendError(HttpStatus.NOT_FOUND.value());
        } else {
            response.sendError(HttpStatus.FORBIDDEN.value());
        }
    }

    /** An upload over the limit is not read at all, so its form token is missing too: the size is what the reader must hear of. */
    private static boolean isTooLarge(HttpServletRequest request) {
        String type = request.getContentType();
        if (type == null || !type.startsWith("multipart/")) {
            return false;
        }
        try {
            request.getParts();
            return false;
        } catch (IOException | jakarta.servlet.ServletException | IllegalStateException e) {
            return true;
        }
    }

    /** In a cookie, because customers have forms and no session. */
    @Bean
    CsrfTokenRepository csrfTokens() {
        var tokens = new CookieCsrfTokenRepository();
        tokens.setCookiePath("/");
        tokens.setCookieCustomizer(cookie -> cookie.sameSite("Lax"));
        return tokens;
    }

    @Bean
    CookieSerializer sessionCookie() {
        var cookie = new DefaultCookieSerializer();
        cookie.setCookieName("bihuan");
        cookie.setCookiePath("/");
        cookie.setSameSite("Lax");
        cookie.setUseHttpOnlyCookie(true);
        return cookie;
    }

    /** What the filter asks for its sessions. */
    @Bean
    @Primary
    QuietSessions<?> quietSessions(JdbcIndexedSessionRepository kept) {
        return new QuietSessions<>(kept);
    }

    @Bean
    FilterRegistrationBean<Filter> sessionOnceFilter(QuietSessions<?> sessions) {
        var registration = new FilterRegistrationBean<>(sessions.once());
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ERROR, DispatcherType.ASYNC));
        registration.setOrder(SessionRepositoryFilter.DEFAULT_ORDER - 1);
        return registration;
    }

    /** Error pages know who is signed in as well: by default the filter would not see their dispatch. */
    @Bean
    FilterRegistrationBean<SessionRepositoryFilter<?>> sessionFilter(SessionRepositoryFilter<?> filter) {
        var registration = new FilterRegistrationBean<SessionRepositoryFilter<?>>(filter);
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ERROR, DispatcherType.ASYNC));
        registration.setOrder(SessionRepositoryFilter.DEFAULT_ORDER);
        return registration;
    }

    /** Keeps Spring Boot from inventing a user of its own. */
    @Bean
    AuthenticationManager noOtherSignIn() {
        return authentication -> {
            throw new ProviderNotFoundException("sign-in is by SignIns");
        };
    }
}
