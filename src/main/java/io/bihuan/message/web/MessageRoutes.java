package io.bihuan.message.web;

import io.bihuan.identity.Role;
import io.bihuan.identity.Route;
import io.bihuan.identity.RouteRules;
import io.bihuan.message.CallTasks;
import io.bihuan.web.NavigationItem;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Who may see what was said to customers, who calls them, who changes what they wanted. */
@Configuration(proxyBeanMethods = false)
class MessageRoutes {
    private static final Role[] SEEING = {Role.QUALITY, Role.MANAGER, Role.AUDITOR, Role.ADMINISTRATOR};
    private static final Role[] ARRANGING = {Role.MANAGER, Role.ADMINISTRATOR};
    private static final Role[] CALLING = {Role.AGENT, Role.HANDLER, Role.MANAGER};

    @Bean
    RouteRules messageRouteRules() {
        return () -> List.of(
                Route.signed(HttpMethod.POST, "/callbacks/sms/{provider}/{secret}/reports"),
                Route.signed(HttpMethod.POST, "/callbacks/sms/{provider}/{secret}/replies"),
                Route.roles(HttpMethod.GET, "/desk/messages-out", SEEING),
                Route.roles(HttpMethod.GET, "/desk/messages-out/figures", SEEING),
                Route.roles(HttpMethod.POST, "/desk/messages-out/{id}/retrials", ARRANGING),
                Route.roles(HttpMethod.POST, "/desk/messages-out/{id}/cancellation", ARRANGING),
                // It shows codes.
                Route.roles("/desk/outbox", Role.ADMINISTRATOR),
                Route.roles(HttpMethod.POST, "/desk/outbox/{id}/marks", Role.ADMINISTRATOR),
                Route.roles("/desk/opt-outs", ARRANGING),
                Route.roles(HttpMethod.POST, "/desk/opt-outs/{id}/removal", ARRANGING),
                Route.roles(HttpMethod.GET, "/desk/calls-to-make", CALLING),
                Route.roles(HttpMethod.POST, "/desk/calls-to-make/{id}/reveals", CALLING),
                Route.roles(HttpMethod.POST, "/desk/calls-to-make/{id}/outcomes", CALLING));
    }

    @Bean
    NavigationItem messagesOutItem() {
        return new NavigationItem("message.out.title", "/desk/messages-out", "message", 84)
                .andBelow("/desk/outbox", "/desk/opt-outs")
                .in("web.navigation.administration");
    }

    @Bean
    NavigationItem callsToMakeItem() {
        return new NavigationItem("message.calls.title", "/desk/calls-to-make", "phone", 15, CallTasks.ALL)
                .in("web.navigation.work");
    }
}
