package io.bihuan.routing;

import io.bihuan.identity.Profile;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who may get a case, as things stand now.
 *
 * @param isAway on leave or otherwise not there
 * @param isOnDuty by his hours or a shift
 * @param open cases in the same seat
 * @param recent cases that were given to him in the last days
 */
public record Candidate(
        UUID id,
        String name,
        @Nullable String department,
        Profile profile,
        boolean isAway,
        boolean isOnDuty,
        int open,
        int recent) {}
