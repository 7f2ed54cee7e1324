package io.bihuan.complaint.web;

import io.bihuan.identity.Role;
import io.bihuan.identity.Route;
import io.bihuan.identity.RouteRules;
import io.bihuan.identity.SignedIn;
import io.bihuan.web.NavigationItem;
import io.bihuan.web.SearchBox;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** What the desk gives to the frame of all pages, and who may use it: everybody of the staff reads, those who work on complaints act. */
@Configuration(proxyBeanMethods = false)
class DeskRoutes {
    private static final Role[] ACTING = {Role.AGENT, Role.HANDLER, Role.MANAGER, Role.ADMINISTRATOR};
    private static final Role[] REVEALING = {Role.AGENT, Role.HANDLER, Role.MANAGER};

    static boolean mayAct(SignedIn who) {
        return List.of(ACTING).stream().anyMatch(who::is);
    }

    static boolean mayReveal(SignedIn who) {
        return List.of(REVEALING).stream().anyMatch(who::is);
    }

    @Bean
    RouteRules complaintDeskRoutes() {
        return () -> List.of(
                Route.staff(HttpMethod.GET, "/desk"),
                Route.staff(HttpMethod.GET, "/desk/changes"),
                Route.staff(HttpMethod.GET, "/desk/complaints"),
                Route.staff(HttpMethod.GET, "/desk/complaints/{number}"),
                Route.staff(HttpMethod.GET, "/desk/complaints/{number}/files/{sha256}"),
                Route.roles(HttpMethod.POST, "/desk/complaints/{number}/reveal", REVEALING),
                Route.roles(HttpMethod.POST, "/desk/complaints/{number}/{deed}", ACTING));
    }

    @Bean
    NavigationItem worklistItem() {
        return new NavigationItem("complaint.desk.title", "/desk/complaints", "list", 10);
    }

    @Bean
    SearchBox complaintSearchBox() {
        return new SearchBox("/desk/complaints", "q", "complaint.desk.search");
    }
}
