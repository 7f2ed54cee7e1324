package io.bihuan.bulk.web;

import io.bihuan.identity.Role;
import io.bihuan.identity.Route;
import io.bihuan.identity.RouteRules;
import io.bihuan.identity.SignedIn;
import io.bihuan.web.NavigationItem;
import java.util.Arrays;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Who may use the pages of this module, and where they stand in the navigation. */
@Configuration(proxyBeanMethods = false)
class BulkRoutes {
    private static final Role[] ACTING = {Role.AGENT, Role.HANDLER, Role.MANAGER, Role.ADMINISTRATOR};
    private static final Role[] LEADING = {Role.MANAGER, Role.ADMINISTRATOR};

    static boolean mayAct(SignedIn who) {
        return Arrays.stream(ACTING).anyMatch(who::is);
    }

    @Bean
    RouteRules bulkRules() {
        return () -> List.of(
                Route.staff("/desk/views"),
                Route.staff(HttpMethod.POST, "/desk/views/{id}"),
                Route.staff(HttpMethod.POST, "/desk/views/{id}/places"),
                Route.staff(HttpMethod.POST, "/desk/views/{id}/deletion"),
                Route.roles("/desk/bulk", ACTING),
                Route.roles(HttpMethod.GET, "/desk/bulk/new", ACTING),
                Route.roles(HttpMethod.GET, "/desk/bulk/{id}", ACTING),
                Route.roles(HttpMethod.GET, "/desk/bulk/{id}/progress", ACTING),
                Route.roles(HttpMethod.GET, "/desk/bulk/{id}/results.csv", ACTING),
                Route.roles(HttpMethod.POST, "/desk/bulk/{id}/confirmation", ACTING),
                Route.roles(HttpMethod.POST, "/desk/bulk/{id}/reversal", ACTING),
                Route.roles("/desk/macros", LEADING),
                Route.roles(HttpMethod.GET, "/desk/macros/new", LEADING),
                Route.roles("/desk/macros/{id}", LEADING),
                Route.roles(HttpMethod.POST, "/desk/macros/{id}/retirement", LEADING),
                Route.roles("/desk/complaints/{number}/macros", ACTING));
    }

    @Bean
    NavigationItem bulkItem() {
        return new NavigationItem("bulk.title", "/desk/bulk", "list", 16)
                .andBelow("/desk/views")
                .in("web.navigation.work");
    }

    @Bean
    NavigationItem macrosItem() {
        return new NavigationItem("bulk.macros.title", "/desk/macros", "tag", 60).in("web.navigation.administration");
    }
}
