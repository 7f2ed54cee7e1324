package io.bihuan.teamwork.web;

import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Tasks;
import io.bihuan.identity.SignedIn;
import io.bihuan.pack.Packs;
import io.bihuan.teamwork.DepartmentTasks;
import io.bihuan.teamwork.MyTasks;
import io.bihuan.teamwork.Task;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What somebody has to do, over all complaints. */
@Controller
class MyTasksController {
    private final MyTasks mine;
    private final Tasks escalated;
    private final Complaints complaints;
    private final Packs packs;
    private final Workers workers;
    private final InstantSource time;

    MyTasksController(
            MyTasks mine, Tasks escalated, Complaints complaints, Packs packs, Workers workers, InstantSource time) {
        this.mine = mine;
        this.escalated = escalated;
        this.complaints = complaints;
        this.packs = packs;
        this.workers = workers;
        this.time = time;
    }

    @GetMapping("/desk/tasks")
    Page list(
            @RequestParam(defaultValue = "MINE") MyTasks.Whose whose, @AuthenticationPrincipal SignedIn who, Texts t) {
        Instant now = time.instant();
        List<MyTasks.Row> found = mine.of(who.id(), who.department(), whose);
        var people = new HashSet<@Nullable UUID>();
        found.forEach(row -> {
            people.add(row.assignee());
            people.add(row.givenBy());
        });
        Map<UUID, String> names = workers.names(people);
        var rows = new ArrayList<>(
                found.stream().map(row -> row(row, whose, names, now, t)).toList());
        if (whose == MyTasks.Whose.MINE) {
            rows.addAll(escalated(who, now, t));
            rows.addAll(steps(who, now, t));
            rows.sort(Comparator.comparing(MyTasksPage.Row::dueAt));
        }
        return Page.of(
                "teamwork/mine",
                new MyTasksPage(
                        whose,
                        who.department() != null,
                        mine.countUntaken(who.department()),
                        rows,
                        DepartmentTasks.MOST));
    }

    private MyTasksPage.Row row(MyTasks.Row row, MyTasks.Whose whose, Map<UUID, String> names, Instant now, Texts t) {
        boolean isOpen = row.state() == Task.State.OPEN;
        var states = new ArrayList<MyTasksPage.Badge>();
        states.add(new MyTasksPage.Badge(t.of(row.state()), isOpen ? "yellow" : "blue"));
        if (row.kind() == Task.Kind.QUESTION) {
            states.add(
                    row.isAnswered()
                            ? new MyTasksPage.Badge(t.of("teamwork.answered"), "green")
                            : new MyTasksPage.Badge(t.of(row.kind()), "purple"));
        }
        String path = path(row.number()) + "/tasks";
        return new MyTasksPage.Row(
                row.number().readable(),
                path + "#task-" + row.id(),
                row.title(),
                states,
                CaseTasksController.holder(row.department(), row.assignee(), packs.of(row.businessLine()), names, t),
                names.getOrDefault(row.givenBy(), ""),
                row.dueAt(),
                CaseTasksController.look(row.dueAt(), now),
                row.items() == 0 ? "" : t.of("teamwork.items", row.itemsDone(), row.items()),
                isOpen && whose != MyTasks.Whose.GIVEN
                        ? new MyTasksPage.Act(path + "/" + row.id() + "/acceptance", t.of("teamwork.accept"))
                        : null);
    }

    private static String path(ComplaintNumber number) {
        return "/desk/complaints/" + number.digits();
    }

    private List<MyTasksPage.Row> steps(SignedIn who, Instant now, Texts t) {
        return mine.steps(who.id()).stream()
                .map(step -> new MyTasksPage.Row(
                        step.number().readable(),
                        path(step.number()) + "/team#plan",
                        step.text(),
                        List.of(new MyTasksPage.Badge(t.of("teamwork.mine.step"), "teal")),
                        "",
                        t.of("teamwork.tab.team"),
                        step.dueAt(),
                        CaseTasksController.look(step.dueAt(), now),
                        "",
                        new MyTasksPage.Act(
                                path(step.number()) + "/team/steps/" + step.id() + "/completion",
                                t.of("teamwork.complete"))))
                .toList();
    }

    /** What an escalation opened: its text is that of the pack, and there is nothing to hand on. */
    private List<MyTasksPage.Row> escalated(SignedIn who, Instant now, Texts t) {
        List<Tasks.Task> open = escalated.open(who.id());
        Map<UUID, Complaint> known =
                complaints
                        .find(open.stream()
                                .map(Tasks.Task::complaintId)
                                .distinct()
                                .toList())
                        .stream()
                        .collect(Collectors.toMap(Complaint::id, Function.identity()));
        var rows = new ArrayList<MyTasksPage.Row>();
        for (Tasks.Task task : open) {
            Complaint complaint = known.get(task.complaintId());
            if (complaint != null) {
                String path = path(complaint.number()) + "/tasks";
                rows.add(new MyTasksPage.Row(
                        complaint.number().readable(),
                        path + "#task-" + task.id(),
                        task.text().in(t.locale()),
                        List.of(new MyTasksPage.Badge(t.of("teamwork.mine.escalation"), "red")),
                        "",
                        t.of("teamwork.mine.escalation"),
                        task.dueAt(),
                        CaseTasksController.look(task.dueAt(), now),
                        "",
                        new MyTasksPage.Act(path + "/" + task.id() + "/completion", t.of("teamwork.complete"))));
            }
        }
        return rows;
    }
}
