package io.bihuan.compensation.web;

import io.bihuan.identity.Role;
import io.bihuan.identity.Route;
import io.bihuan.identity.RouteRules;
import io.bihuan.identity.Scope;
import io.bihuan.identity.SignedIn;
import java.util.Arrays;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/** Who grants, who approves, who sets budgets and who pays. How much somebody may grant, the pack says. */
@Component
class CompensationRoutes implements RouteRules {
    private static final Role[] GRANTING = {Role.AGENT, Role.HANDLER, Role.QUALITY, Role.MANAGER, Role.ADMINISTRATOR};
    private static final Role[] REDEEMING = {Role.AGENT, Role.HANDLER, Role.MANAGER, Role.ADMINISTRATOR};
    private static final Role[] PAYING = {Role.MANAGER, Role.ADMINISTRATOR};
    private static final Role[] COUNTING = {Role.QUALITY, Role.MANAGER, Role.AUDITOR, Role.ADMINISTRATOR};

    static boolean mayGrant(SignedIn who) {
        return Arrays.stream(GRANTING).anyMatch(who::is);
    }

    static boolean maySetBudgets(SignedIn who) {
        return Arrays.stream(PAYING).anyMatch(who::is);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.staff(HttpMethod.GET, "/desk/complaints/{number}/compensation"),
                Route.roles(HttpMethod.POST, "/desk/complaints/{number}/compensation/**", GRANTING),
                Route.roles(HttpMethod.GET, "/desk/compensation", COUNTING),
                Route.roles(HttpMethod.GET, "/desk/compensation.csv", COUNTING),
                Route.roles(HttpMethod.GET, "/desk/budgets", COUNTING),
                Route.roles(HttpMethod.POST, "/desk/budgets/**", PAYING),
                Route.roles("/desk/vouchers/**", REDEEMING),
                Route.roles("/desk/payouts/**", PAYING),
                Route.scope(HttpMethod.GET, "/api/v1/vouchers/{code}", Scope.VOUCHERS_USE),
                Route.scope(HttpMethod.POST, "/api/v1/vouchers/{code}/use", Scope.VOUCHERS_USE));
    }
}
