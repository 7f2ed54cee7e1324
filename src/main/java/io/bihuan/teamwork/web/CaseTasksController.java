package io.bihuan.teamwork.web;

import io.bihuan.complaint.CasePages;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.SentForm;
import io.bihuan.complaint.Stage;
import io.bihuan.complaint.Tasks;
import io.bihuan.identity.SignedIn;
import io.bihuan.pack.Pack;
import io.bihuan.platform.Ids;
import io.bihuan.teamwork.By;
import io.bihuan.teamwork.Counts;
import io.bihuan.teamwork.DepartmentTasks;
import io.bihuan.teamwork.Task;
import io.bihuan.teamwork.Teams;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The tasks of a complaint: given, accepted, handed over, returned, done. */
@Controller
@RequestMapping("/desk/complaints/{number}")
class CaseTasksController {
    private static final String TAB = "tasks";
    private static final Duration USUAL = Duration.ofDays(1);
    private static final Duration SOON = Duration.ofMinutes(30);

    private final DepartmentTasks tasks;
    private final Teams teams;
    private final Tasks escalated;
    private final Counts counts;
    private final CasePages pages;
    private final CaseForms forms;
    private final Workers workers;
    private final InstantSource time;

    CaseTasksController(
            DepartmentTasks tasks,
            Teams teams,
            Tasks escalated,
            Counts counts,
            CasePages pages,
            CaseForms forms,
            Workers workers,
            InstantSource time) {
        this.tasks = tasks;
        this.teams = teams;
        this.escalated = escalated;
        this.counts = counts;
        this.pages = pages;
        this.forms = forms;
        this.workers = workers;
        this.time = time;
    }

    @GetMapping("/tasks")
    Page show(
            @PathVariable String number,
            @RequestParam(defaultValue = "") String done,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        return Page.of("teamwork/tasks", page(pages.complaint(number, who), Filled.NONE, done, who, t));
    }

    @PostMapping("/tasks")
    Page create(SentForm<WorkForm> sent) {
        return perform(
                sent,
                "give",
                complaint -> tasks.give(complaint, wanted(sent, sent.form().title()), sent.who()));
    }

    @PostMapping("/questions")
    Page ask(SentForm<WorkForm> sent) {
        return perform(sent, "ask", complaint -> {
            String question = sent.form().what().strip();
            String title = question.length() > Task.LONGEST_TITLE
                    ? question.substring(0, Task.LONGEST_TITLE - 1) + "…"
                    : question;
            return tasks.ask(complaint, wanted(sent, title), sent.who());
        });
    }

    private static DepartmentTasks.NewTask wanted(SentForm<WorkForm> sent, String title) {
        WorkForm form = sent.form();
        return new DepartmentTasks.NewTask(
                CaseForms.id(form.id()),
                title,
                form.what(),
                department(form.to()),
                person(form.to()),
                CaseForms.instant("dueAt", form.dueAt(), sent.t()),
                form.items()
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList());
    }

    private static @Nullable String department(String to) {
        return to.startsWith(Workers.DEPARTMENT) ? to.substring(Workers.DEPARTMENT.length()) : null;
    }

    private static @Nullable UUID person(String to) {
        return to.startsWith(Workers.PERSON) ? CaseForms.maybe(to.substring(Workers.PERSON.length())) : null;
    }

    @PostMapping("/tasks/{task}/acceptance")
    Page accept(@PathVariable UUID task, SentForm<WorkForm> sent) {
        return perform(sent, "accept-" + task, complaint -> tasks.accept(complaint, task, sent.who()));
    }

    @PostMapping("/tasks/{task}/hand-overs")
    Page handOver(@PathVariable UUID task, SentForm<WorkForm> sent) {
        return perform(
                sent,
                "handover-" + task,
                complaint -> tasks.handOver(
                        complaint,
                        task,
                        department(sent.form().to()),
                        person(sent.form().to()),
                        sent.form().text(),
                        sent.who()));
    }

    @PostMapping("/tasks/{task}/returns")
    Page giveBack(@PathVariable UUID task, SentForm<WorkForm> sent) {
        return perform(
                sent,
                "return-" + task,
                complaint -> tasks.giveBack(complaint, task, sent.form().text(), sent.who()));
    }

    @PostMapping("/tasks/{task}/items/{item}")
    Page tick(
            @PathVariable UUID task,
            @PathVariable int item,
            SentForm<WorkForm> sent,
            @RequestParam(defaultValue = "true") boolean ticked) {
        return perform(sent, "tick-" + task, complaint -> tasks.tick(complaint, task, item, ticked, sent.who()));
    }

    @PostMapping("/tasks/{task}/result")
    Page complete(@PathVariable UUID task, SentForm<WorkForm> sent) {
        return perform(
                sent,
                "result-" + task,
                complaint -> tasks.complete(complaint, task, sent.form().text(), sent.who()));
    }

    @PostMapping("/tasks/{task}/reopening")
    Page reopen(@PathVariable UUID task, SentForm<WorkForm> sent) {
        return perform(
                sent,
                "reopen-" + task,
                complaint -> tasks.reopen(
                        complaint,
                        task,
                        CaseForms.instant("dueAt", sent.form().dueAt(), sent.t()),
                        sent.form().text(),
                        sent.who()));
    }

    @PostMapping("/tasks/{task}/withdrawal")
    Page withdraw(@PathVariable UUID task, SentForm<WorkForm> sent) {
        return perform(
                sent,
                "withdraw-" + task,
                complaint -> tasks.withdraw(complaint, task, sent.form().text(), sent.who()));
    }

    @PostMapping("/tasks/{task}/due")
    Page move(@PathVariable UUID task, SentForm<WorkForm> sent) {
        return perform(
                sent,
                "due-" + task,
                complaint -> tasks.move(
                        complaint,
                        task,
                        CaseForms.instant("dueAt", sent.form().dueAt(), sent.t()),
                        sent.form().text(),
                        sent.who()));
    }

    private Page perform(SentForm<WorkForm> sent, String name, Function<ComplaintNumber, Complaint> deed) {
        return forms.perform(
                sent,
                name,
                TAB,
                (complaint, filled) ->
                        Page.invalid("teamwork/tasks", page(complaint, filled, "", sent.who(), sent.t())),
                deed);
    }

    private CaseTasksPage page(Complaint complaint, Filled filled, String done, SignedIn who, Texts t) {
        Pack pack = workers.pack(complaint);
        List<Task> all = tasks.of(complaint.id());
        List<DepartmentTasks.Move> moves = tasks.moves(complaint.id());
        List<Tasks.Task> escalations =
                escalated.of(complaint.id()).stream().filter(Tasks.Task::isOpen).toList();
        var people = new HashSet<@Nullable UUID>();
        for (Task task : all) {
            people.add(task.assignee());
            people.add(task.givenBy());
            people.add(task.sender());
            people.add(task.endedBy());
            task.items().forEach(item -> people.add(item.doneBy()));
        }
        moves.forEach(move -> {
            people.add(move.by());
            people.add(move.toPerson());
        });
        escalations.forEach(each -> people.add(each.assignee()));
        Map<UUID, String> names = workers.names(people);
        boolean mayAct = TeamworkRoutes.mayAct(who) && complaint.isOpen() && !complaint.isJoined();
        By by = By.of(who, complaint.owner());
        Instant now = time.instant();
        List<TaskLine> lines = all.stream()
                .map(task -> line(complaint, task, moves, pack, names, by, mayAct, now, t))
                .toList();
        return new CaseTasksPage(
                pages.head(complaint, TAB, who, t),
                lines.stream().filter(line -> line.task().isOpen()).toList(),
                lines.stream().filter(line -> !line.task().isOpen()).toList(),
                escalations.stream()
                        .map(each -> new CaseTasksPage.Escalated(
                                each.id().toString(),
                                each.text().in(t.locale()),
                                names.getOrDefault(each.assignee(), ""),
                                each.dueAt(),
                                look(each.dueAt(), now)))
                        .toList(),
                counts.of(complaint.id()),
                mayAct,
                mayAct
                        && !complaint.isWaiting()
                        && complaint.stage() != Stage.ARCHIVE
                        && complaint.stage() != Stage.FEEDBACK,
                complaint.customer().phone() != null || complaint.customer().email() != null,
                mayAct && teams.of(complaint.id()).isEmpty(),
                mayAct ? workers.all(pack, t) : List.of(),
                Ids.next().toString(),
                CaseForms.local(now.plus(USUAL), t),
                filled,
                done);
    }

    private TaskLine line(
            Complaint complaint,
            Task task,
            List<DepartmentTasks.Move> moves,
            Pack pack,
            Map<UUID, String> names,
            By by,
            boolean mayAct,
            Instant now,
            Texts t) {
        var items = new ArrayList<TaskLine.Item>();
        for (int i = 0; i < task.items().size(); i++) {
            Task.Item item = task.items().get(i);
            items.add(new TaskLine.Item(
                    i,
                    item.text(),
                    item.doneBy() == null
                            ? null
                            : t.of(
                                    "teamwork.item.done",
                                    names.getOrDefault(item.doneBy(), ""),
                                    t.dateTime(item.doneAt()))));
        }
        UUID endedBy = task.endedBy();
        return new TaskLine(
                task,
                holder(task.department(), task.assignee(), pack, names, t),
                names.getOrDefault(task.givenBy(), ""),
                endedBy == null ? "" : names.getOrDefault(endedBy, ""),
                look(task.dueAt(), now),
                task.isLate(now),
                items,
                moves.stream()
                        .filter(move -> move.task().equals(task.id()))
                        .map(move -> new TaskLine.Trail(
                                move.at(),
                                t.of(
                                        "teamwork.move." + move.kind().name(),
                                        names.getOrDefault(move.by(), ""),
                                        holder(move.toDepartment(), move.toPerson(), pack, names, t)),
                                move.reason()))
                        .toList(),
                tasks.answers(complaint.number(), task).stream()
                        .map(answer -> new TaskLine.Trail(answer.at(), "", answer.text()))
                        .toList(),
                mayAct && task.state() == Task.State.OPEN && task.isFor(by.id(), by.department()),
                mayAct && task.isOpen() && task.mayBeDoneBy(by),
                mayAct && task.mayGoBack(by),
                mayAct && task.mayBeChangedBy(by),
                names.getOrDefault(task.sender(), ""));
    }

    static String holder(
            @Nullable String department, @Nullable UUID person, Pack pack, Map<UUID, String> names, Texts t) {
        String place = Workers.department(pack, department, t);
        if (person == null) {
            return place;
        }
        String name = names.getOrDefault(person, "");
        return place.isEmpty() ? name : t.of("teamwork.person", name, place);
    }

    static String look(Instant dueAt, Instant now) {
        return dueAt.isBefore(now) ? "due-over" : dueAt.isBefore(now.plus(SOON)) ? "due-soon" : "due-later";
    }
}
