package io.bihuan.compensation;

import io.bihuan.complaint.CaseGuard;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;
import org.springframework.stereotype.Component;

/** A complaint is not archived while something promised is neither given nor taken back. */
@Component
class CompensationGuard implements CaseGuard {
    private final GrantRows rows;

    CompensationGuard(GrantRows rows) {
        this.rows = rows;
    }

    @Override
    public void check(Complaint complaint, Command command, Actor actor) {
        if (!(command instanceof Command.Archive)) {
            return;
        }
        long open = rows.of(complaint.id()).stream().filter(Grant::isOpen).count();
        if (open > 0) {
            throw new Refused("compensation.refused.open", open);
        }
    }
}
