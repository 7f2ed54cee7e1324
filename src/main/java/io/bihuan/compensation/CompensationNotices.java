package io.bihuan.compensation;

import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Complaints;
import io.bihuan.identity.Role;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.message.Notices;
import io.bihuan.message.StaffNotice;
import io.bihuan.platform.Actor;
import io.bihuan.platform.follower.Feed;
import io.bihuan.platform.follower.Follower;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Tells who may approve what waits for it, and the owner what was approved or could not be paid. */
@Component
class CompensationNotices implements Follower {
    private static final String GRANTED = "CompensationGranted";
    private static final Map<String, String> TO_OWNER = Map.of(
            "CompensationApproved", "compensation.notice.approved", "PayoutFailed", "compensation.notice.failed");
    /** So many are told that something waits; the list of what waits is everybody's. */
    private static final int MOST = 20;

    private final Complaints complaints;
    private final GrantRows rows;
    private final Staff staff;
    private final Notices notices;
    private final InstantSource time;

    CompensationNotices(Complaints complaints, GrantRows rows, Staff staff, Notices notices, InstantSource time) {
        this.complaints = complaints;
        this.rows = rows;
        this.staff = staff;
        this.notices = notices;
        this.time = time;
    }

    @Override
    public String name() {
        return "compensation-notices";
    }

    @Override
    public void apply(List<Feed.Entry> page) {
        List<Feed.Entry> told = page.stream()
                .filter(entry -> entry.type().equals(GRANTED) || TO_OWNER.containsKey(entry.type()))
                .toList();
        if (told.isEmpty()) {
            return;
        }
        Map<UUID, Complaint> known =
                complaints
                        .find(told.stream()
                                .map(Feed.Entry::subjectId)
                                .distinct()
                                .toList())
                        .stream()
                        .collect(Collectors.toMap(Complaint::id, Function.identity()));
        var all = new ArrayList<StaffNotice>();
        for (Feed.Entry entry : told) {
            Complaint complaint = known.get(entry.subjectId());
            if (complaint == null || !complaint.isOpen()) {
                continue;
            }
            String key = TO_OWNER.get(entry.type());
            if (key != null) {
                all.add(notice(complaint.owner(), entry, key, complaint));
            } else {
                for (UUID approver : approvers(complaint)) {
                    all.add(notice(approver, entry, "compensation.notice.waiting", complaint));
                }
            }
        }
        notices.tell(all);
    }

    /** Managers of the department, or all where it has none, but for those whose own grants wait. */
    private List<UUID> approvers(Complaint complaint) {
        Set<Actor> waiting = rows.of(complaint.id()).stream()
                .filter(Grant::waitsForApproval)
                .map(Grant::grantedBy)
                .collect(Collectors.toSet());
        if (waiting.isEmpty()) {
            return List.of();
        }
        List<StaffMember> near = staff.withRole(Role.MANAGER, complaint.department());
        return (near.isEmpty() ? staff.withRole(Role.MANAGER, null) : near)
                .stream()
                        .map(StaffMember::id)
                        .filter(id -> !waiting.equals(Set.of(Actor.staff(id))))
                        .limit(MOST)
                        .toList();
    }

    private StaffNotice notice(UUID recipient, Feed.Entry entry, String key, Complaint complaint) {
        return new StaffNotice(
                recipient,
                entry.position().id(),
                key,
                List.of(complaint.number().readable()),
                "/desk/complaints/" + complaint.number().digits() + "/compensation",
                time.instant());
    }
}
