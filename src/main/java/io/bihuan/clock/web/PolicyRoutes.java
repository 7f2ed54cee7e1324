package io.bihuan.clock.web;

import io.bihuan.identity.Role;
import io.bihuan.identity.Route;
import io.bihuan.identity.RouteRules;
import io.bihuan.identity.SignedIn;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Who may read policies, and who may change them. */
@Configuration(proxyBeanMethods = false)
class PolicyRoutes {
    private static final Role[] READING = {Role.ADMINISTRATOR, Role.MANAGER, Role.AUDITOR};

    static boolean mayChange(SignedIn who) {
        return who.is(Role.ADMINISTRATOR);
    }

    @Bean
    RouteRules clockPolicyRoutes() {
        return () -> List.of(
                Route.roles(HttpMethod.GET, "/desk/policies/**", READING),
                Route.roles(HttpMethod.POST, "/desk/policies/**", Role.ADMINISTRATOR));
    }
}
