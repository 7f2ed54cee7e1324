package io.bihuan.investigation;

import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Whose fault complaints were, for those who spend money by it. */
@Component
public class Responsibilities {
    private final Standing standing;

    Responsibilities(Standing standing) {
        this.standing = standing;
    }

    /** The decision that holds now; empty while nothing was decided. */
    public Optional<ResponsibilityDecision> of(UUID complaintId) {
        return Optional.ofNullable(standing.of(complaintId).responsibility());
    }
}
