package io.bihuan.clock;

import java.time.Instant;
import java.util.List;

/** Why a clock is due when it is due, in steps that a person can check by hand. */
public record Explanation(Clock clock, List<Step> steps) {
    /**
     * One step. The key names a text of {@code messages/clock_*}; its arguments are texts, whole numbers, {@link Instant},
     * {@link java.time.Duration} and {@code Enum} constants, which a page writes in its reader's language and time zone
     * (the text of a constant has the key {@code clock.<enum>.<constant>}, such as {@code clock.unit.MINUTE}).
     */
    public record Step(Instant at, String key, List<Object> arguments) {
        public Step {
            arguments = List.copyOf(arguments);
        }
    }

    public Explanation {
        steps = List.copyOf(steps);
    }
}
