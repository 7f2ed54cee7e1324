package io.bihuan.triage;

import io.bihuan.complaint.Assessor;
import io.bihuan.complaint.CaseGuard;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Factors;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;
import org.springframework.stereotype.Component;

/** Whoever takes a case for harmless in which the rules see danger says why. */
@Component
class SafetyGuard implements CaseGuard {
    private final Assessor assessor;

    SafetyGuard(Assessor assessor) {
        this.assessor = assessor;
    }

    @Override
    public void check(Complaint complaint, Command command, Actor actor) {
        if (command instanceof Command.Assess assess) {
            Factors stated = assess.factors();
            String note = assess.note();
            if (stated == null || stated.safety() >= Factors.UNSAFE || (note != null && !note.isBlank())) {
                return;
            }
            int proposed = assessor.suggest(complaint).factors().safety();
            if (proposed >= Factors.UNSAFE) {
                throw new Refused("triage.refused.safety", proposed, stated.safety());
            }
        }
    }
}
