package io.bihuan.complaint;

import io.bihuan.platform.Refused;
import io.bihuan.platform.Writes;
import java.util.List;

/** What a neighbouring module does to a complaint that is locked for it. */
@FunctionalInterface
public interface CaseWork {
    /**
     * What happens; throws {@link Refused} with the reason when the rules do not allow it now. Reads of the module's own rows are
     * consistent here, for nobody else changes them while the complaint is locked.
     *
     * @param writes takes the module's own rows; they are sent together with the events
     */
    List<? extends ComplaintEvent.CaseEvent> decide(Complaint complaint, Writes writes);
}
