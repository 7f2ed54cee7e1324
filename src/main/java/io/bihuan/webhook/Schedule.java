package io.bihuan.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When a message that was not taken is tried again: soon, then ever later, for about a day. */
final class Schedule {
    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(10));

    private Schedule() {}

    /**
     * The pause after so many attempts; empty when it was the last.
     *
     * @param chance 0 to 1: up to a fifth is added, so that what failed together does not come back together
     * @param asked what the receiver asked for; never sooner than that
     */
    static Optional<Duration> pause(int attempts, double chance, @Nullable Duration asked) {
        if (attempts > PAUSES.size()) {
            return Optional.empty();
        }
        Duration pause = PAUSES.get(attempts - 1);
        pause = pause.plusMillis((long) (pause.toMillis() * 0.2 * chance));
        return Optional.of(asked != null && asked.compareTo(pause) > 0 ? asked : pause);
    }
}
