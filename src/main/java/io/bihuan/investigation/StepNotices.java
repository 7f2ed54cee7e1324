package io.bihuan.investigation;

import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.message.Notices;
import io.bihuan.message.StaffNotice;
import io.bihuan.platform.Actor;
import io.bihuan.platform.follower.Feed;
import io.bihuan.platform.follower.Follower;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Tells a colleague of a step that somebody else has planned for him. */
@Component
class StepNotices implements Follower {
    private static final Set<String> TOLD = Set.of(
            InvestigationEvent.InvestigationStepPlanned.class.getSimpleName(),
            InvestigationEvent.InvestigationStepMoved.class.getSimpleName());

    private final Complaints complaints;
    private final Notices notices;

    StepNotices(Complaints complaints, Notices notices) {
        this.complaints = complaints;
        this.notices = notices;
    }

    @Override
    public String name() {
        return "investigation-steps";
    }

    @Override
    public void apply(List<Feed.Entry> page) {
        Set<UUID> events = page.stream()
                .filter(entry -> TOLD.contains(entry.type()))
                .map(entry -> entry.position().id())
                .collect(Collectors.toSet());
        if (events.isEmpty()) {
            return;
        }
        List<UUID> subjects = page.stream()
                .filter(entry -> TOLD.contains(entry.type()))
                .map(Feed.Entry::subjectId)
                .distinct()
                .toList();
        var told = new ArrayList<StaffNotice>();
        for (Complaint complaint : complaints.find(subjects)) {
            complaints.work(complaint.number(), Investigations.EVENTS).stream()
                    .filter(happened -> events.contains(happened.id()))
                    .forEach(happened -> tell(told, complaint, happened));
        }
        notices.tell(told);
    }

    private static void tell(List<StaffNotice> told, Complaint complaint, HistoryEvent happened) {
        UUID owner =
                switch (happened.event()) {
                    case InvestigationEvent.InvestigationStepPlanned e -> e.owner();
                    case InvestigationEvent.InvestigationStepMoved e -> e.owner();
                    default -> null; // the query brings no other
                };
        if (owner != null && !Actor.staff(owner).equals(happened.actor())) {
            told.add(new StaffNotice(
                    owner,
                    happened.id(),
                    "investigation.notice.step",
                    List.of(complaint.number().readable()),
                    "/desk/complaints/" + complaint.number().digits() + "/investigation",
                    happened.at()));
        }
    }
}
