package io.bihuan.correspondence;

import io.bihuan.clock.Clocks;
import io.bihuan.complaint.CaseGuard;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;
import org.springframework.stereotype.Component;

/** Closing with fewer notices than were promised needs a reason. */
@Component
class NoticeGuard implements CaseGuard {
    private final Clocks clocks;
    private final CorrespondenceRows rows;

    NoticeGuard(Clocks clocks, CorrespondenceRows rows) {
        this.clocks = clocks;
        this.rows = rows;
    }

    @Override
    public void check(Complaint complaint, Command command, Actor actor) {
        if (!(command instanceof Command.Archive)) {
            return;
        }
        int told = rows.told(complaint.id());
        if (told < NoticeRule.LEAST
                && !rows.isExcused(complaint.id())
                && NoticeRule.needsReason(complaint, clocks.of(complaint.id()), told)) {
            throw new Refused("correspondence.refused.fewer", told, NoticeRule.LEAST);
        }
    }
}
