package io.bihuan.identity;

import io.bihuan.web.NavigationItem;
import io.bihuan.web.Viewer;
import io.bihuan.web.Viewers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What identity gives to the frame of all pages: routes, navigation, who is signed in. */
@Configuration(proxyBeanMethods = false)
class IdentityParts {
    @Bean
    RouteRules identityRoutes() {
        return () -> List.of(
                Route.open(HttpMethod.GET, "/"),
                Route.open(HttpMethod.GET, "/app/**"),
                Route.open(HttpMethod.GET, "/webjars/**"),
                Route.open(HttpMethod.GET, "/favicon.svg"),
                Route.open(HttpMethod.GET, "/actuator/health"),
                Route.open(HttpMethod.GET, "/api/v1/openapi.json"),
                Route.open(HttpMethod.GET, "/api/v1/pack.schema.json"),
                Route.open("/sign-in"),
                Route.open(HttpMethod.POST, "/sign-out"),
                Route.staff("/desk/password"),
                Route.staff(HttpMethod.GET, "/desk/changes"),
                Route.roles("/desk/staff/**", Role.ADMINISTRATOR),
                Route.roles("/desk/staff/absences/**", Role.MANAGER, Role.ADMINISTRATOR),
                Route.roles("/desk/tokens/**", Role.ADMINISTRATOR));
    }

    @Bean
    NavigationItem staffItem() {
        return new NavigationItem("identity.staff.title", "/desk/staff", "users", 80)
                .in("web.navigation.administration");
    }

    @Bean
    NavigationItem tokensItem() {
        return new NavigationItem("identity.tokens.title", "/desk/tokens", "key", 90)
                .in("web.navigation.administration");
    }

    static @Nullable SignedIn signedIn() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof SignedIn who ? who : null;
    }

    /** Shows the frame who is signed in. */
    @Component
    static class CurrentViewer implements Viewers {
        private final Routes routes;

        CurrentViewer(Routes routes) {
            this.routes = routes;
        }

        @Override
        public @Nullable Viewer current() {
            SignedIn who = signedIn();
            if (who == null) {
                return null;
            }
            var roles =
                    who.roles().stream().sorted().map(io.bihuan.web.Texts::key).toList();
            // A page that leads nowhere but to the new password offers nothing else.
            return new Viewer(
                    who.id(),
                    who.name(),
                    who.department(),
                    roles,
                    path -> !who.mustChangePassword() && routes.allows(HttpMethod.GET, path, who));
        }
    }

    /** Whoever has a password that somebody else knows changes it before anything else. */
    @Component
    static class NewPasswordFirst implements HandlerInterceptor, WebMvcConfigurer {
        @Override
        public void addInterceptors(InterceptorRegistry registry) {
            registry.addInterceptor(this).addPathPatterns("/desk/**").excludePathPatterns("/desk/password");
        }

        @Override
        public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
            SignedIn who = signedIn();
            if (who == null || !who.mustChangePassword()) {
                return true;
            }
            response.setStatus(HttpStatus.SEE_OTHER.value());
            response.setHeader("Location", "/desk/password");
            return false;
        }
    }
}
