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
    static final Role[] ACTING = {Role.AGENT, Role.HANDLER, Role.MANAGER, Role.ADMINISTRATOR};
    private static final Role[] REVEALING = {Role.AGENT, Role.HANDLER, Role.MANAGER};

    private static final Role[] REPLACING = {Role.MANAGER, Role.ADMINISTRATOR};
    private static final Role[] CHECKING = {Role.AUDITOR, Role.ADMINISTRATOR};

    static boolean mayAct(SignedIn who) {
        return List.of(ACTING).stream().anyMatch(who::is);
    }

    static boolean mayReveal(SignedIn who) {
        return List.of(REVEALING).stream().anyMatch(who::is);
    }

    static boolean mayReplacePolicy(SignedIn who) {
        return List.of(REPLACING).stream().anyMatch(who::is);
    }

    @Bean
    RouteRules complaintDeskRoutes() {
        return () -> List.of(
                Route.staff(HttpMethod.GET, "/desk"),
                Route.staff(HttpMethod.GET, "/desk/due"),
                Route.roles(HttpMethod.GET, "/desk/checks", CHECKING),
                Route.staff(HttpMethod.GET, "/desk/clocks"),
                Route.staff(HttpMethod.GET, "/desk/clocks/statistics"),
                Route.staff(HttpMethod.GET, "/desk/clocks/statistics.csv"),
                Route.staff(HttpMethod.GET, "/desk/complaints"),
                Route.staff(HttpMethod.GET, "/desk/complaints/{number}"),
                Route.staff(HttpMethod.GET, "/desk/complaints/{number}/files/{sha256}"),
                Route.staff(HttpMethod.GET, "/desk/complaints/{number}/thumbnails/{sha256}"),
                Route.roles(HttpMethod.GET, "/desk/complaints/{number}/similar", ACTING),
                Route.staff(HttpMethod.GET, "/desk/complaints/{number}/clocks/{clock}"),
                Route.roles(HttpMethod.GET, "/desk/complaints/{number}/forms/{deed}", ACTING),
                Route.roles(HttpMethod.POST, "/desk/complaints/{number}/reveal", REVEALING),
                Route.roles(HttpMethod.POST, "/desk/complaints/{number}/pauses", ACTING),
                Route.roles(HttpMethod.POST, "/desk/complaints/{number}/pause-ends", ACTING),
                // Who may grant which extension, the policy of the clock says.
                Route.roles(HttpMethod.POST, "/desk/complaints/{number}/extensions", ACTING),
                Route.roles(HttpMethod.POST, "/desk/complaints/{number}/policy-replacements", REPLACING),
                Route.roles(HttpMethod.POST, "/desk/complaints/{number}/facts", ACTING),
                Route.roles(HttpMethod.POST, "/desk/complaints/{number}/deliveries", ACTING),
                Route.roles(HttpMethod.POST, "/desk/complaints/{number}/{deed}", ACTING));
    }

    @Bean
    NavigationItem worklistItem() {
        return new NavigationItem("complaint.desk.title", "/desk/complaints", "list", 10)
                .andBelow("/desk/unconfirmed", "/desk/hand-overs");
    }

    /** One entry for all pages of clocks; {@code clock/tabs} leads from one to the other. */
    @Bean
    NavigationItem clocksItem() {
        return new NavigationItem("complaint.desk.clocks", "/desk/due", "clock", 12)
                .andBelow("/desk/clocks", "/desk/policies", "/desk/calendars", "/desk/holidays");
    }

    @Bean
    NavigationItem checksItem() {
        return new NavigationItem("complaint.checks.title", "/desk/checks", "shield", 90)
                .in("web.navigation.administration");
    }

    @Bean
    SearchBox complaintSearchBox() {
        return new SearchBox("/desk/complaints", "q", "complaint.desk.search");
    }
}
