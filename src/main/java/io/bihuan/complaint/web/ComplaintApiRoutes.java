package io.bihuan.complaint.web;

import io.bihuan.identity.Route;
import io.bihuan.identity.RouteRules;
import io.bihuan.identity.Scope;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/** Who may use the API of complaints. */
@Component
class ComplaintApiRoutes implements RouteRules {
    @Override
    public List<Route> routes() {
        return List.of(
                Route.scope(HttpMethod.GET, "/api/v1/complaints", Scope.COMPLAINTS_READ),
                Route.scope(HttpMethod.GET, "/api/v1/complaints/{number}", Scope.COMPLAINTS_READ),
                Route.scope(HttpMethod.GET, "/api/v1/complaints/{number}/history", Scope.COMPLAINTS_READ),
                Route.scope(HttpMethod.GET, "/api/v1/complaints/{number}/clocks", Scope.COMPLAINTS_READ),
                Route.scope(HttpMethod.GET, "/api/v1/complaints/{number}/standard", Scope.COMPLAINTS_READ),
                Route.scope(HttpMethod.GET, "/api/v1/complaints/{number}/similar", Scope.COMPLAINTS_READ),
                Route.scope(HttpMethod.PUT, "/api/v1/complaints/{number}/joining", Scope.COMPLAINTS_WRITE),
                Route.scope(HttpMethod.DELETE, "/api/v1/complaints/{number}/joining", Scope.COMPLAINTS_WRITE),
                Route.scope(HttpMethod.PUT, "/api/v1/complaints/{number}/links/{other}", Scope.COMPLAINTS_WRITE),
                Route.scope(HttpMethod.DELETE, "/api/v1/complaints/{number}/links/{other}", Scope.COMPLAINTS_WRITE),
                Route.scope(HttpMethod.PUT, "/api/v1/complaints/{number}/kind", Scope.COMPLAINTS_WRITE),
                Route.scope(HttpMethod.POST, "/api/v1/complaints/{number}/*", Scope.COMPLAINTS_WRITE));
    }
}
