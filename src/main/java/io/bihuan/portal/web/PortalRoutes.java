package io.bihuan.portal.web;

import io.bihuan.identity.Role;
import io.bihuan.identity.Route;
import io.bihuan.identity.RouteRules;
import io.bihuan.web.NavigationItem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The addresses of customers: open to everybody; those that belong to one complaint stay out of caches, logs of others and search engines. */
@Configuration(proxyBeanMethods = false)
class PortalRoutes implements WebMvcConfigurer {
    @Bean
    RouteRules portalRules() {
        return () -> List.of(
                Route.open(HttpMethod.GET, "/"),
                Route.open("/complain"),
                Route.open(HttpMethod.POST, "/complain/questions"),
                Route.open(HttpMethod.POST, "/complain/note"),
                Route.open(HttpMethod.POST, "/complain/suggestions"),
                Route.open(HttpMethod.GET, "/complain/receipts/**"),
                Route.open("/embed/**"),
                Route.roles("/desk/embedding/**", Role.ADMINISTRATOR),
                Route.open("/at/{code}"),
                Route.open("/kiosk/**"),
                Route.open("/track"),
                Route.open("/t/**"),
                Route.open("/p/**"));
    }

    @Bean
    NavigationItem embeddingItem() {
        return new NavigationItem("portal.embedding.title", "/desk/embedding", "message", 94)
                .in("web.navigation.administration");
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new Confidential())
                .addPathPatterns(
                        "/t/**",
                        "/p/**",
                        "/track",
                        "/at/*",
                        "/kiosk/**",
                        "/complain",
                        "/complain/*",
                        "/complain/receipts/**",
                        "/embed/**");
    }

    /** The address of a followed complaint is its key: it must not travel in a referrer. */
    private static final class Confidential implements HandlerInterceptor {
        @Override
        public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            if (!request.getRequestURI().equals("/complain")) {
                response.setHeader("Referrer-Policy", "no-referrer");
                response.setHeader("X-Robots-Tag", "noindex, nofollow");
            }
            return true;
        }
    }
}
