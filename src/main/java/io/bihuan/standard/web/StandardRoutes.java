package io.bihuan.standard.web;

import io.bihuan.identity.Route;
import io.bihuan.identity.RouteRules;
import io.bihuan.web.NavigationItem;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Everybody of the staff reads what is due to customers. */
@Configuration(proxyBeanMethods = false)
class StandardRoutes {
    @Bean
    RouteRules standardDeskRoutes() {
        return () -> List.of(Route.staff(HttpMethod.GET, "/desk/standards"));
    }

    @Bean
    NavigationItem standardsItem() {
        return new NavigationItem("standard.title", "/desk/standards", "file", 30).in("web.navigation.reference");
    }
}
