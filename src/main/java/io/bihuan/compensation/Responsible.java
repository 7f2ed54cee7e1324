package io.bihuan.compensation;

import java.util.Optional;
import java.util.UUID;

/** Who is responsible for what a customer complains of, as far as it was decided. */
@FunctionalInterface
public interface Responsible {
    /** The kind of responsibility that was recorded last; empty when none was. */
    Optional<String> of(UUID complaintId);
}
