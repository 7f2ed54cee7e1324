package io.bihuan.message;

import io.bihuan.pack.Severity;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A robot of a group, as a list shows it: without its address and its secret.
 *
 * @param language of what it says
 * @param severities empty for all
 * @param departments empty for all
 * @param waiting how many notices it has yet to say, at most a hundred are counted
 * @param failingSince null while it takes what it is told
 */
public record Robot(
        UUID id,
        String name,
        RobotKind kind,
        String host,
        boolean hasSecret,
        String language,
        Set<Severity> severities,
        Set<String> departments,
        boolean isActive,
        int waiting,
        @Nullable Instant sentAt,
        @Nullable Instant failingSince,
        @Nullable String error) {}
