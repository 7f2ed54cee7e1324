package io.bihuan.portal.web;

import io.bihuan.clock.Clock;
import io.bihuan.clock.ClockPolicies;
import io.bihuan.clock.ClockPolicy;
import io.bihuan.clock.ClockState;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Milestone;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.pack.Severity;
import io.bihuan.web.Texts;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Component;

/** What the company promises in time, as customers read it: always from the pack's clocks, never from a text. */
@Component
class Promises {
    private static final int HOUR = 60;
    private static final int MOST_HOURS = 72;

    private final Packs packs;
    private final InstantSource time;

    Promises(Packs packs, InstantSource time) {
        this.packs = packs;
        this.time = time;
    }

    /** What holds for every complaint of a severity. */
    record BySeverity(String severity, String tone, List<String> words) {}

    /** One promise to one customer: what, until when, and what became of it. */
    record Kept(String label, String until, String state, String tone, boolean isOpen) {}

    List<BySeverity> of(Pack pack, Texts t) {
        ClockPolicies policies = pack.part(ClockPolicies.class);
        return Arrays.stream(Severity.values())
                .map(severity -> new BySeverity(
                        t.of(severity),
                        tone(severity),
                        policies.clocks().stream()
                                // Who files here has the number at once: there is nothing to promise.
                                .filter(policy -> !policy.stopOn().contains(Milestone.ACKNOWLEDGED.name()))
                                .map(policy -> words(policy, severity, t))
                                .toList()))
                .toList();
    }

    private static String tone(Severity severity) {
        return switch (severity) {
            case GENERAL -> "teal";
            case URGENT -> "orange";
            case MAJOR -> "red";
        };
    }

    private static String words(ClockPolicy policy, Severity severity, Texts t) {
        String length = length(policy.amountFor(severity), t);
        String label = policy.label().in(t.locale());
        return policy.startOn().equals(Milestone.REGISTERED.name())
                ? t.of("portal.promise.within", length, label)
                : t.of("portal.promise.after", t.of(Milestone.valueOf(policy.startOn())), length, label);
    }

    private static String length(int minutes, Texts t) {
        if (minutes % HOUR != 0) {
            return t.of("web.duration.minutes", minutes);
        }
        int hours = minutes / HOUR;
        return hours % 24 == 0 && hours > MOST_HOURS
                ? t.of("web.duration.days", hours / 24)
                : t.of("web.duration.hours", hours);
    }

    /** What was promised in this complaint, in the order in which it falls due; what no longer matters is not in it. */
    List<Kept> of(Complaint complaint, List<Clock> clocks, Texts t) {
        ClockPolicies policies = packs.get(complaint.pack()).part(ClockPolicies.class);
        return clocks.stream()
                .filter(clock -> clock.state() != ClockState.CANCELLED)
                .sorted(Comparator.comparing(Clock::dueAt))
                .map(clock -> kept(clock, label(policies, clock, t), t))
                .toList();
    }

    /** What follows on what was promised already: {@code 处理完成后 2 小时内告知结果}. */
    List<String> later(Complaint complaint, List<Clock> clocks, Texts t) {
        return packs.get(complaint.pack()).part(ClockPolicies.class).clocks().stream()
                .filter(policy ->
                        clocks.stream().noneMatch(clock -> clock.name().equals(policy.name())))
                .map(policy -> words(policy, complaint.severity(), t))
                .toList();
    }

    private static String label(ClockPolicies policies, Clock clock, Texts t) {
        return policies.find(clock.name())
                .map(policy -> policy.label().in(t.locale()))
                .orElseGet(clock::name);
    }

    private Kept kept(Clock clock, String label, Texts t) {
        Instant now = time.instant();
        String until = t.of("portal.promise.until", moment(clock.dueAt(), now, t));
        Instant stopped = clock.stoppedAt() == null ? clock.dueAt() : clock.stoppedAt();
        return switch (clock.state()) {
            case RUNNING ->
                clock.isOverdue(now)
                        ? new Kept(label, until, t.of("portal.promise.overdue"), "red", true)
                        : new Kept(label, until, t.of("portal.promise.running"), "blue", true);
            case PAUSED -> new Kept(label, until, t.of("portal.promise.paused"), "yellow", true);
            case MET -> new Kept(label, until, t.of("portal.promise.met", moment(stopped, now, t)), "green", false);
            case MISSED -> new Kept(label, until, t.of("portal.promise.missed", moment(stopped, now, t)), "red", false);
            case CANCELLED -> new Kept(label, until, "", "secondary", false);
        };
    }

    /** {@code 今天 10:42}, {@code 明天 10:42}, else with the date. */
    static String moment(Instant at, Instant now, Texts t) {
        LocalDate day = at.atZone(t.zone()).toLocalDate();
        LocalDate today = now.atZone(t.zone()).toLocalDate();
        if (day.equals(today)) {
            return t.of("portal.at.today", t.time(at));
        }
        return day.equals(today.plusDays(1)) ? t.of("portal.at.tomorrow", t.time(at)) : t.dateTime(at);
    }
}
