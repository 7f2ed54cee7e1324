package io.bihuan.industry.web;

import io.bihuan.identity.Role;
import io.bihuan.identity.Route;
import io.bihuan.identity.RouteRules;
import io.bihuan.identity.SignedIn;
import io.bihuan.web.NavigationItem;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Who may read packs, and who may change them. */
@Configuration(proxyBeanMethods = false)
class IndustryRoutes {
    private static final Role[] READING = {Role.ADMINISTRATOR, Role.MANAGER, Role.QUALITY, Role.AUDITOR};

    static boolean mayChange(SignedIn who) {
        return who.is(Role.ADMINISTRATOR);
    }

    @Bean
    RouteRules industryRoutesRules() {
        return () -> List.of(
                Route.roles(HttpMethod.GET, "/desk/packs/**", READING),
                Route.roles(HttpMethod.POST, "/desk/packs/**", Role.ADMINISTRATOR));
    }

    @Bean
    NavigationItem packsNavigation() {
        return new NavigationItem("industry.packs.title", "/desk/packs", "settings", 70).in("web.navigation.reference");
    }
}
