package io.bihuan.routing;

import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Gives complaints to those who were proposed. */
@Component
public class Assignments {
    private final Complaints complaints;
    private final Routing routing;

    Assignments(Complaints complaints, Routing routing) {
        this.complaints = complaints;
        this.routing = routing;
    }

    /**
     * The same assessment with this handler.
     *
     * @throws Refused when somebody is chosen whom the ranking does not have, whatever a page showed before
     */
    @Transactional
    public Complaint assign(
            ComplaintNumber number, @Nullable Integer version, UUID handler, @Nullable String note, Actor actor) {
        Complaint complaint = complaints.find(number).orElseThrow(() -> new Complaints.Unknown(number));
        if (!Recusals.mayBeAssessed(complaint)) {
            throw new Refused("routing.refused.not-now");
        }
        Ranking ranking = routing.rank(complaint, Seat.HANDLER);
        if (ranking.proposed().stream().noneMatch(each -> each.candidate().id().equals(handler))) {
            throw new Refused("routing.refused.not-proposed");
        }
        return complaints.perform(
                number,
                version == null ? complaint.version() : version,
                Recusals.assigned(complaint, handler, note),
                actor);
    }
}
