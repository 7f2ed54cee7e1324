package io.bihuan.investigation;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The decision on responsibility that holds now.
 *
 * @param share ours in percent when it is shared, else null
 */
public record ResponsibilityDecision(
        Responsibility kind, @Nullable Integer share, Instant at, UUID by) {}
