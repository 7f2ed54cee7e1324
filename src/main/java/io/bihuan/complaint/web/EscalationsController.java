package io.bihuan.complaint.web;

import io.bihuan.complaint.EscalatedComplaints;
import io.bihuan.complaint.Tasks;
import io.bihuan.complaint.Worklist;
import io.bihuan.complaint.web.EscalationsPage.TaskRow;
import io.bihuan.identity.Route;
import io.bihuan.identity.RouteRules;
import io.bihuan.identity.SignedIn;
import io.bihuan.web.NavigationItem;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** What has escalated to the reader, and the plans by which it does. */
@Controller
class EscalationsController {
    private final EscalatedComplaints escalated;
    private final Tasks tasks;
    private final Worklist worklist;
    private final WorklistRows rows;
    private final PlanWords plans;
    private final InstantSource time;

    EscalationsController(
            EscalatedComplaints escalated,
            Tasks tasks,
            Worklist worklist,
            WorklistRows rows,
            PlanWords plans,
            InstantSource time) {
        this.escalated = escalated;
        this.tasks = tasks;
        this.worklist = worklist;
        this.rows = rows;
        this.plans = plans;
        this.time = time;
    }

    @GetMapping("/desk/escalations")
    Page list(@AuthenticationPrincipal SignedIn who, Texts t) {
        List<UUID> told = escalated.to(who.id());
        List<Tasks.Task> open = tasks.open(who.id());
        List<UUID> all = Stream.concat(told.stream(), open.stream().map(Tasks.Task::complaintId))
                .distinct()
                .toList();
        Map<UUID, Worklist.Row> found = worklist.rows(all).stream()
                .filter(row -> Scoped.sees(who.reach(), row.department()))
                .collect(Collectors.toMap(Worklist.Row::id, Function.identity()));
        List<Worklist.Row> shown =
                told.stream().flatMap(id -> Stream.ofNullable(found.get(id))).toList();
        return Page.of(
                "complaint/escalations",
                new EscalationsPage(
                        rows.of(shown, "", who, t),
                        told.size() - shown.size(),
                        open.stream().map(task -> row(task, found, t)).toList()));
    }

    private TaskRow row(Tasks.Task task, Map<UUID, Worklist.Row> found, Texts t) {
        Worklist.Row row = found.get(task.complaintId());
        return new TaskRow(
                task.id().toString(),
                row == null ? "" : row.number().digits(),
                row == null ? "" : row.number().readable(),
                task.text().in(t.locale()),
                task.dueAt(),
                Looks.of(task.dueAt(), time.instant()));
    }

    @GetMapping("/desk/escalations/plans")
    Page plans(Texts t) {
        return Page.of("complaint/escalationplans", plans.page(t));
    }

    /** What the pages give to the frame, and who may use them. */
    @Configuration(proxyBeanMethods = false)
    static class Parts {
        @Bean
        RouteRules escalationRoutes() {
            return () -> List.of(
                    Route.staff(HttpMethod.GET, "/desk/escalations"),
                    Route.staff(HttpMethod.GET, "/desk/escalations/plans"),
                    Route.roles(
                            HttpMethod.POST,
                            "/desk/complaints/{number}/clocks/{clock}/acknowledgement",
                            DeskRoutes.ACTING),
                    Route.roles(
                            HttpMethod.POST, "/desk/complaints/{number}/tasks/{task}/completion", DeskRoutes.ACTING));
        }

        @Bean
        NavigationItem escalationsItem() {
            // The tasks that they open are counted where all tasks of the viewer are.
            return new NavigationItem(
                    "complaint.escalations.title", "/desk/escalations", "flag", 15, EscalatedComplaints.TO_VIEWER);
        }
    }
}
