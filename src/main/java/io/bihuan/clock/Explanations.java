package io.bihuan.clock;

import io.bihuan.calendar.DayKind;
import io.bihuan.calendar.WorkCalendar;
import io.bihuan.calendar.WorkCalendar.Interval;
import io.bihuan.clock.Explanation.Amount;
import io.bihuan.clock.Explanation.Deadline;
import io.bihuan.clock.Explanation.Kind;
import io.bihuan.clock.Explanation.PackId;
import io.bihuan.clock.Explanation.Step;
import io.bihuan.clock.Explanation.Who;
import io.bihuan.pack.Label;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells the steps that led to a deadline. */
final class Explanations {
    /** Lines about single days; what goes beyond is said in one. */
    private static final int MOST_DAY_LINES = 120;

    private final Clock clock;
    private final Reckoning reckoning;
    private final List<Step> steps = new ArrayList<>();

    private Explanations(Clock clock) {
        this.clock = clock;
        this.reckoning = clock.reckoning();
    }

    static Explanation of(Clock clock, Instant now) {
        var explanations = new Explanations(clock);
        explanations.basis();
        explanations.changes();
        if (clock.unit().isOfDays()) {
            explanations.days();
        } else {
            explanations.time();
        }
        explanations.pauses(now);
        explanations.result(now);
        return new Explanation(clock, explanations.steps);
    }

    private void basis() {
        PolicyVersion policy = clock.policy();
        add(Kind.BASIS, "clock.explain.start", clock.startedAt());
        Label label = policy.terms().label();
        if (policy.revision() == 0) {
            add(Kind.BASIS, "clock.explain.policy", label, new PackId(policy.pack()), policy.packVersion());
        } else {
            add(
                    Kind.BASIS,
                    "clock.explain.policy.revision",
                    label,
                    new PackId(policy.pack()),
                    policy.packVersion(),
                    policy.revision());
        }
        if (clock.course().severityAt() == null) {
            add(Kind.BASIS, "clock.explain.amount", clock.severity(), new Amount(clock.amount(), clock.unit()));
        }
        if (clock.calendar().isAlways()) {
            if (!clock.unit().isOfDays()) {
                add(Kind.BASIS, "clock.explain.always");
            }
        } else {
            add(
                    Kind.BASIS,
                    "clock.explain.calendar",
                    clock.calendar().label(),
                    clock.calendar().version(),
                    clock.calendar().zone().getId());
        }
    }

    private void changes() {
        Instant severityAt = clock.course().severityAt();
        if (severityAt != null) {
            add(
                    Kind.CHANGED,
                    "clock.explain.severity",
                    severityAt,
                    clock.severity(),
                    new Amount(clock.amount(), clock.unit()));
        }
        for (Extension extension : clock.course().extensions()) {
            Unit unit = clock.unitOf(extension);
            add(
                    Kind.CHANGED,
                    unit == clock.unit() ? "clock.explain.extension" : "clock.explain.extension.gone",
                    new Amount(extension.amount(), unit),
                    extension.at(),
                    new Who(extension.approver()),
                    ExtensionReason.valueOf(extension.reason()));
        }
        for (Rebase rebase : clock.course().rebases()) {
            boolean isAnew =
                    rebase.from().terms().unit().isOfDays() != clock.unit().isOfDays();
            add(
                    Kind.CHANGED,
                    isAnew ? "clock.explain.rebase.anew" : "clock.explain.rebase",
                    rebase.at(),
                    new Who(rebase.actor()),
                    rebase.reason(),
                    rebase.from().revision());
        }
    }

    // ---- time ----

    private void time() {
        Instant from = clock.startedAt();
        Duration counted = Duration.ZERO;
        var lines = new DayLines();
        for (Leg leg : reckoning.legs()) {
            Instant until = leg.covers(clock.dueAt()) ? clock.dueAt() : Objects.requireNonNull(leg.until());
            if (leg.counting().unit() == Unit.MINUTE || leg.calendar().isAlways()) {
                Duration passed = running(from, until);
                counted = counted.plus(passed);
                add(Kind.COUNTED, "clock.explain.counted.all", from, until, passed, counted);
            } else {
                counted = workingTime(leg.calendar(), from, until, counted, lines);
            }
            if (leg.covers(clock.dueAt())) {
                break;
            }
            from = until;
        }
        lines.finish();
    }

    private Duration workingTime(WorkCalendar calendar, Instant from, Instant until, Duration before, DayLines lines) {
        Duration counted = before;
        LocalDate last = calendar.dateOf(until);
        for (LocalDate date = calendar.dateOf(from); !date.isAfter(last); date = date.plusDays(1)) {
            if (!calendar.isWorking(date)) {
                lines.skip(calendar, date);
                continue;
            }
            lines.noSkip();
            for (Interval interval : calendar.intervals(date)) {
                Instant begin = from.isAfter(interval.from()) ? from : interval.from();
                Instant end = until.isBefore(interval.to()) ? until : interval.to();
                if (begin.isBefore(end)) {
                    Duration passed = running(begin, end);
                    counted = counted.plus(passed);
                    lines.add(
                            Kind.COUNTED,
                            "clock.explain.counted.hours",
                            date,
                            name(calendar, date),
                            begin,
                            new Deadline(end),
                            passed,
                            counted);
                }
            }
        }
        return counted;
    }

    /** How long the clock ran between the two. */
    private Duration running(Instant from, Instant to) {
        Duration passed = Duration.between(from, to);
        for (Pause pause : clock.pauses()) {
            Instant begin = pause.from().isAfter(from) ? pause.from() : from;
            Instant end = pause.to() == null || pause.to().isAfter(to) ? to : pause.to();
            if (pause.to() != null && begin.isBefore(end)) {
                passed = passed.minus(Duration.between(begin, end));
            }
        }
        return passed;
    }

    // ---- days ----

    private void days() {
        Leg first = reckoning.legs().getFirst();
        LocalDate started = first.calendar().dateOf(clock.startedAt());
        LocalDate received = reckoning.received();
        if (!received.equals(started)) {
            add(
                    Kind.BASIS,
                    "clock.explain.cutOff",
                    Objects.requireNonNull(first.counting().cutOff()).toString(),
                    received);
        }
        add(
                Kind.BASIS,
                first.counting().startDayCounts() ? "clock.explain.startDay.counted" : "clock.explain.startDay",
                received);
        if (clock.unit() == Unit.MONTH) {
            add(
                    Kind.BASIS,
                    "clock.explain.months",
                    new Amount(clock.wholeAmount(), Unit.MONTH),
                    new Amount(reckoning.days(), Unit.CALENDAR_DAY));
        }
        var lines = new DayLines();
        int counted = 0;
        LocalDate runFrom = null;
        LocalDate date = reckoning.firstDay();
        LocalDate last = reckoning.lastCounted();
        while (!date.isAfter(last)) {
            Leg leg = reckoning.judge(date);
            boolean counts = reckoning.counts(date);
            boolean isOrdinary = counts && plain(leg.calendar(), date);
            if (counts) {
                counted++;
            }
            if (runFrom != null && !isOrdinary) {
                lines.counted(runFrom, date.minusDays(1), counted - (counts ? 1 : 0));
                runFrom = null;
            }
            if (isOrdinary && runFrom == null) {
                runFrom = date;
            }
            if (counts && !isOrdinary) {
                lines.noSkip();
                lines.add(Kind.COUNTED, "clock.explain.counted.named", counted, date, name(leg.calendar(), date));
            }
            if (!counts) {
                Pause pause = pauseAt(reckoning.end(date));
                if (pause != null) {
                    lines.noSkip();
                    lines.add(Kind.SKIPPED, "clock.explain.skipped.pause", date);
                } else {
                    lines.skip(leg.calendar(), date);
                }
            } else {
                lines.noSkip();
            }
            date = date.plusDays(1);
        }
        if (runFrom != null) {
            lines.counted(runFrom, last, counted);
        }
        lines.finish();
        LocalDate lastDay = reckoning.lastDay();
        if (!lastDay.equals(last)) {
            WorkCalendar calendar = reckoning.judge(last).calendar();
            add(Kind.CHANGED, "clock.explain.rolled", last, name(calendar, last), lastDay);
        }
    }

    private boolean plain(WorkCalendar calendar, LocalDate date) {
        return calendar.nameOf(date) == null;
    }

    private @Nullable Pause pauseAt(Instant end) {
        for (Pause pause : clock.pauses()) {
            if (pause.to() != null && pause.from().isBefore(end) && !pause.to().isBefore(end)) {
                return pause;
            }
        }
        return null;
    }

    /** Lines about days: those that are skipped for the same reason are one, and there are never too many. */
    private final class DayLines {
        private int written;
        private int left;
        private @Nullable LocalDate skippedFrom;
        private @Nullable LocalDate skippedTo;
        private @Nullable Object skippedFor;

        void skip(WorkCalendar calendar, LocalDate date) {
            Object reason = reason(calendar, date);
            if (skippedFrom != null && !reason.equals(skippedFor)) {
                noSkip();
            }
            if (skippedFrom == null) {
                skippedFrom = date;
                skippedFor = reason;
            }
            skippedTo = date;
        }

        void noSkip() {
            LocalDate from = skippedFrom;
            if (from != null) {
                LocalDate to = Objects.requireNonNull(skippedTo);
                Object reason = Objects.requireNonNull(skippedFor);
                skippedFrom = null;
                if (from.equals(to)) {
                    add(Kind.SKIPPED, "clock.explain.skipped", from, reason);
                } else {
                    add(Kind.SKIPPED, "clock.explain.skipped.several", from, to, reason);
                }
            }
        }

        void counted(LocalDate from, LocalDate to, int counted) {
            noSkip();
            if (from.equals(to)) {
                add(Kind.COUNTED, "clock.explain.counted.day", counted, from);
            } else {
                int first = counted - (int) ChronoUnit.DAYS.between(from, to);
                add(Kind.COUNTED, "clock.explain.counted.days", first, counted, from, to);
            }
        }

        void add(Kind kind, String key, Object... arguments) {
            if (written < MOST_DAY_LINES) {
                written++;
                Explanations.this.add(kind, key, arguments);
            } else {
                left++;
            }
        }

        void finish() {
            noSkip();
            if (left > 0) {
                Explanations.this.add(Kind.COUNTED, "clock.explain.more", left);
            }
        }

        private Object reason(WorkCalendar calendar, LocalDate date) {
            Label name = calendar.nameOf(date);
            return name != null ? name : calendar.kind(date);
        }
    }

    /** What the day is called; an ordinary day by what it is. */
    private static Object name(WorkCalendar calendar, LocalDate date) {
        Label name = calendar.nameOf(date);
        DayKind kind = calendar.kind(date);
        return name != null ? name : kind;
    }

    // ---- what became of it ----

    private void pauses(Instant now) {
        for (Pause pause : clock.pauses()) {
            Instant to = pause.to();
            Duration lasted = pause.lasted(now);
            var who = new Who(pause.actor());
            if (to == null) {
                add(Kind.CHANGED, "clock.explain.pause.open", pause.from(), lasted, reason(pause), who);
            } else {
                boolean isTooLate = !pause.from().isBefore(clock.dueAt());
                String key = isTooLate ? "clock.explain.pause.afterDue" : "clock.explain.pause";
                add(Kind.CHANGED, key, pause.from(), to, lasted, reason(pause), who);
            }
        }
    }

    private static PauseReason reason(Pause pause) {
        return new PauseReason(pause.reason(), false);
    }

    private void result(Instant now) {
        add(Kind.RESULT, "clock.explain.due", new Deadline(clock.dueAt()));
        Integer year = clock.assumedYear();
        if (year != null) {
            add(Kind.ASSUMED, "clock.explain.assumed", year.toString());
        }
        Instant end = clock.stoppedAt() != null ? clock.stoppedAt() : now;
        Duration left = clock.remaining(now);
        switch (clock.state()) {
            case RUNNING -> {
                if (left.isNegative()) {
                    add(Kind.RESULT, "clock.explain.overdue", left.negated());
                } else {
                    add(Kind.RESULT, "clock.explain.running", left, clock.percentUsed(now));
                }
            }
            case PAUSED -> add(Kind.RESULT, "clock.explain.paused", left);
            case MET -> add(Kind.RESULT, "clock.explain.met", end, left);
            case MISSED -> add(Kind.RESULT, "clock.explain.missed", end, left.negated());
            case CANCELLED -> add(Kind.RESULT, "clock.explain.cancelled", end);
        }
    }

    private void add(Kind kind, String key, Object... arguments) {
        steps.add(new Step(kind, key, List.of(arguments)));
    }
}
