package io.bihuan.dossier;

import io.bihuan.correspondence.NoticeFigures;
import io.bihuan.solution.Solutions;
import io.bihuan.teamwork.Counts;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Brings together what several modules count of one complaint. */
@Component
public class Qualities {
    private final NoticeFigures notices;
    private final Counts counts;
    private final Solutions solutions;
    private final InstantSource time;

    Qualities(NoticeFigures notices, Counts counts, Solutions solutions, InstantSource time) {
        this.notices = notices;
        this.counts = counts;
        this.solutions = solutions;
        this.time = time;
    }

    @Transactional(readOnly = true)
    public Quality of(UUID complaintId) {
        return new Quality(
                notices.of(complaintId, time.instant()),
                counts.of(complaintId),
                solutions.approvalWaiting(complaintId));
    }
}
