package io.bihuan.complaint;

import io.bihuan.clock.Alarm;
import io.bihuan.clock.AlarmTarget;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Writes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What a due alarm means for a complaint: an event in its history. Who is working on it just now is not waited for. */
@Component
class ComplaintAlarms implements AlarmTarget {
    private final Register register;
    private final Complaints complaints;

    ComplaintAlarms(Register register, Complaints complaints) {
        this.register = register;
        this.complaints = complaints;
    }

    @Override
    public String subjectKind() {
        return ComplaintClocks.SUBJECT;
    }

    @Override
    public List<Alarm> fire(List<Alarm> due, Writes writes, Instant now) {
        Map<UUID, List<Alarm>> bySubject = due.stream()
                .collect(Collectors.groupingBy(alarm -> alarm.subject().id()));
        var handled = new ArrayList<Alarm>();
        for (Register.Found found : register.lockFree(bySubject.keySet())) {
            List<Alarm> alarms = bySubject.getOrDefault(found.complaint().id(), List.of());
            List<ComplaintEvent> warned = alarms.stream()
                    .flatMap(alarm ->
                            found
                                    .complaint()
                                    .decide(new Command.WarnOfClock(alarm.clockName(), alarm.level()))
                                    .stream())
                    .toList();
            complaints.append(writes, found, warned, Actor.SYSTEM, now);
            handled.addAll(alarms);
        }
        return handled;
    }
}
