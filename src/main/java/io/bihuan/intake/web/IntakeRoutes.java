package io.bihuan.intake.web;

import io.bihuan.identity.Route;
import io.bihuan.identity.RouteRules;
import io.bihuan.identity.Scope;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/** Who may bring complaints in. */
@Component
class IntakeRoutes implements RouteRules {
    @Override
    public List<Route> routes() {
        return List.of(
                Route.scope(HttpMethod.POST, "/api/v1/complaints", Scope.COMPLAINTS_WRITE),
                Route.scope(HttpMethod.OPTIONS, "/api/v1/files", Scope.FILES_WRITE),
                Route.scope(HttpMethod.POST, "/api/v1/files", Scope.FILES_WRITE),
                Route.scope(HttpMethod.GET, "/api/v1/files/{id}", Scope.FILES_WRITE),
                Route.scope(HttpMethod.PATCH, "/api/v1/files/{id}", Scope.FILES_WRITE),
                Route.scope(HttpMethod.DELETE, "/api/v1/files/{id}", Scope.FILES_WRITE));
    }
}
