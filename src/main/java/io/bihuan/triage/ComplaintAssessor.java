package io.bihuan.triage;

import io.bihuan.complaint.Assessor;
import io.bihuan.complaint.Complaint;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import org.springframework.stereotype.Component;

/** Lets the rules of the pack propose how a registered complaint should be assessed. */
@Component
class ComplaintAssessor implements Assessor {
    private final Triage triage;
    private final Packs packs;

    ComplaintAssessor(Triage triage, Packs packs) {
        this.triage = triage;
        this.packs = packs;
    }

    @Override
    public Suggestion suggest(Complaint complaint) {
        Pack pack = packs.get(complaint.pack(), complaint.packVersion());
        Proposal proposal = triage.assess(pack, Facts.of(complaint, pack));
        return new Suggestion(
                proposal.category(),
                proposal.severity(),
                proposal.priority(),
                proposal.department(),
                proposal.why().stream().map(ComplaintAssessor::why).toList());
    }

    private static Why why(Reason reason) {
        Aspect aspect =
                switch (reason.aspect()) {
                    case CATEGORY -> Aspect.CATEGORY;
                    case SEVERITY -> Aspect.SEVERITY;
                    case PRIORITY -> Aspect.PRIORITY;
                    case DEPARTMENT -> Aspect.DEPARTMENT;
                };
        return new Why(aspect, reason.label(), reason.evidence());
    }
}
