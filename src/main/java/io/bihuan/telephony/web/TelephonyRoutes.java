package io.bihuan.telephony.web;

import io.bihuan.identity.Role;
import io.bihuan.identity.Route;
import io.bihuan.identity.RouteRules;
import io.bihuan.identity.Scope;
import io.bihuan.identity.SignedIn;
import io.bihuan.web.LivePart;
import io.bihuan.web.NavigationItem;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Who sees calls, who writes down what came of them, and who says which telephone is whose. */
@Configuration(proxyBeanMethods = false)
class TelephonyRoutes {
    static final Role[] TALKING = {Role.AGENT, Role.HANDLER, Role.MANAGER};
    private static final Role[] SEEING = {
        Role.AGENT, Role.HANDLER, Role.QUALITY, Role.MANAGER, Role.AUDITOR, Role.ADMINISTRATOR
    };
    private static final Role[] PLANNING = {Role.QUALITY, Role.MANAGER, Role.AUDITOR, Role.ADMINISTRATOR};
    private static final Role[] ARRANGING = {Role.MANAGER, Role.ADMINISTRATOR};

    static boolean mayTalk(SignedIn who) {
        return List.of(TALKING).stream().anyMatch(who::is);
    }

    static boolean mayPlan(SignedIn who) {
        return List.of(PLANNING).stream().anyMatch(who::is);
    }

    static boolean mayArrange(SignedIn who) {
        return List.of(ARRANGING).stream().anyMatch(who::is);
    }

    @Bean
    RouteRules telephonyRouteRules() {
        return () -> List.of(
                Route.scope(HttpMethod.POST, "/api/v1/calls/events", Scope.CALLS_WRITE),
                Route.roles(HttpMethod.GET, "/desk/calls", SEEING),
                Route.roles(HttpMethod.GET, "/desk/calls/current", TALKING),
                Route.roles(HttpMethod.GET, "/desk/calls/figures", PLANNING),
                Route.roles(HttpMethod.GET, "/desk/calls/figures.csv", PLANNING),
                Route.roles(HttpMethod.GET, "/desk/calls/staffing", PLANNING),
                Route.roles("/desk/calls/extensions", ARRANGING),
                Route.roles("/desk/calls/extensions/removal", ARRANGING),
                Route.roles(HttpMethod.GET, "/desk/calls/{id}", SEEING),
                Route.roles(HttpMethod.POST, "/desk/calls/{id}/call-backs", TALKING),
                Route.roles(HttpMethod.POST, "/desk/calls/{id}/wrap-ups", TALKING));
    }

    @Bean
    NavigationItem callsItem() {
        return new NavigationItem("telephony.calls.title", "/desk/calls", "phone", 14);
    }

    @Bean
    LivePart callsPart() {
        return new LivePart("calls", "/desk/calls/current", "telephony.pop.label");
    }
}
