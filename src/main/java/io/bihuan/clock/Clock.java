package io.bihuan.clock;

import io.bihuan.pack.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A named deadline on a subject, with all that led to it; what it says can be recomputed from its own fields.
 *
 * @param amount in {@code unit}
 * @param dueAt as it stands now; while the clock is paused, as it stood when the pause began
 * @param warnAt percent of the amount, rising
 * @param pauses in their order; only the last may be open
 * @param firedLevel the highest warn point that has fired, 0 for none
 * @param rebasedAt when the amount was last replaced because the severity changed
 */
public record Clock(
        UUID id,
        Subject subject,
        String name,
        String pack,
        int packVersion,
        Severity severity,
        Unit unit,
        String calendar,
        int amount,
        Grade grade,
        Instant startedAt,
        Instant dueAt,
        ClockState state,
        @Nullable Instant stoppedAt,
        List<Integer> warnAt,
        List<Pause> pauses,
        int firedLevel,
        @Nullable Instant rebasedAt) {

    /** A warn point that has not fired yet. */
    public record Warning(int level, Instant at) {}

    public Clock {
        warnAt = List.copyOf(warnAt);
        pauses = List.copyOf(pauses);
    }

    public boolean isOpen() {
        return state.isOpen();
    }

    /** Open, and its time is used up. */
    public boolean isOverdue(Instant now) {
        return isOpen() && used(now).compareTo(length()) > 0;
    }

    /** Used up while open, or stopped too late. */
    public boolean isBreached(Instant now) {
        return state == ClockState.MISSED || isOverdue(now);
    }

    /** The working time used so far, or until it was stopped. */
    public Duration used(Instant now) {
        return Deadlines.used(startedAt, pauses, stoppedAt != null ? stoppedAt : now);
    }

    /** Working time that is left; negative when overdue. */
    public Duration remaining(Instant now) {
        return length().minus(used(now));
    }

    /** Whole percent of the amount used so far; above 100 when overdue. */
    public int percentUsed(Instant now) {
        return (int) Math.min(Integer.MAX_VALUE, used(now).multipliedBy(100).dividedBy(length()));
    }

    /** How long it has stood still. */
    public Duration pausedTime(Instant now) {
        return Deadlines.paused(pauses, stoppedAt != null ? stoppedAt : now);
    }

    /** The pause it stands in. */
    public @Nullable Pause openPause() {
        return pauses.isEmpty() || !pauses.getLast().isOpen() ? null : pauses.getLast();
    }

    /** The next warn point that will fire; none while it does not run. May lie in the past. */
    public @Nullable Warning nextWarning() {
        return state == ClockState.RUNNING ? warningAbove(firedLevel) : null;
    }

    /** When that many percent of the amount are, or were, used up. */
    public Instant warningAt(int percent) {
        return Deadlines.warning(startedAt, unit, amount, percent, pauses);
    }

    @Nullable
    Warning warningAbove(int fired) {
        for (int level : warnAt) {
            if (level > fired) {
                return new Warning(level, warningAt(level));
            }
        }
        return null;
    }

    /** The same clock with the warn points up to that moment counted as fired. */
    Clock quietUntil(Instant moment) {
        int passed = firedLevel;
        for (int level : warnAt) {
            if (level > passed && !warningAt(level).isAfter(moment)) {
                passed = level;
            }
        }
        return new Clock(
                id,
                subject,
                name,
                pack,
                packVersion,
                severity,
                unit,
                calendar,
                amount,
                grade,
                startedAt,
                dueAt,
                state,
                stoppedAt,
                warnAt,
                pauses,
                passed,
                rebasedAt);
    }

    Clock withPauses(List<Pause> read) {
        return read.equals(pauses) ? this : with(state, stoppedAt, read, dueAt);
    }

    Clock paused(Pause pause) {
        var all = new ArrayList<>(pauses);
        all.add(pause);
        return with(ClockState.PAUSED, null, all, dueAt);
    }

    Clock resumed(Instant at) {
        return with(ClockState.RUNNING, null, pausesEnded(at), null);
    }

    Clock stopped(Instant at) {
        var ended = pausesEnded(at);
        boolean inTime = Deadlines.used(startedAt, ended, at).compareTo(length()) <= 0;
        return with(inTime ? ClockState.MET : ClockState.MISSED, at, ended, null);
    }

    Clock cancelled(Instant at) {
        return with(ClockState.CANCELLED, at, pausesEnded(at), null);
    }

    Clock rebased(Severity newSeverity, int newAmount, Instant at) {
        return new Clock(
                id,
                subject,
                name,
                pack,
                packVersion,
                newSeverity,
                unit,
                calendar,
                newAmount,
                grade,
                startedAt,
                Deadlines.due(startedAt, unit, newAmount, pauses),
                state,
                stoppedAt,
                warnAt,
                pauses,
                firedLevel,
                at);
    }

    private Duration length() {
        return Deadlines.length(unit, amount);
    }

    private List<Pause> pausesEnded(Instant at) {
        return pauses.stream()
                .map(pause -> pause.isOpen() ? pause.endedAt(at) : pause)
                .toList();
    }

    private Clock with(ClockState newState, @Nullable Instant stopped, List<Pause> newPauses, @Nullable Instant due) {
        return new Clock(
                id,
                subject,
                name,
                pack,
                packVersion,
                severity,
                unit,
                calendar,
                amount,
                grade,
                startedAt,
                due != null ? due : Deadlines.due(startedAt, unit, amount, newPauses),
                newState,
                stopped,
                warnAt,
                newPauses,
                firedLevel,
                rebasedAt);
    }
}
