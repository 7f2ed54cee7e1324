package io.bihuan.complaint;

import io.bihuan.clock.Clock;
import java.util.List;

/** A complaint as its page shows it: the state, its newest events first, and its clocks. */
public record Dossier(Complaint complaint, List<HistoryEvent> events, List<Clock> clocks) {
    /**
     * Whether something of these kinds was recorded: what follows from events that do not exist need not be asked for. Where older
     * events were not read, it may have been.
     */
    @SafeVarargs
    public final boolean mayHave(Class<? extends ComplaintEvent>... kinds) {
        if (events.size() < complaint.version()) {
            return true;
        }
        for (HistoryEvent event : events) {
            for (Class<? extends ComplaintEvent> kind : kinds) {
                if (kind.isInstance(event.event())) {
                    return true;
                }
            }
        }
        return false;
    }
}
