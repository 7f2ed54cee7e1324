package io.bihuan.clock;

import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A warn point of a clock that has been reached, at {@code warningAt}.
 *
 * @param escalation the name of the plan that says who does what
 * @param zone of the clock's calendar
 */
public record Alarm(
        UUID clockId,
        Subject subject,
        String clockName,
        Grade grade,
        WarnPoint point,
        Instant dueAt,
        Instant warningAt,
        @Nullable String escalation,
        ZoneId zone) {}
