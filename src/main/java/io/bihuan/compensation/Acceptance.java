package io.bihuan.compensation;

import java.util.UUID;

/** Whether customers have agreed to what was proposed to them; a module above knows. */
@FunctionalInterface
public interface Acceptance {
    /** Whether the proposal with this number is accepted. */
    boolean of(UUID complaintId, int proposal);
}
