package io.bihuan.message;

import io.bihuan.pack.Severity;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that a group should know.
 *
 * @param occasion the event it is about: no group is told of one occasion twice
 * @param key text of the sender's bundle, filled with the arguments; no personal data among them
 * @param department of the case; null while it has none
 */
public record RobotNotice(
        UUID occasion,
        String key,
        List<String> arguments,
        String href,
        Severity severity,
        @Nullable String department,
        Instant at) {}
