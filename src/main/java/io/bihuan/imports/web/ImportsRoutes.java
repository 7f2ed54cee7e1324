package io.bihuan.imports.web;

import io.bihuan.identity.Role;
import io.bihuan.identity.Route;
import io.bihuan.identity.RouteRules;
import java.util.List;
import org.springframework.stereotype.Component;

/** Who may bring in tables. */
@Component
class ImportsRoutes implements RouteRules {
    @Override
    public List<Route> routes() {
        return List.of(Route.roles("/desk/imports/**", Role.MANAGER, Role.ADMINISTRATOR));
    }
}
