package io.bihuan.statute.web;

import io.bihuan.identity.Route;
import io.bihuan.identity.RouteRules;
import io.bihuan.web.NavigationItem;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** The calculators of the staff and of everybody: they keep nothing. */
@Configuration(proxyBeanMethods = false)
class StatuteRoutes {
    @Bean
    RouteRules statuteRules() {
        return () -> List.of(
                Route.staff(HttpMethod.GET, StatutesController.DESK),
                Route.open(HttpMethod.GET, StatutesController.RIGHTS));
    }

    @Bean
    NavigationItem statutesItem() {
        return new NavigationItem("statute.title", StatutesController.DESK, "information", 60)
                .in("web.navigation.reference");
    }
}
