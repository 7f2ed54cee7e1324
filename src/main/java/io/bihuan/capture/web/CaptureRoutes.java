package io.bihuan.capture.web;

import io.bihuan.identity.Role;
import io.bihuan.identity.Route;
import io.bihuan.identity.RouteRules;
import java.util.List;
import org.springframework.stereotype.Component;

/** Who writes down for others, and who sets up the places. */
@Component
class CaptureRoutes implements RouteRules {
    @Override
    public List<Route> routes() {
        return List.of(
                Route.roles("/desk/posts/**", Role.AGENT, Role.MANAGER, Role.ADMINISTRATOR),
                Route.roles("/desk/slips/**", Role.AGENT, Role.MANAGER, Role.ADMINISTRATOR),
                Route.roles("/desk/outlets/**", Role.MANAGER, Role.ADMINISTRATOR));
    }
}
