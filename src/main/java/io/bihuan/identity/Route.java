package io.bihuan.identity;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

/**
 * One line of the table of who may do what.
 *
 * @param method null for every method; GET covers HEAD
 * @param pattern as in a request mapping: {@code /desk/complaints/{number}}, {@code /track/**}
 */
public record Route(@Nullable HttpMethod method, String pattern, Access access) {
    public static Route open(String pattern) {
        return new Route(null, pattern, new Access.Open());
    }

    public static Route open(HttpMethod method, String pattern) {
        return new Route(method, pattern, new Access.Open());
    }

    /** Of another system, which proves itself by its signature. */
    public static Route signed(HttpMethod method, String pattern) {
        return new Route(method, pattern, new Access.Signed());
    }

    public static Route staff(String pattern) {
        return new Route(null, pattern, new Access.Staffed());
    }

    public static Route staff(HttpMethod method, String pattern) {
        return new Route(method, pattern, new Access.Staffed());
    }

    public static Route roles(String pattern, Role... any) {
        return new Route(null, pattern, new Access.Roles(Set.of(any)));
    }

    public static Route roles(HttpMethod method, String pattern, Role... any) {
        return new Route(method, pattern, new Access.Roles(Set.of(any)));
    }

    public static Route scope(HttpMethod method, String pattern, Scope scope) {
        return new Route(method, pattern, new Access.Scoped(scope));
    }
}
