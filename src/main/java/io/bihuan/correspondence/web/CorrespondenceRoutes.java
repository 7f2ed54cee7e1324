package io.bihuan.correspondence.web;

import io.bihuan.identity.Role;
import io.bihuan.identity.Route;
import io.bihuan.identity.RouteRules;
import io.bihuan.identity.SignedIn;
import java.util.Arrays;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/** Everybody of the staff reads what was said; those who work on complaints speak. */
@Component
class CorrespondenceRoutes implements RouteRules {
    private static final Role[] SPEAKING = {Role.AGENT, Role.HANDLER, Role.MANAGER, Role.ADMINISTRATOR};

    static boolean maySpeak(SignedIn who) {
        return Arrays.stream(SPEAKING).anyMatch(who::is);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.roles(HttpMethod.GET, "/desk/clocks/notices", Role.MANAGER, Role.ADMINISTRATOR, Role.AUDITOR),
                Route.staff(HttpMethod.GET, "/desk/complaints/{number}/messages"),
                Route.roles(HttpMethod.POST, "/desk/complaints/{number}/messages", SPEAKING),
                Route.roles(HttpMethod.POST, "/desk/complaints/{number}/notice-times", SPEAKING),
                Route.roles(HttpMethod.POST, "/desk/complaints/{number}/notice-excuses", SPEAKING));
    }
}
