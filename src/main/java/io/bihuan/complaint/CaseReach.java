package io.bihuan.complaint;

import java.util.UUID;

/** Who works on a complaint sees it, whatever department has it: a neighbouring module says who works on it. */
public interface CaseReach {
    boolean includes(Complaint complaint, UUID person);
}
