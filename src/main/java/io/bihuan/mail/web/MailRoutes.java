package io.bihuan.mail.web;

import io.bihuan.identity.Role;
import io.bihuan.identity.Route;
import io.bihuan.identity.RouteRules;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/** Received mails are for staff; which of them, the controller says. */
@Component
class MailRoutes implements RouteRules {
    @Override
    public List<Route> routes() {
        return List.of(
                Route.staff(HttpMethod.GET, "/desk/messages/{id}/mail"),
                Route.staff(HttpMethod.GET, "/desk/messages/{id}/mail/html"),
                // It holds everything, unmasked.
                Route.roles(HttpMethod.GET, "/desk/messages/{id}/mail/raw", Role.AGENT, Role.HANDLER, Role.MANAGER));
    }
}
