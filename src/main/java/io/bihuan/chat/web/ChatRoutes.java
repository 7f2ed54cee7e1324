package io.bihuan.chat.web;

import io.bihuan.identity.Role;
import io.bihuan.identity.Route;
import io.bihuan.identity.RouteRules;
import java.util.List;
import org.springframework.stereotype.Component;

/** Customers chat without an account; whoever has the address of a chat has the chat. */
@Component
class ChatRoutes implements RouteRules {
    @Override
    public List<Route> routes() {
        return List.of(
                Route.open("/chat"),
                Route.open("/chat/**"),
                Route.roles("/desk/chats/**", Role.AGENT, Role.MANAGER, Role.ADMINISTRATOR));
    }
}
