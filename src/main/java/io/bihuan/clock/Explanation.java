package io.bihuan.clock;

import java.time.Instant;
import java.util.List;

/** Why a clock is due when it is due, in steps that a person can check by hand. */
public record Explanation(Clock clock, List<Step> steps) {
    /**
     * One step. The key names a text of {@code messages/clock_*}; its arguments are texts, whole numbers, {@link Instant},
     * {@link java.time.LocalDate}, {@link java.time.Duration}, {@link Amount}, {@link Deadline}, {@link Who}, {@link PackId},
     * {@link io.bihuan.pack.Label}, {@link io.bihuan.calendar.Hours} in lists and {@code Enum} constants; {@code clock.web.ExplanationTexts}
     * writes them in the reader's language and the calendar's zone.
     */
    public record Step(Kind kind, String key, List<Object> arguments) {
        public Step {
            arguments = List.copyOf(arguments);
        }
    }

    public enum Kind {
        /** What the clock is: its start, its amount. */
        BASIS,
        /** Something that was counted. */
        COUNTED,
        /** Something that was not. */
        SKIPPED,
        /** What somebody did to it. */
        CHANGED,
        /** What nobody knows yet. */
        ASSUMED,
        RESULT
    }

    /** So many of that unit. */
    public record Amount(int value, Unit unit) {}

    /** An instant that may be the end of a day: midnight is then written as 24:00 of the day before. */
    public record Deadline(Instant at) {}

    /** Somebody, as {@code kind:id}. */
    public record Who(String actor) {}

    /** A pack by its id. */
    public record PackId(String id) {}

    public Explanation {
        steps = List.copyOf(steps);
    }
}
