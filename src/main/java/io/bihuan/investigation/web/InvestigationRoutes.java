package io.bihuan.investigation.web;

import io.bihuan.identity.Role;
import io.bihuan.identity.Route;
import io.bihuan.identity.RouteRules;
import io.bihuan.identity.SignedIn;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/** Everybody of the staff reads what the complaint lets them see; those who work on complaints investigate. */
@Component
class InvestigationRoutes implements RouteRules {
    private static final Role[] ACTING = {Role.AGENT, Role.HANDLER, Role.MANAGER, Role.ADMINISTRATOR};

    static boolean mayAct(SignedIn who) {
        return List.of(ACTING).stream().anyMatch(who::is);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.staff(HttpMethod.GET, "/desk/complaints/{number}/investigation"),
                Route.staff(HttpMethod.GET, "/desk/complaints/{number}/evidence"),
                Route.staff(HttpMethod.GET, "/desk/complaints/{number}/evidence/{sha256}"),
                Route.roles(HttpMethod.POST, "/desk/complaints/{number}/investigation/**", ACTING),
                Route.roles(HttpMethod.POST, "/desk/complaints/{number}/evidence/**", ACTING));
    }
}
