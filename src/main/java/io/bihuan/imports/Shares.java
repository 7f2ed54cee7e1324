package io.bihuan.imports;

import io.bihuan.clock.Clocks;
import io.bihuan.clock.Policies;
import io.bihuan.clock.PolicyVersion;
import io.bihuan.complaint.Complaint;
import io.bihuan.imports.ImportTarget.Lateness;
import io.bihuan.imports.ImportTarget.Share;
import io.bihuan.pack.Pack;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/** How the cases that a table brings stand when they come, so that their owners hear of those that are late. */
@Component
public final class Shares {
    private final Clocks clocks;
    private final Policies policies;
    private final InstantSource time;

    Shares(Clocks clocks, Policies policies, InstantSource time) {
        this.clocks = clocks;
        this.policies = policies;
        this.time = time;
    }

    /** Overdue when a promise is broken already, due soon when a warn point of one has passed. */
    public Share of(Complaint complaint, Pack pack) {
        Instant now = time.instant();
        Lateness lateness = Lateness.IN_TIME;
        for (var clock : complaint.runningClocks().entrySet()) {
            if (!clock.getValue().isAfter(now)) {
                return new Share(complaint.owner(), Lateness.OVERDUE);
            }
            PolicyVersion policy =
                    policies.find(pack, clock.getKey(), complaint.receivedAt()).orElseThrow();
            if (!clocks.firstWarning(policy, complaint.severity(), complaint.receivedAt())
                    .isAfter(now)) {
                lateness = Lateness.DUE_SOON;
            }
        }
        return new Share(complaint.owner(), lateness);
    }
}
