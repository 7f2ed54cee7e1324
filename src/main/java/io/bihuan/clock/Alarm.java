package io.bihuan.clock;

import java.time.Instant;
import java.util.UUID;

/** A warn point of a clock that has been reached: {@code level} percent of its time were used up at {@code warningAt}. */
public record Alarm(
        UUID clockId, Subject subject, String clockName, Grade grade, int level, Instant dueAt, Instant warningAt) {}
