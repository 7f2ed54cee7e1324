package io.bihuan.calendar.web;

import io.bihuan.identity.Role;
import io.bihuan.identity.Route;
import io.bihuan.identity.RouteRules;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** What the module gives to the frame of all pages. */
@Configuration(proxyBeanMethods = false)
class CalendarParts {
    private static final Role[] READERS = {Role.ADMINISTRATOR, Role.MANAGER, Role.AUDITOR};

    @Bean
    RouteRules calendarRoutes() {
        return () -> List.of(
                Route.roles(HttpMethod.GET, "/desk/calendars/**", READERS),
                Route.roles(HttpMethod.GET, "/desk/holidays/**", READERS),
                Route.roles(HttpMethod.POST, "/desk/calendars/**", Role.ADMINISTRATOR),
                Route.roles(HttpMethod.POST, "/desk/holidays/**", Role.ADMINISTRATOR));
    }
}
