package io.bihuan.teamwork.web;

import io.bihuan.complaint.Tasks;
import io.bihuan.identity.Role;
import io.bihuan.identity.Route;
import io.bihuan.identity.RouteRules;
import io.bihuan.identity.SignedIn;
import io.bihuan.teamwork.MyTasks;
import io.bihuan.web.NavigationItem;
import io.bihuan.web.WaitingCount;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Who may use the pages of this module, and where they stand in the navigation. */
@Configuration(proxyBeanMethods = false)
class TeamworkRoutes {
    static final List<Role> ACTING = List.of(Role.AGENT, Role.HANDLER, Role.MANAGER, Role.ADMINISTRATOR);
    private static final String CASE = "/desk/complaints/{number}";

    static boolean mayAct(SignedIn who) {
        return ACTING.stream().anyMatch(who::is);
    }

    private static Route acting(String path) {
        return Route.roles(HttpMethod.POST, CASE + path, ACTING.toArray(Role[]::new));
    }

    @Bean
    RouteRules teamworkRules() {
        return () -> List.of(
                Route.staff(HttpMethod.GET, "/desk/tasks"),
                Route.staff(HttpMethod.GET, CASE + "/tasks"),
                Route.staff(HttpMethod.GET, CASE + "/team"),
                Route.staff(HttpMethod.GET, CASE + "/discussion"),
                Route.staff(HttpMethod.GET, CASE + "/thread"),
                acting("/questions"),
                acting("/tasks"),
                acting("/tasks/{task}/acceptance"),
                acting("/tasks/{task}/hand-overs"),
                acting("/tasks/{task}/returns"),
                acting("/tasks/{task}/items/{item}"),
                acting("/tasks/{task}/result"),
                acting("/tasks/{task}/reopening"),
                acting("/tasks/{task}/withdrawal"),
                acting("/tasks/{task}/due"),
                acting("/team"),
                acting("/team/members"),
                acting("/team/departures"),
                acting("/team/lead"),
                acting("/team/start"),
                acting("/team/steps"),
                acting("/team/steps/{step}/completion"),
                acting("/team/steps/{step}/withdrawal"),
                acting("/team/plan"),
                acting("/team/decisions"),
                acting("/team/end"),
                acting("/discussion"),
                // Everybody who sees a complaint may follow it.
                Route.staff(HttpMethod.POST, CASE + "/discussion/following"),
                acting("/thread"),
                acting("/thread/lines"),
                acting("/thread/end"));
    }

    @Bean
    NavigationItem myTasksItem() {
        var waiting = WaitingCount.sum(MyTasks.OPEN_TO_VIEWER, Tasks.OF_VIEWER);
        return new NavigationItem("teamwork.mine.title", "/desk/tasks", "check", 14, waiting).in("web.navigation.work");
    }
}
