package io.bihuan.screening.web;

import io.bihuan.identity.Role;
import io.bihuan.identity.Route;
import io.bihuan.identity.RouteRules;
import io.bihuan.intake.WaitingMessages;
import io.bihuan.screening.Screeners;
import io.bihuan.web.NavigationItem;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Who screens, who sets who screens, and where that stands in the navigation. */
@Configuration(proxyBeanMethods = false)
class ScreeningRoutes {
    private static final Role[] SCREENING = Screeners.ROLES.toArray(Role[]::new);

    @Bean
    RouteRules screeningRules() {
        return () -> List.of(
                Route.roles("/desk/screening", SCREENING),
                Route.roles("/desk/screening/**", SCREENING),
                Route.roles(
                        HttpMethod.GET,
                        "/desk/channels",
                        Role.AGENT,
                        Role.MANAGER,
                        Role.QUALITY,
                        Role.AUDITOR,
                        Role.ADMINISTRATOR),
                Route.roles(
                        HttpMethod.GET,
                        "/desk/channels/figures.csv",
                        Role.MANAGER,
                        Role.QUALITY,
                        Role.AUDITOR,
                        Role.ADMINISTRATOR),
                Route.roles("/desk/channels/{channel}/duty", Role.MANAGER, Role.ADMINISTRATOR));
    }

    @Bean
    NavigationItem screeningItem() {
        return new NavigationItem("screening.title", "/desk/screening", "inbox", 11, WaitingMessages.FOR_VIEWER)
                .andBelow("/desk/channels");
    }
}
