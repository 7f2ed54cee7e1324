package io.bihuan.investigation;

import io.bihuan.complaint.CaseReach;
import io.bihuan.complaint.Complaint;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Who has a step to take sees the complaint, whatever department has it. */
@Component
class InvestigationReach implements CaseReach {
    private final Standing standing;

    InvestigationReach(Standing standing) {
        this.standing = standing;
    }

    @Override
    public boolean includes(Complaint complaint, UUID person) {
        return standing.of(complaint.id()).people().contains(person);
    }
}
