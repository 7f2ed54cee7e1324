package io.bihuan.clock;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An interval in which a clock stood still: {@code [from, to)}, open while {@code to} is null; the actor as {@code kind:id}. */
public record Pause(
        String reason, String actor, Instant from, @Nullable Instant to) {
    public boolean isOpen() {
        return to == null;
    }

    /** How long it has lasted at that time; zero before it began. */
    public Duration lasted(Instant now) {
        Instant end = to == null || now.isBefore(to) ? now : to;
        return end.isBefore(from) ? Duration.ZERO : Duration.between(from, end);
    }

    Pause endedAt(Instant end) {
        return new Pause(reason, actor, from, end.isBefore(from) ? from : end);
    }
}
