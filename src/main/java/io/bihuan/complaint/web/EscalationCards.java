package io.bihuan.complaint.web;

import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.complaint.Dossier;
import io.bihuan.complaint.Escalation;
import io.bihuan.complaint.Tasks;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.StaffMember;
import io.bihuan.platform.Actor;
import io.bihuan.web.Texts;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes the escalations and tasks of a complaint ready to be read. */
@Component
class EscalationCards {
    private final Tasks tasks;
    private final People people;
    private final InstantSource time;

    EscalationCards(Tasks tasks, People people, InstantSource time) {
        this.tasks = tasks;
        this.people = people;
        this.time = time;
    }

    EscalationCard of(Dossier dossier, Terms terms, SignedIn who, Texts t) {
        Complaint complaint = dossier.complaint();
        List<Tasks.Task> found =
                dossier.mayHave(ComplaintEvent.TaskOpened.class) ? tasks.of(complaint.id()) : List.of();
        Map<UUID, StaffMember> names = people.known(new ArrayList<>(named(complaint, found)));
        return new EscalationCard(
                complaint.escalations().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry -> line(entry.getKey(), entry.getValue(), terms, names, t))
                        .toList(),
                found.stream().map(task -> line(task, terms, names, t)).toList(),
                DeskRoutes.mayAct(who) && complaint.erasedAt() == null);
    }

    private static Set<UUID> named(Complaint complaint, List<Tasks.Task> tasks) {
        var ids = new HashSet<UUID>();
        for (Escalation escalation : complaint.escalations().values()) {
            ids.addAll(escalation.told());
            staff(escalation.acknowledgedBy()).forEach(ids::add);
        }
        for (Tasks.Task task : tasks) {
            ids.add(task.assignee());
            staff(task.doneBy()).forEach(ids::add);
        }
        return ids;
    }

    private static Stream<UUID> staff(@Nullable String actor) {
        return Stream.ofNullable(actor)
                .map(Actor::parse)
                .filter(each -> each.kind() == Actor.Kind.STAFF)
                .map(each -> UUID.fromString(each.id()));
    }

    private static EscalationCard.Line line(
            String clock, Escalation escalation, Terms terms, Map<UUID, StaffMember> names, Texts t) {
        return new EscalationCard.Line(
                clock,
                terms.clock(clock),
                escalation.level(),
                escalation.told().stream()
                        .map(id -> name(Actor.staff(id).toString(), names, t))
                        .collect(Collectors.joining(t.of("clock.escalation.list"))),
                escalation.at(),
                name(escalation.acknowledgedBy(), names, t),
                escalation.acknowledgedAt());
    }

    private EscalationCard.TaskLine line(Tasks.Task task, Terms terms, Map<UUID, StaffMember> names, Texts t) {
        return new EscalationCard.TaskLine(
                task.id().toString(),
                terms.of(task.text()),
                name(Actor.staff(task.assignee()).toString(), names, t),
                task.dueAt(),
                task.isOpen(),
                Looks.of(task.dueAt(), time.instant()),
                name(task.doneBy(), names, t),
                task.doneAt());
    }

    private static String name(@Nullable String actor, Map<UUID, StaffMember> names, Texts t) {
        return actor == null ? "" : People.doer(Actor.parse(actor), names, t).name();
    }
}
