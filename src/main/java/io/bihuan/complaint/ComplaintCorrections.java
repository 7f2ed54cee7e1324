package io.bihuan.complaint;

import io.bihuan.clock.Clock;
import io.bihuan.clock.Clocks;
import io.bihuan.clock.CorrectionTarget;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Writes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What more knowledge of a calendar means for a complaint: where a deadline moves, an event in its history says so. */
@Component
class ComplaintCorrections implements CorrectionTarget {
    private final Register register;
    private final Complaints complaints;
    private final Clocks clocks;

    ComplaintCorrections(Register register, Complaints complaints, Clocks clocks) {
        this.register = register;
        this.complaints = complaints;
        this.clocks = clocks;
    }

    @Override
    public String subjectKind() {
        return ComplaintClocks.SUBJECT;
    }

    @Override
    public int correct(List<UUID> subjectIds, Writes writes, Instant now) {
        List<Register.Found> locked = register.lockFree(subjectIds);
        Map<UUID, List<Clock>> open =
                clocks.of(locked.stream().map(found -> found.complaint().id()).toList());
        for (Register.Found found : locked) {
            List<Clock> outdated = open.getOrDefault(found.complaint().id(), List.of()).stream()
                    .filter(clocks::isOutdated)
                    .toList();
            boolean isMoved = outdated.stream()
                    .anyMatch(clock -> !clocks.corrected(clock).dueAt().equals(clock.dueAt()));
            if (isMoved) {
                complaints.append(
                        writes, found, found.complaint().decide(new Command.CorrectDeadlines()), Actor.SYSTEM, now);
            } else {
                outdated.forEach(clock -> clocks.correct(writes, clock));
            }
        }
        return locked.size();
    }
}
