package io.bihuan.regulator.web;

import io.bihuan.identity.Role;
import io.bihuan.identity.Route;
import io.bihuan.identity.RouteRules;
import java.util.List;
import org.springframework.stereotype.Component;

/** Who works on the cases of authorities. */
@Component
class RegulatorRoutes implements RouteRules {
    @Override
    public List<Route> routes() {
        return List.of(Route.roles(
                "/desk/regulator-cases/**", Role.AGENT, Role.HANDLER, Role.MANAGER, Role.AUDITOR, Role.ADMINISTRATOR));
    }
}
