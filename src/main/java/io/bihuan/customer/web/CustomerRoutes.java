package io.bihuan.customer.web;

import io.bihuan.identity.Role;
import io.bihuan.identity.Route;
import io.bihuan.identity.RouteRules;
import io.bihuan.identity.Scope;
import io.bihuan.identity.SignedIn;
import io.bihuan.web.NavigationItem;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Who may do what to customers: all of the staff see them masked, those who speak with them see and change more. */
@Configuration(proxyBeanMethods = false)
class CustomerRoutes {
    private static final Role[] SPEAKING = {Role.AGENT, Role.MANAGER};
    private static final Role[] ERASING = {Role.MANAGER, Role.ADMINISTRATOR};

    static boolean maySpeak(SignedIn who) {
        return List.of(SPEAKING).stream().anyMatch(who::is);
    }

    static boolean mayErase(SignedIn who) {
        return List.of(ERASING).stream().anyMatch(who::is);
    }

    @Bean
    RouteRules customerDeskRoutes() {
        return () -> List.of(
                Route.staff(HttpMethod.GET, "/desk/customers"),
                Route.staff(HttpMethod.GET, "/desk/customers/{id}"),
                Route.roles(HttpMethod.POST, "/desk/customers/{id}/reveal", SPEAKING),
                Route.roles(HttpMethod.POST, "/desk/customers/{id}/name", SPEAKING),
                Route.roles(HttpMethod.POST, "/desk/customers/{id}/marks", SPEAKING),
                Route.roles(HttpMethod.POST, "/desk/customers/{id}/recoveries", SPEAKING),
                Route.roles(HttpMethod.POST, "/desk/customers/{id}/merges", SPEAKING),
                Route.roles(HttpMethod.POST, "/desk/customers/{id}/separations", SPEAKING),
                Route.roles(HttpMethod.POST, "/desk/customers/{id}/dismissals", SPEAKING),
                Route.roles(HttpMethod.POST, "/desk/customers/{id}/erasure", ERASING));
    }

    @Bean
    RouteRules customerApiRoutes() {
        return () -> List.of(
                Route.scope(HttpMethod.GET, "/api/v1/customers/{number}", Scope.CUSTOMERS_READ),
                Route.scope(HttpMethod.PUT, "/api/v1/customers/{number}", Scope.CUSTOMERS_WRITE));
    }

    @Bean
    NavigationItem customersItem() {
        return new NavigationItem("customer.title", "/desk/customers", "users", 25);
    }
}
