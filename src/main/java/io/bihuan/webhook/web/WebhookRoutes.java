package io.bihuan.webhook.web;

import io.bihuan.identity.Role;
import io.bihuan.identity.Route;
import io.bihuan.identity.RouteRules;
import io.bihuan.identity.Scope;
import io.bihuan.web.NavigationItem;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Who manages endpoints: administrators all, a token its own. */
@Configuration(proxyBeanMethods = false)
class WebhookRoutes {
    @Bean
    RouteRules webhookRules() {
        return () -> List.of(
                Route.roles("/desk/webhooks/**", Role.ADMINISTRATOR),
                Route.scope(HttpMethod.GET, "/api/v1/webhooks/**", Scope.WEBHOOKS_READ),
                Route.scope(HttpMethod.POST, "/api/v1/webhooks/**", Scope.WEBHOOKS_WRITE),
                Route.scope(HttpMethod.PUT, "/api/v1/webhooks/**", Scope.WEBHOOKS_WRITE),
                Route.scope(HttpMethod.DELETE, "/api/v1/webhooks/**", Scope.WEBHOOKS_WRITE));
    }

    @Bean
    NavigationItem webhooksItem() {
        return new NavigationItem("webhook.title", "/desk/webhooks", "link", 92).in("web.navigation.administration");
    }
}
