package io.bihuan.solution.web;

import io.bihuan.identity.Role;
import io.bihuan.identity.Route;
import io.bihuan.identity.RouteRules;
import io.bihuan.identity.SignedIn;
import io.bihuan.solution.Solutions;
import io.bihuan.web.NavigationItem;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Who works on solutions, and who decides on them. */
@Configuration(proxyBeanMethods = false)
class SolutionRoutes {
    private static final Role[] ACTING = {Role.AGENT, Role.HANDLER, Role.MANAGER, Role.ADMINISTRATOR};

    /** Up to which amount, the pack says. */
    static final Role[] DECIDING = {Role.AGENT, Role.HANDLER, Role.QUALITY, Role.MANAGER};

    /** A measure may be anybody's. */
    private static final Role[] WORKING = {Role.AGENT, Role.HANDLER, Role.QUALITY, Role.MANAGER, Role.ADMINISTRATOR};

    static boolean mayAct(SignedIn who) {
        return List.of(ACTING).stream().anyMatch(who::is);
    }

    static boolean mayDecide(SignedIn who) {
        return List.of(DECIDING).stream().anyMatch(who::is);
    }

    static boolean mayWork(SignedIn who) {
        return List.of(WORKING).stream().anyMatch(who::is);
    }

    @Bean
    RouteRules solutionDeskRoutes() {
        String proposals = "/desk/complaints/{number}/solution/proposals";
        return () -> List.of(
                Route.staff(HttpMethod.GET, "/desk/complaints/{number}/solution"),
                Route.staff(HttpMethod.GET, "/desk/approvals"),
                Route.staff(HttpMethod.GET, "/desk/measures"),
                Route.roles(HttpMethod.POST, proposals, ACTING),
                Route.roles(HttpMethod.POST, proposals + "/{proposal}/{deed}", ACTING),
                Route.roles(HttpMethod.POST, proposals + "/{proposal}/approvals", DECIDING),
                Route.roles(HttpMethod.POST, proposals + "/{proposal}/returns", DECIDING),
                Route.roles(HttpMethod.POST, proposals + "/{proposal}/measures/{measure}/{deed}", WORKING));
    }

    @Bean
    NavigationItem approvalsItem() {
        return new NavigationItem("solution.approvals", "/desk/approvals", "shield", 14, Solutions.APPROVALS)
                .in("web.navigation.work");
    }

    @Bean
    NavigationItem measuresItem() {
        return new NavigationItem("solution.measures", "/desk/measures", "check", 15, Solutions.MEASURES)
                .in("web.navigation.work");
    }
}
