package io.bihuan.dossier.web;

import io.bihuan.identity.Role;
import io.bihuan.identity.Route;
import io.bihuan.identity.RouteRules;
import io.bihuan.identity.SignedIn;
import java.util.Arrays;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/** Who reads files of complaints: everybody of the staff within reach; the customer's data those who may reveal them. */
@Component
class DossierRoutes implements RouteRules {
    private static final Role[] REVEALING = {Role.AGENT, Role.HANDLER, Role.MANAGER};

    static boolean mayReveal(SignedIn who) {
        return Arrays.stream(REVEALING).anyMatch(who::is);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.staff(HttpMethod.GET, "/desk/complaints/{number}/dossier"),
                Route.staff(HttpMethod.GET, "/desk/complaints/{number}/dossier.zip"),
                Route.roles(HttpMethod.POST, "/desk/complaints/{number}/dossier/exports", REVEALING));
    }
}
