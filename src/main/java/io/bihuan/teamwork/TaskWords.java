package io.bihuan.teamwork;

import io.bihuan.complaint.CaseEventWords;
import io.bihuan.complaint.ComplaintEvent.CaseEvent;
import io.bihuan.pack.Pack;
import io.bihuan.privacy.Personal;
import io.bihuan.web.Texts;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells colleagues what happened to tasks; the customer hears nothing of them. */
@Component
class TaskWords implements CaseEventWords {
    @Override
    public Class<TaskEvent> family() {
        return TaskEvent.class;
    }

    @Override
    public Set<UUID> people(CaseEvent event) {
        var people = new HashSet<UUID>();
        if (event instanceof TaskEvent.TaskGiven given && given.assignee() != null) {
            people.add(given.assignee());
        } else if (event instanceof TaskEvent.TaskHandedOver handed && handed.assignee() != null) {
            people.add(handed.assignee());
        } else if (event instanceof TaskEvent.TaskReturned returned) {
            people.add(returned.to());
        }
        return people;
    }

    @Override
    public Words words(CaseEvent event, Reader reader) {
        Texts t = reader.t();
        return switch ((TaskEvent) event) {
            case TaskEvent.TaskGiven e ->
                new Words(
                        t.of("teamwork.event.TaskGiven"),
                        "list",
                        "purple",
                        t.of(
                                "teamwork.said.TaskGiven",
                                Personal.text(e.title()),
                                holder(e.department(), e.assignee(), reader),
                                t.dateTime(e.dueAt())),
                        e.kind() == Task.Kind.QUESTION ? null : quote(e.what()));
            case TaskEvent.TaskAccepted e ->
                new Words(t.of("teamwork.event.TaskAccepted"), "check", "teal", null, null);
            case TaskEvent.TaskHandedOver e ->
                new Words(
                        t.of("teamwork.event.TaskHandedOver"),
                        "right",
                        "orange",
                        t.of("teamwork.said.TaskHandedOver", holder(e.department(), e.assignee(), reader)),
                        quote(e.reason()));
            case TaskEvent.TaskReturned e ->
                new Words(
                        t.of("teamwork.event.TaskReturned"),
                        "left",
                        "orange",
                        t.of("teamwork.said.TaskReturned", reader.staff(e.to())),
                        quote(e.reason()));
            case TaskEvent.TaskItemTicked e ->
                new Words(
                        t.of(e.done() ? "teamwork.event.TaskItemTicked" : "teamwork.event.TaskItemTicked.not"),
                        "check",
                        "secondary",
                        t.of("teamwork.said.TaskItemTicked", e.item() + 1),
                        null);
            case TaskEvent.TaskCompleted e ->
                new Words(t.of("teamwork.event.TaskCompleted"), "check", "green", null, quote(e.result()));
            case TaskEvent.TaskReopened e ->
                new Words(
                        t.of("teamwork.event.TaskReopened"),
                        "loop",
                        "orange",
                        t.of("teamwork.said.due", t.dateTime(e.dueAt())),
                        quote(e.reason()));
            case TaskEvent.TaskWithdrawn e ->
                new Words(t.of("teamwork.event.TaskWithdrawn"), "x", "secondary", null, quote(e.reason()));
            case TaskEvent.TaskMoved e ->
                new Words(
                        t.of("teamwork.event.TaskMoved"),
                        "clock",
                        "orange",
                        t.of("teamwork.said.due", t.dateTime(e.dueAt())),
                        quote(e.reason()));
        };
    }

    private static String holder(@Nullable String department, @Nullable UUID person, Reader reader) {
        String name = department(reader.pack(), department, reader.t());
        if (person == null) {
            return name;
        }
        return name.isEmpty() ? reader.staff(person) : reader.t().of("teamwork.person", reader.staff(person), name);
    }

    static String department(Pack pack, @Nullable String code, Texts t) {
        return code == null
                ? ""
                : pack.departments()
                        .find(code)
                        .map(each -> each.label().in(t.locale()))
                        .orElse(code);
    }

    static @Nullable String quote(@Nullable Personal text) {
        String said = Personal.text(text);
        return said.isBlank() ? null : said;
    }
}
