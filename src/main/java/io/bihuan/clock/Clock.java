package io.bihuan.clock;

import io.bihuan.calendar.WorkCalendar;
import io.bihuan.pack.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A named deadline on a subject, with all that led to it; what it says can be recomputed from its own fields.
 *
 * @param policy as it was when the clock started or was last re-based
 * @param amount in the unit of the policy, without extensions
 * @param dueAt as it stands now; while the clock is paused, as it stood when the pause began
 * @param assumedYear the first year without an official holiday notice on which the deadline depends
 * @param fired the warn points of the policy that have fired, a bit for each, the first one lowest
 */
public record Clock(
        UUID id,
        Subject subject,
        PolicyVersion policy,
        WorkCalendar calendar,
        Severity severity,
        int amount,
        Instant startedAt,
        Course course,
        ClockState state,
        Instant dueAt,
        @Nullable Integer assumedYear,
        @Nullable Instant stoppedAt,
        int fired) {

    /** A warn point that has not fired yet. */
    public record Warning(int index, WarnPoint point, Instant at) {}

    static Clock started(
            UUID id, Subject subject, PolicyVersion policy, WorkCalendar calendar, Severity severity, Instant at) {
        Instant start = at.truncatedTo(ChronoUnit.MICROS);
        return counted(
                id,
                subject,
                policy,
                calendar,
                severity,
                policy.terms().amountFor(severity),
                start,
                Course.UNDISTURBED,
                ClockState.RUNNING,
                null,
                0);
    }

    /** The clock as it must be, whatever was materialised. */
    private static Clock counted(
            UUID id,
            Subject subject,
            PolicyVersion policy,
            WorkCalendar calendar,
            Severity severity,
            int amount,
            Instant startedAt,
            Course course,
            ClockState state,
            @Nullable Instant stoppedAt,
            int fired) {
        var reckoning = new Reckoning(
                startedAt, legs(policy, calendar, course), amount + extendedBy(policy, course), course.pauses());
        return new Clock(
                id,
                subject,
                policy,
                calendar,
                severity,
                amount,
                startedAt,
                course,
                state,
                reckoning.due(),
                reckoning.assumedYear(),
                stoppedAt,
                fired);
    }

    /** The same clock counted once more; equal to this one unless something is wrong. */
    public Clock recounted() {
        return with(policy, calendar, severity, amount, course, state, stoppedAt, fired);
    }

    // ---- what it says ----

    public String name() {
        return policy.name();
    }

    public Grade grade() {
        return policy.terms().grade();
    }

    public Unit unit() {
        return policy.terms().unit();
    }

    public List<WarnPoint> warnAt() {
        return policy.terms().warnAt();
    }

    public List<Pause> pauses() {
        return course.pauses();
    }

    /** The amount with its extensions. */
    public int wholeAmount() {
        return amount + extendedBy();
    }

    /** By how much it was made longer, in its unit; what was granted in another unit fell away with the re-base. */
    public int extendedBy() {
        return extendedBy(policy, course);
    }

    /** The unit in which it was made longer. */
    public Unit unitOf(Extension extension) {
        return unitOf(extension, policy, course);
    }

    private static int extendedBy(PolicyVersion policy, Course course) {
        return course.extensions().stream()
                .filter(extension ->
                        unitOf(extension, policy, course) == policy.terms().unit())
                .mapToInt(Extension::amount)
                .sum();
    }

    private static Unit unitOf(Extension extension, PolicyVersion policy, Course course) {
        return course.rebases().stream()
                .filter(rebase -> !rebase.at().isBefore(extension.at()))
                .findFirst()
                .map(Rebase::from)
                .orElse(policy)
                .terms()
                .unit();
    }

    public boolean isOpen() {
        return state.isOpen();
    }

    /** Open, and its time is used up. */
    public boolean isOverdue(Instant now) {
        return isOpen() && counting(now).isAfter(dueAt);
    }

    /** The percentage of the amount that is used up, or was when it stopped. */
    public int percentUsed(Instant now) {
        return reckoning().percentUsed(counting(now));
    }

    /**
     * What is left of the time that it counts, or, when it counts days, until it is due by the wall clock; negative by the wall clock
     * when it is late.
     */
    public Duration remaining(Instant now) {
        Instant at = counting(now);
        return unit().isOfDays() || at.isAfter(dueAt)
                ? Duration.between(at, dueAt)
                : length().minus(reckoning().used(at));
    }

    /** How long it has stood still, by the wall clock. */
    public Duration paused(Instant now) {
        Instant until = stoppedAt != null ? stoppedAt : now;
        return course.pauses().stream().map(pause -> pause.lasted(until)).reduce(Duration.ZERO, Duration::plus);
    }

    /** The next warn point to fire; null while it does not run. May lie in the past. */
    public @Nullable Warning nextWarning() {
        return state == ClockState.RUNNING ? warningBeside(fired) : null;
    }

    /** When that warn point is, or was, reached. */
    public Instant warningAt(WarnPoint point) {
        return reckoning().at(point);
    }

    @Nullable
    Warning warningBeside(int alreadyFired) {
        Warning next = null;
        List<WarnPoint> points = warnAt();
        if (Integer.bitCount(alreadyFired) == points.size()) {
            return null;
        }
        Reckoning reckoning = reckoning();
        for (int i = 0; i < points.size(); i++) {
            if ((alreadyFired & 1 << i) == 0) {
                Instant at = reckoning.at(points.get(i));
                if (next == null || at.isBefore(next.at())) {
                    next = new Warning(i, points.get(i), at);
                }
            }
        }
        return next;
    }

    Reckoning reckoning() {
        return new Reckoning(startedAt, legs(), wholeAmount(), course.pauses());
    }

    List<Leg> legs() {
        return legs(policy, calendar, course);
    }

    private static List<Leg> legs(PolicyVersion policy, WorkCalendar calendar, Course course) {
        var legs = new ArrayList<Leg>();
        boolean isOfDays = policy.terms().unit().isOfDays();
        for (Rebase rebase : course.rebases()) {
            ClockPolicy before = rebase.from().terms();
            if (before.unit().isOfDays() == isOfDays) {
                legs.add(new Leg(before.counting(), rebase.calendar(), rebase.at()));
            } else {
                // Days and minutes do not add up: what was counted until here is counted anew.
                legs.clear();
            }
        }
        legs.add(new Leg(policy.terms().counting(), calendar, null));
        return legs;
    }

    // ---- what may become of it ----

    /** The same clock with that warn point fired. */
    Clock afterFiring(WarnPoint point) {
        int index = warnAt().indexOf(point);
        return index < 0 ? this : withFired(fired | 1 << index);
    }

    /** The same clock with the warn points up to that moment counted as fired. */
    Clock quietUntil(Instant moment) {
        int passed = fired;
        for (int i = 0; i < warnAt().size(); i++) {
            if (!warningAt(warnAt().get(i)).isAfter(moment)) {
                passed |= 1 << i;
            }
        }
        return withFired(passed);
    }

    /** The same clock on what its subject is now. */
    public Clock on(Subject now) {
        return with(now, fired);
    }

    private Clock withFired(int points) {
        return with(subject, points);
    }

    private Clock with(Subject newSubject, int points) {
        return new Clock(
                id,
                newSubject,
                policy,
                calendar,
                severity,
                amount,
                startedAt,
                course,
                state,
                dueAt,
                assumedYear,
                stoppedAt,
                points);
    }

    Clock paused(Pause pause) {
        return with(policy, calendar, severity, amount, course.with(pause), ClockState.PAUSED, null, fired);
    }

    Clock resumed(Instant at) {
        return with(policy, calendar, severity, amount, course.pauseEnded(at), ClockState.RUNNING, null, fired);
    }

    Clock stopped(Instant at) {
        Clock ended = with(policy, calendar, severity, amount, course.pauseEnded(at), ClockState.MET, at, fired);
        return at.isAfter(ended.dueAt)
                ? with(policy, calendar, severity, amount, course.pauseEnded(at), ClockState.MISSED, at, fired)
                : ended;
    }

    Clock cancelled(Instant at) {
        return with(policy, calendar, severity, amount, course.pauseEnded(at), ClockState.CANCELLED, at, fired);
    }

    /** As if it had not been cancelled; a pause that ended with it goes on while its reason holds. */
    Clock reopened(Set<String> pausedFor) {
        if (state != ClockState.CANCELLED) {
            throw new IllegalStateException("clock " + name() + " is " + state + ", not cancelled");
        }
        boolean isPaused = !course.pauses().isEmpty()
                && Objects.equals(course.pauses().getLast().to(), stoppedAt)
                && pausedFor.contains(course.pauses().getLast().reason());
        return with(
                policy,
                calendar,
                severity,
                amount,
                isPaused ? course.pauseGoesOn() : course,
                isPaused ? ClockState.PAUSED : ClockState.RUNNING,
                null,
                fired);
    }

    Clock withSeverity(Severity newSeverity, int newAmount, Instant at) {
        return with(policy, calendar, newSeverity, newAmount, course.withSeverityAt(at), state, stoppedAt, fired);
    }

    /** The same clock, due at a time that was promised: in whole minutes, not before the promise. */
    Clock promised(Instant due) {
        Duration length = Duration.between(startedAt, due);
        long minutes = length.toMinutes() + (length.toNanosPart() > 0 || length.toSecondsPart() > 0 ? 1 : 0);
        int promised = Math.clamp(minutes - extendedBy(), 1, unit().longest());
        return with(policy, calendar, severity, promised, course, state, stoppedAt, fired);
    }

    /** The amount by which it counts when the severity becomes another: a promised time stays. */
    int amountFor(Severity other) {
        boolean isPromised =
                policy.terms().mayBePromised() && amount != policy.terms().amountFor(severity);
        return isPromised ? amount : policy.terms().amountFor(other);
    }

    Clock extended(Extension extension) {
        return with(policy, calendar, severity, amount, course.with(extension), state, stoppedAt, fired);
    }

    /** Warn points that both policies have and that have fired do not fire again. */
    Clock rebased(PolicyVersion newPolicy, WorkCalendar newCalendar, String actor, String reason, Instant at) {
        int still = 0;
        List<WarnPoint> points = newPolicy.terms().warnAt();
        for (int i = 0; i < points.size(); i++) {
            int old = warnAt().indexOf(points.get(i));
            if (old >= 0 && (fired & 1 << old) != 0) {
                still |= 1 << i;
            }
        }
        return with(
                newPolicy,
                newCalendar,
                severity,
                newPolicy.terms().amountFor(severity),
                course.with(new Rebase(at, actor, reason, policy, calendar)),
                state,
                stoppedAt,
                still);
    }

    /**
     * This clock as it would be if another policy had been in force when it started: what happened to it stays, but for pauses that the
     * other policy does not know and extensions that it does not grant.
     */
    Clock under(PolicyVersion other, WorkCalendar otherCalendar) {
        ClockPolicy terms = other.terms();
        List<Pause> stood = course.pauses().stream()
                .filter(pause -> terms.mayPauseFor(pause.reason()))
                .toList();
        var granted = new ArrayList<Extension>();
        for (Extension taken : course.extensions()) {
            terms.extensionAfter(granted.size())
                    .ifPresent(step -> granted.add(new Extension(
                            terms.extensions().indexOf(step) + 1,
                            step.amount(),
                            taken.approver(),
                            taken.reason(),
                            taken.at())));
        }
        var kept = new Course(stood, granted, List.of(), course.severityAt());
        boolean runsOn = state == ClockState.PAUSED && kept.openPause() == null;
        return counted(
                id,
                subject,
                other,
                otherCalendar,
                severity,
                terms.amountFor(severity),
                startedAt,
                kept,
                runsOn ? ClockState.RUNNING : state,
                stoppedAt,
                0);
    }

    /** Counted by what is now known of its calendar, also where it was counted another way before. */
    Clock corrected(WorkCalendar newer) {
        List<Rebase> rebases = course.rebases().stream()
                .map(rebase -> rebase.calendar().name().equals(newer.name())
                        ? new Rebase(rebase.at(), rebase.actor(), rebase.reason(), rebase.from(), newer)
                        : rebase)
                .toList();
        var known = new Course(course.pauses(), course.extensions(), rebases, course.severityAt());
        return with(
                policy,
                newer.name().equals(calendar.name()) ? newer : calendar,
                severity,
                amount,
                known,
                state,
                stoppedAt,
                fired);
    }

    private Clock with(
            PolicyVersion newPolicy,
            WorkCalendar newCalendar,
            Severity newSeverity,
            int newAmount,
            Course newCourse,
            ClockState newState,
            @Nullable Instant stopped,
            int nowFired) {
        return counted(
                id,
                subject,
                newPolicy,
                newCalendar,
                newSeverity,
                newAmount,
                startedAt,
                newCourse,
                newState,
                stopped,
                nowFired);
    }

    /** That moment, but not before the last thing that happened to the clock: nodes differ by milliseconds. */
    Instant moment(Instant at) {
        Instant last = course.lastAt();
        Instant least = last == null ? startedAt : last;
        return at.isBefore(least) ? least : at.truncatedTo(ChronoUnit.MICROS);
    }

    /** The moment up to which it counted: when it stopped, when its open pause began, or now. */
    private Instant counting(Instant now) {
        Pause open = course.openPause();
        Instant at = Objects.requireNonNullElse(stoppedAt, now);
        return open != null && open.from().isBefore(at) ? open.from() : at;
    }

    private Duration length() {
        return Duration.ofMinutes(wholeAmount());
    }
}
