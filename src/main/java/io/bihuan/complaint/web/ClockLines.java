package io.bihuan.complaint.web;

import io.bihuan.clock.Clock;
import io.bihuan.clock.ClockPolicies;
import io.bihuan.clock.ClockPolicy;
import io.bihuan.clock.ClockState;
import io.bihuan.clock.Clocks;
import io.bihuan.clock.Explanation;
import io.bihuan.platform.Actor;
import io.bihuan.web.Texts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Makes the clocks of a complaint ready to be read, the open ones first. */
@Component
class ClockLines {
    private final Clocks clocks;
    private final InstantSource time;

    ClockLines(Clocks clocks, InstantSource time) {
        this.clocks = clocks;
        this.time = time;
    }

    /** @param name how an actor is called */
    List<ClockLine> of(List<Clock> all, Terms terms, Function<Actor, String> name, Texts t) {
        Instant now = time.instant();
        return all.stream()
                .sorted(Comparator.comparing((Clock clock) -> !clock.isOpen()).thenComparing(Clock::dueAt))
                .map(clock -> line(clock, now, terms, name, t))
                .toList();
    }

    private ClockLine line(Clock clock, Instant now, Terms terms, Function<Actor, String> name, Texts t) {
        return new ClockLine(
                terms.clock(clock.name()),
                clock.percentUsed(now),
                clock.state() == ClockState.RUNNING ? clock.dueAt() : null,
                clock.dueAt(),
                clock.state(),
                clock.isOverdue(now),
                clock.grade(),
                terms.pack()
                        .part(ClockPolicies.class)
                        .find(clock.name())
                        .map(ClockPolicy::source)
                        .orElse(null),
                clocks.explain(clock, now).steps().stream()
                        .map(step -> text(step, terms, name, t))
                        .toList());
    }

    private static String text(Explanation.Step step, Terms terms, Function<Actor, String> name, Texts t) {
        var arguments = new ArrayList<Object>();
        for (Object argument : step.arguments()) {
            arguments.add(text(step.key(), argument, terms, name, t));
        }
        return t.of(step.key(), arguments.toArray());
    }

    private static Object text(String key, Object argument, Terms terms, Function<Actor, String> name, Texts t) {
        return switch (argument) {
            case Instant instant -> t.dateTime(instant);
            case Duration duration -> t.duration(duration);
            case Enum<?> constant ->
                t.of("clock." + constant.getDeclaringClass().getSimpleName().toLowerCase(Locale.ROOT) + "."
                        + constant.name());
            case String text when key.equals("clock.explain.start") -> text.equals(terms.pack().id()) ? terms.name() : text;
            case String text when key.startsWith("clock.explain.pause") -> pause(text, name, t);
            default -> argument;
        };
    }

    /** The reason of a pause, or who asked for it. */
    private static String pause(String text, Function<Actor, String> name, Texts t) {
        String reason = "complaint.pause." + text;
        if (t.has(reason)) {
            return t.of(reason);
        }
        try {
            return name.apply(Actor.parse(text));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return text;
        }
    }
}
