package io.bihuan.intake.web;

import io.bihuan.identity.Role;
import io.bihuan.identity.Route;
import io.bihuan.identity.RouteRules;
import io.bihuan.web.NavigationItem;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may register complaints at the desk, and the way there. */
@Configuration(proxyBeanMethods = false)
class DeskRegistrationParts {
    @Bean
    RouteRules deskRegistrationRoutes() {
        return () -> List.of(Route.roles("/desk/registrations/**", Role.AGENT, Role.MANAGER));
    }

    @Bean
    NavigationItem deskRegistrationItem() {
        return new NavigationItem("intake.desk.title", "/desk/registrations/new", "plus", 20);
    }
}
