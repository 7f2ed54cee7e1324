package io.bihuan.routing.web;

import io.bihuan.identity.Role;
import io.bihuan.identity.Route;
import io.bihuan.identity.RouteRules;
import io.bihuan.identity.SignedIn;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/** Everybody of the staff sees why somebody got a case; those who work on complaints give it away. */
@Component
class RoutingRoutes implements RouteRules {
    static final Role[] ACTING = {Role.AGENT, Role.HANDLER, Role.MANAGER, Role.ADMINISTRATOR};

    static boolean mayAct(SignedIn who) {
        return List.of(ACTING).stream().anyMatch(who::is);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.staff(HttpMethod.GET, "/desk/complaints/{number}/routing"),
                Route.roles(HttpMethod.POST, "/desk/complaints/{number}/routing/handlers", ACTING),
                Route.roles(HttpMethod.POST, "/desk/complaints/{number}/routing/recusals", ACTING),
                Route.roles(HttpMethod.POST, "/desk/complaints/{number}/routing/recusals/{id}/end", ACTING),
                Route.roles(HttpMethod.GET, "/desk/unconfirmed", ACTING),
                // Whose absence somebody may prepare, the page decides.
                Route.roles("/desk/hand-overs/**", ACTING));
    }
}
