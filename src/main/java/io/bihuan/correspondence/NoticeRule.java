package io.bihuan.correspondence;

import io.bihuan.clock.Clock;
import io.bihuan.clock.ClockState;
import io.bihuan.complaint.Complaint;
import io.bihuan.pack.Kind;
import java.util.List;

/**
 * How many notices a complaint owes. All three, once the first of them was due or told: what is solved before that is told its result
 * and nothing else.
 */
final class NoticeRule {
    static final int LEAST = Notice.values().length;

    private NoticeRule() {}

    /** Whether it may only be closed with a reason. */
    static boolean needsReason(Complaint complaint, List<Clock> clocks, int told) {
        boolean isDecided = complaint.kind() == Kind.COMPLAINT && complaint.outcome() != null;
        boolean isDue = told > 0
                || clocks.stream()
                        .filter(clock -> Notice.ofClock(clock.name()).isPresent())
                        .anyMatch(clock -> clock.state() == ClockState.MISSED);
        return isDecided && isDue && told < LEAST;
    }
}
