package io.bihuan.wechat.web;

import io.bihuan.identity.Role;
import io.bihuan.identity.Route;
import io.bihuan.identity.RouteRules;
import io.bihuan.web.NavigationItem;
import io.bihuan.web.Page;
import io.bihuan.wechat.Outgoing;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** What the accounts could not bring to their customers. */
@Controller
class OutgoingController {
    private final Outgoing outgoing;

    OutgoingController(Outgoing outgoing) {
        this.outgoing = outgoing;
    }

    @GetMapping("/desk/wechat")
    Page show() {
        return Page.of("wechat/outgoing", new OutgoingPage(outgoing.unsent()));
    }

    /** What the module gives to the frame of all pages. */
    @Configuration(proxyBeanMethods = false)
    static class Parts {
        @Bean
        RouteRules weChatRoutes() {
            return () -> List.of(
                    Route.open(HttpMethod.GET, "/wechat/{account}"),
                    Route.signed(HttpMethod.POST, "/wechat/{account}"),
                    Route.open("/wechat/{account}/binding/**"),
                    Route.roles("/desk/wechat", Role.MANAGER, Role.ADMINISTRATOR));
        }

        @Bean
        @ConditionalOnProperty("bihuan.wechat.accounts[0].name")
        NavigationItem weChatItem() {
            return new NavigationItem("wechat.outgoing.title", "/desk/wechat", "message", 85)
                    .in("web.navigation.administration");
        }
    }
}
