package io.bihuan.complaint;

import io.bihuan.calendar.Calendars;
import io.bihuan.clock.Alarm;
import io.bihuan.clock.AlarmTarget;
import io.bihuan.clock.Clock;
import io.bihuan.clock.Clocks;
import io.bihuan.clock.EscalationPlan;
import io.bihuan.clock.EscalationPlans;
import io.bihuan.clock.Escalations;
import io.bihuan.clock.Recipient;
import io.bihuan.clock.WarnPoint;
import io.bihuan.identity.Duty;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.pack.Packs;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Refused;
import io.bihuan.platform.Writes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * What a due alarm means for a complaint: an event in its history, and what the clock's escalation plan says. Who is working on it just
 * now is not waited for.
 */
@Component
class ComplaintAlarms implements AlarmTarget {
    private final Register register;
    private final Complaints complaints;
    private final Clocks clocks;
    private final Calendars calendars;
    private final Packs packs;
    private final Staff staff;
    private final Duty duty;
    private final ObjectProvider<CaseGuard> guards;

    ComplaintAlarms(
            Register register,
            Complaints complaints,
            Clocks clocks,
            Calendars calendars,
            Packs packs,
            Staff staff,
            Duty duty,
            ObjectProvider<CaseGuard> guards) {
        this.register = register;
        this.complaints = complaints;
        this.clocks = clocks;
        this.calendars = calendars;
        this.packs = packs;
        this.staff = staff;
        this.duty = duty;
        this.guards = guards;
    }

    @Override
    public String subjectKind() {
        return ComplaintClocks.SUBJECT;
    }

    @Override
    public List<Alarm> fire(List<Alarm> due, Writes writes, Instant now) {
        Map<UUID, List<Alarm>> bySubject = due.stream()
                .collect(Collectors.groupingBy(alarm -> alarm.subject().id()));
        var chain = new ChainOfCommand(staff, duty, now);
        var quiet = new ArrayList<Complaints.Decided>();
        var handled = new ArrayList<Alarm>();
        for (Register.Found found : register.lockFree(bySubject.keySet())) {
            List<Alarm> alarms = bySubject.getOrDefault(found.complaint().id(), List.of());
            List<ComplaintEvent> decided = decide(found.complaint(), alarms, chain, now);
            if (!Complaints.clocksMatter(decided)) {
                quiet.add(new Complaints.Decided(found, decided));
                handled.addAll(alarms);
                continue;
            }
            Optional<List<Clock>> known = clocks.lockFree(found.complaint().id(), alarms);
            if (known.isPresent()) {
                complaints.append(writes, found, decided, Actor.SYSTEM, now, known.get());
                handled.addAll(alarms);
            }
        }
        complaints.appendQuietly(writes, quiet, Actor.SYSTEM, now);
        return handled;
    }

    private List<ComplaintEvent> decide(Complaint complaint, List<Alarm> alarms, ChainOfCommand chain, Instant now) {
        var decided = new ArrayList<ComplaintEvent>();
        // Two clocks that run out at once give it one new owner and one higher severity, not two.
        boolean isReassigned = false;
        boolean isRaised = false;
        for (Alarm alarm : alarms) {
            EscalationPlan plan = plan(complaint, alarm);
            decided.addAll(complaint.decide(warning(alarm, plan)));
            if (plan == null || !complaint.isOpen()) {
                continue;
            }
            for (Escalations.Step step : Escalations.decide(plan, alarm.point(), facts(complaint, plan, alarm, now))) {
                Command.Escalate command = command(step, plan, alarm, complaint, chain, now, !isReassigned, !isRaised);
                isReassigned |= command.newOwner() != null;
                isRaised |= command.raiseSeverity();
                decided.addAll(complaint.decide(command));
            }
        }
        return decided;
    }

    private @Nullable EscalationPlan plan(Complaint complaint, Alarm alarm) {
        String name = alarm.escalation();
        return name == null
                ? null
                : packs.get(complaint.pack(), complaint.packVersion())
                        .part(EscalationPlans.class, EscalationPlans.NONE)
                        .find(name)
                        .orElse(null);
    }

    private Escalations.Facts facts(Complaint complaint, EscalationPlan plan, Alarm alarm, Instant now) {
        Escalation reached = complaint.escalations().get(alarm.clockName());
        Set<String> working = plan.calendars().stream()
                .filter(name -> calendars
                        .find(name)
                        .map(calendar -> QuietHours.isWorking(calendar, now))
                        .orElse(false))
                .collect(Collectors.toSet());
        return new Escalations.Facts(
                complaint.severity(),
                alarm.grade(),
                now.atZone(alarm.zone()).toLocalTime(),
                working,
                reached == null ? 0 : reached.level(),
                reached == null ? Escalations.Acknowledged.NO : reached.acknowledged());
    }

    /** An escalation gives it to nobody whom the neighbours' rules keep out of it; then it stays with its owner. */
    private boolean mayOwn(Complaint complaint, UUID person) {
        var transfer = new Command.TransferOwnership(person, "");
        try {
            guards.forEach(guard -> guard.check(complaint, transfer, Actor.SYSTEM));
            return true;
        } catch (Refused refused) {
            return false;
        }
    }

    private Command.Escalate command(
            Escalations.Step step,
            EscalationPlan plan,
            Alarm alarm,
            Complaint complaint,
            ChainOfCommand chain,
            Instant now,
            boolean mayReassign,
            boolean mayRaise) {
        var to = new LinkedHashSet<Recipient>();
        var told = new LinkedHashSet<UUID>();
        var tasks = new ArrayList<Command.NewTask>();
        UUID newOwner = null;
        boolean isRaised = false;
        for (EscalationPlan.Action action : step.actions()) {
            switch (action) {
                case EscalationPlan.Notify notify -> {
                    to.addAll(notify.to());
                    notify.to()
                            .forEach(recipient -> chain.of(recipient, complaint).stream()
                                    .map(StaffMember::id)
                                    .forEach(told::add));
                }
                case EscalationPlan.Reassign reassign -> {
                    if (mayReassign) {
                        newOwner = chain.newOwner(reassign.to(), complaint)
                                .map(StaffMember::id)
                                .filter(person -> mayOwn(complaint, person))
                                .orElse(null);
                    }
                }
                case EscalationPlan.RaiseSeverity raise -> isRaised = mayRaise;
                case EscalationPlan.OpenTask task -> {
                    List<StaffMember> able = chain.of(task.assignee(), complaint);
                    if (!able.isEmpty()) {
                        tasks.add(new Command.NewTask(
                                Ids.next(),
                                able.getFirst().id(),
                                task.text(),
                                now.truncatedTo(ChronoUnit.MICROS).plus(task.dueIn())));
                    }
                }
            }
        }
        return new Command.Escalate(
                alarm.clockName(),
                plan.name(),
                step.level(),
                alarm.point().toString(),
                alarm.grade(),
                List.copyOf(to),
                List.copyOf(told),
                newOwner,
                isRaised,
                tasks);
    }

    private static Command.WarnOfClock warning(Alarm alarm, @Nullable EscalationPlan plan) {
        WarnPoint point = alarm.point();
        String escalation = plan == null ? null : plan.name();
        return switch (point.kind()) {
            case PERCENT -> new Command.WarnOfClock(alarm.clockName(), point.value(), null, escalation);
            case BEFORE -> new Command.WarnOfClock(alarm.clockName(), 0, point.toString(), escalation);
            case AFTER -> new Command.WarnOfClock(alarm.clockName(), 100, point.toString(), escalation);
        };
    }
}
