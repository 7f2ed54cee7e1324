package io.bihuan.solution;

import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.platform.Actor;
import java.util.List;

/**
 * The books of what is paid or given. What happens in them to a proposal happens together with it, while its complaint is locked; a
 * refusal there refuses the step here. Without books the proof of a measure counts alone.
 */
public interface Grants {
    /** It is put to the customer: what it promises is reserved. */
    List<? extends ComplaintEvent.CaseEvent> sent(Complaint complaint, Proposal proposal, Actor actor);

    List<? extends ComplaintEvent.CaseEvent> accepted(Complaint complaint, Proposal proposal, Actor actor);

    /** It was rejected, or taken back: nothing of it is given. */
    List<? extends ComplaintEvent.CaseEvent> dropped(
            Complaint complaint, Proposal proposal, boolean isRejected, Actor actor);

    /** A measure is said to be carried out: refused while what it grants is not given. */
    List<? extends ComplaintEvent.CaseEvent> done(
            Complaint complaint, Proposal proposal, PlannedMeasure measure, String proof, Actor actor);

    /** A measure is not carried out. */
    List<? extends ComplaintEvent.CaseEvent> waived(
            Complaint complaint, Proposal proposal, PlannedMeasure measure, String reason, Actor actor);
}
