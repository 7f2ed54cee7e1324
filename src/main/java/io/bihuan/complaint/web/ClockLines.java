package io.bihuan.complaint.web;

import io.bihuan.clock.Clock;
import io.bihuan.clock.ClockState;
import io.bihuan.clock.ClockTexts;
import io.bihuan.clock.Pause;
import io.bihuan.pack.Label;
import io.bihuan.platform.Actor;
import io.bihuan.web.Texts;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes the clocks of a complaint ready to be read, the open ones first. */
@Component
class ClockLines {
    private final InstantSource time;

    ClockLines(InstantSource time) {
        this.time = time;
    }

    List<ClockLine> of(List<Clock> all, Terms terms, Texts t) {
        Instant now = time.instant();
        return all.stream()
                .sorted(Comparator.comparing((Clock clock) -> !clock.isOpen()).thenComparing(Clock::dueAt))
                .map(clock -> line(clock, now, terms, t))
                .toList();
    }

    /** Everybody of the staff who did something to these clocks. */
    static Set<UUID> people(List<Clock> all) {
        var people = new HashSet<UUID>();
        for (Clock clock : all) {
            var course = clock.course();
            Stream.of(
                            course.pauses().stream().map(pause -> pause.actor()),
                            course.extensions().stream().map(extension -> extension.approver()),
                            course.rebases().stream().map(rebase -> rebase.actor()))
                    .flatMap(Function.identity())
                    .map(Actor::parse)
                    .filter(actor -> actor.kind() == Actor.Kind.STAFF)
                    .forEach(actor -> people.add(UUID.fromString(actor.id())));
        }
        return people;
    }

    private static ClockLine line(Clock clock, Instant now, Terms terms, Texts t) {
        Label breach = clock.policy().terms().breach();
        return new ClockLine(
                clock.id(),
                terms.clock(clock.name()),
                clock.percentUsed(now),
                clock.state() == ClockState.RUNNING ? clock.dueAt() : null,
                deadline(clock),
                clock.state(),
                clock.isOverdue(now),
                clock.grade(),
                ClockTexts.amount(clock.wholeAmount(), clock.unit(), t),
                paused(clock, now, t),
                provisional(clock, t),
                breach == null ? null : breach.in(t.locale()),
                ended(clock, t));
    }

    /** In the words of the clock's calendar: {@code 2026-10-13 24:00}; to the minute, its reasons say the second. */
    static String deadline(Clock clock) {
        return deadline(clock, clock.dueAt());
    }

    /** The same for another due time of the clock. */
    static String deadline(Clock clock, Instant dueAt) {
        Instant shown = clock.unit().isOfDays() ? dueAt : dueAt.truncatedTo(ChronoUnit.MINUTES);
        return ClockTexts.deadline(shown, clock.calendar().zone());
    }

    static @Nullable String provisional(Clock clock, Texts t) {
        Integer year = clock.assumedYear();
        return year == null || !clock.isOpen() ? null : t.of("clock.assumed", year);
    }

    private static @Nullable String paused(Clock clock, Instant now, Texts t) {
        if (clock.state() != ClockState.PAUSED) {
            return null;
        }
        Pause pause = clock.pauses().getLast();
        return t.of(
                "complaint.clock.paused",
                t.dateTime(pause.from()),
                t.of("clock.pauseFor." + pause.reason()),
                t.duration(pause.lasted(now)));
    }

    private static @Nullable String ended(Clock clock, Texts t) {
        Instant stopped = clock.stoppedAt();
        return stopped == null
                ? null
                : t.of(
                        "complaint.clock.ended",
                        t.of("clock.state." + clock.state().name()),
                        t.dateTime(stopped));
    }
}
