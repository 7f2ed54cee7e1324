package io.bihuan.bulk;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task to be given.
 *
 * @param department its code; null, when there is no assignee either: the department of the complaint
 * @param minutes until it is due
 */
public record TaskPart(
        String title,
        @Nullable String what,
        @Nullable String department,
        @Nullable UUID assignee,
        int minutes) {}
