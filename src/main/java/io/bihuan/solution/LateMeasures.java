package io.bihuan.solution;

import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Complaints;
import io.bihuan.identity.Post;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.message.Notices;
import io.bihuan.message.StaffNotice;
import io.bihuan.platform.Ids;
import io.bihuan.platform.WhenServing;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Tells of measures that are late: whoever carries it out, or the head of the department, and the owner of the complaint; once for each time it is due. */
@Component
class LateMeasures {
    private static final Logger log = LoggerFactory.getLogger(LateMeasures.class);
    private static final int BATCH = 50;

    private final SolutionRows rows;
    private final Complaints complaints;
    private final Notices notices;
    private final Staff staff;
    private final InstantSource time;

    LateMeasures(SolutionRows rows, Complaints complaints, Notices notices, Staff staff, InstantSource time) {
        this.rows = rows;
        this.complaints = complaints;
        this.notices = notices;
        this.staff = staff;
        this.time = time;
    }

    /** Looks every half minute, on every node. */
    @Component
    @WhenServing
    static class Looking {
        private final LateMeasures late;
        private boolean isAway;

        Looking(LateMeasures late) {
            this.late = late;
        }

        @Scheduled(initialDelay = 10, fixedDelay = 30, timeUnit = TimeUnit.SECONDS)
        void look() {
            try {
                while (late.tell() > 0) {
                    // the next batch
                }
                isAway = false;
            } catch (RuntimeException e) {
                if (!isAway) {
                    isAway = true;
                    log.warn("Nobody is told of late measures until it works again: {}", e.toString());
                }
            }
        }
    }

    /** Tells of some; none when nobody is left to be told. */
    @Transactional
    public int tell() {
        Instant now = time.instant();
        List<OpenMeasure> late = rows.takeLate(now, BATCH);
        if (late.isEmpty()) {
            return 0;
        }
        Map<UUID, Complaint> cases =
                complaints
                        .find(late.stream()
                                .map(OpenMeasure::complaintId)
                                .distinct()
                                .toList())
                        .stream()
                        .collect(Collectors.toMap(Complaint::id, Function.identity()));
        var told = new ArrayList<StaffNotice>();
        for (OpenMeasure measure : late) {
            Complaint complaint = cases.get(measure.complaintId());
            if (complaint == null || complaint.erasedAt() != null) {
                continue;
            }
            UUID occasion = Ids.next();
            for (UUID person : people(measure, complaint)) {
                told.add(new StaffNotice(
                        person,
                        occasion,
                        "solution.notice.late",
                        List.of(measure.number().readable(), Integer.toString(measure.measure())),
                        "/desk/complaints/" + measure.number() + "/solution",
                        now));
            }
        }
        notices.tell(told);
        return late.size();
    }

    private Set<UUID> people(OpenMeasure measure, Complaint complaint) {
        var people = new LinkedHashSet<UUID>();
        UUID person = measure.person();
        if (person != null) {
            people.add(person);
        } else {
            staff.holding(Post.DEPARTMENT_HEAD, measure.department()).stream()
                    .map(StaffMember::id)
                    .forEach(people::add);
        }
        people.add(complaint.owner());
        return people;
    }
}
