package io.bihuan.identity;

import io.bihuan.web.PathShape;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.stereotype.Component;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** The one table of who may do what: the most specific route that fits decides; where none fits, nobody may. */
@Component
public class Routes implements AuthorizationManager<RequestAuthorizationContext> {
    private record Line(PathPattern pattern, PathShape shape, Route route) {}

    private final List<Line> lines;
    /** Those of a path without variables: no other fits such a path better. */
    private final Map<String, List<Line>> literals = new HashMap<>();

    private final List<Line> patterns = new ArrayList<>();

    public Routes(List<RouteRules> rules) {
        var all = new ArrayList<Line>();
        for (RouteRules each : rules) {
            for (Route route : each.routes()) {
                all.add(new Line(
                        PathPatternParser.defaultInstance.parse(route.pattern()),
                        PathShape.of(route.pattern()),
                        route));
            }
        }
        all.sort((left, right) -> {
            int bySpecificity = PathPattern.SPECIFICITY_COMPARATOR.compare(left.pattern, right.pattern);
            return bySpecificity != 0
                    ? bySpecificity
                    : Boolean.compare(left.route.method() == null, right.route.method() == null);
        });
        for (int i = 1; i < all.size(); i++) {
            Route before = all.get(i - 1).route();
            Route after = all.get(i).route();
            if (before.pattern().equals(after.pattern())
                    && java.util.Objects.equals(before.method(), after.method())
                    && !before.access().equals(after.access())) {
                throw new IllegalStateException("two rules for one route: " + before + ", " + after);
            }
        }
        this.lines = Collections.unmodifiableList(all);
        for (Line line : all) {
            if (line.pattern.hasPatternSyntax()) {
                patterns.add(line);
            } else {
                literals.computeIfAbsent(line.route.pattern(), path -> new ArrayList<>())
                        .add(line);
            }
        }
    }

    /** The rule of a request; empty if nobody may. */
    public Optional<Route> find(HttpMethod method, String path) {
        Optional<Route> literal = literal(method, path);
        return literal.isPresent() ? literal : find(method, PathContainer.parsePath(path));
    }

    private Optional<Route> find(HttpMethod method, PathContainer path) {
        String text = path.value();
        if (!PathShape.isComparable(text)) {
            return first(lines, method, line -> line.pattern.matches(path));
        }
        Optional<Route> literal = literal(method, text);
        List<String> segments = PathShape.segments(text);
        return literal.isPresent()
                ? literal
                : first(patterns, method, line -> line.shape.mayFit(segments) && line.pattern.matches(path));
    }

    private Optional<Route> literal(HttpMethod method, String path) {
        return first(literals.getOrDefault(path, List.of()), method, line -> true);
    }

    private static Optional<Route> first(List<Line> lines, HttpMethod method, Predicate<Line> fits) {
        HttpMethod asked = method.equals(HttpMethod.HEAD) ? HttpMethod.GET : method;
        for (Line line : lines) {
            HttpMethod wanted = line.route.method();
            if ((wanted == null || wanted.equals(asked)) && fits.test(line)) {
                return Optional.of(line.route);
            }
        }
        return Optional.empty();
    }

    Optional<Route> find(HttpServletRequest request) {
        var path = ServletRequestPathUtils.hasParsedRequestPath(request)
                ? ServletRequestPathUtils.getParsedRequestPath(request)
                : ServletRequestPathUtils.parse(request);
        return find(HttpMethod.valueOf(request.getMethod()), path.pathWithinApplication());
    }

    /** Whether it is a call of another system that signs it. */
    boolean isSigned(HttpServletRequest request) {
        return find(request)
                .filter(route -> route.access() instanceof Access.Signed)
                .isPresent();
    }

    /** Whether a member of the staff may use a route. */
    public boolean allows(HttpMethod method, String path, SignedIn who) {
        int query = path.indexOf('?');
        return find(method, query < 0 ? path : path.substring(0, query))
                .map(route -> allows(route.access(), who))
                .orElse(false);
    }

    @Override
    public AuthorizationResult authorize(
            Supplier<? extends @Nullable Authentication> authentication, RequestAuthorizationContext context) {
        Route route = find(context.getRequest()).orElse(null);
        if (route == null) {
            return new AuthorizationDecision(false);
        }
        if (route.access() instanceof Access.Open || route.access() instanceof Access.Signed) {
            return new AuthorizationDecision(true);
        }
        Authentication found = authentication.get();
        return new AuthorizationDecision(found != null && allows(route.access(), found.getPrincipal()));
    }

    private static boolean allows(Access access, @Nullable Object principal) {
        return switch (access) {
            case Access.Open open -> true;
            case Access.Signed signed -> true;
            case Access.Staffed staffed -> principal instanceof SignedIn;
            case Access.Roles roles ->
                principal instanceof SignedIn who && !Collections.disjoint(who.roles(), roles.any());
            case Access.Scoped scoped ->
                principal instanceof TokenPrincipal token && token.scopes().contains(scoped.scope());
        };
    }
}
