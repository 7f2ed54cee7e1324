package io.bihuan.clock;

import io.bihuan.calendar.WorkCalendar;
import io.bihuan.pack.Expression;
import io.bihuan.pack.Label;
import io.bihuan.pack.Severity;
import io.bihuan.pack.Source;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rule a clock is started by, as a pack states it.
 *
 * @param startOn the milestone that starts it; {@code stopOn} those that stop it, {@code restartOn} those that begin it anew
 * @param calendar the name of the calendar it is counted by
 * @param amount for each severity, in the unit of {@code counting}
 * @param warnAt at most {@value #MOST_WARN_POINTS}, in their order
 * @param pausable the reasons it may stand still for
 * @param extensions the ways in which it may be made longer, in the order in which they are taken
 * @param doneWhen how far what stops it must have come
 * @param breach what a breach means by law or contract
 * @param escalation the name of the plan that says who does what at which warn point
 * @param source the law or contract it comes from
 * @param when what must hold of a subject for it to start; null: it always does
 * @param movable whether another time may be promised while it is not due; then it is counted in minutes around the clock
 * @param owedTo who is promised that it is kept; only what is owed to the customer is told to him as a promise
 */
public record ClockPolicy(
        String name,
        Label label,
        String startOn,
        Set<String> stopOn,
        Set<String> restartOn,
        Counting counting,
        String calendar,
        Map<Severity, Integer> amount,
        Grade grade,
        List<WarnPoint> warnAt,
        List<PauseReason> pausable,
        List<ExtensionStep> extensions,
        Dispatch doneWhen,
        @Nullable Label breach,
        @Nullable String escalation,
        @Nullable Source source,
        @Nullable Expression when,
        boolean movable,
        Owed owedTo) {
    /** One bit each says which have fired. */
    public static final int MOST_WARN_POINTS = 20;

    public ClockPolicy {
        stopOn = Set.copyOf(stopOn);
        restartOn = Set.copyOf(restartOn);
        amount = Map.copyOf(amount);
        warnAt = warnAt.stream().sorted().distinct().toList();
        // What was stored before there was a choice.
        owedTo = Objects.requireNonNullElse(owedTo, Owed.CUSTOMER);
        pausable = List.copyOf(pausable);
        extensions = List.copyOf(extensions);
        if (warnAt.size() > MOST_WARN_POINTS) {
            throw new IllegalArgumentException(
                    "clock " + name + " has " + warnAt.size() + " warn points, at most " + MOST_WARN_POINTS);
        }
    }

    /** One that starts whatever the subject is. */
    public ClockPolicy(
            String name,
            Label label,
            String startOn,
            Set<String> stopOn,
            Set<String> restartOn,
            Counting counting,
            String calendar,
            Map<Severity, Integer> amount,
            Grade grade,
            List<WarnPoint> warnAt,
            List<PauseReason> pausable,
            List<ExtensionStep> extensions,
            Dispatch doneWhen,
            @Nullable Label breach,
            @Nullable String escalation,
            @Nullable Source source) {
        this(
                name,
                label,
                startOn,
                stopOn,
                restartOn,
                counting,
                calendar,
                amount,
                grade,
                warnAt,
                pausable,
                extensions,
                doneWhen,
                breach,
                escalation,
                source,
                null,
                false,
                Owed.CUSTOMER);
    }

    public Unit unit() {
        return counting.unit();
    }

    public Optional<PauseReason> pauseFor(String reason) {
        return pausable.stream().filter(each -> each.name().equals(reason)).findFirst();
    }

    public boolean mayPauseFor(String reason) {
        return pauseFor(reason).isPresent();
    }

    /** The step that is taken after so many extensions; empty when there are no more. */
    public Optional<ExtensionStep> extensionAfter(int taken) {
        int before = 0;
        for (ExtensionStep step : extensions) {
            if (taken < before + step.times()) {
                return Optional.of(step);
            }
            before += step.times();
        }
        return Optional.empty();
    }

    /** Whether another time may be promised: an administrator may have made it a clock that counts otherwise. */
    public boolean mayBePromised() {
        return movable && unit() == Unit.MINUTE && calendar.equals(WorkCalendar.ALWAYS) && pausable.isEmpty();
    }

    /** The amount for that severity, in {@link #unit()}. */
    public int amountFor(Severity severity) {
        Integer found = amount.get(severity);
        if (found == null) {
            throw new IllegalArgumentException("clock " + name + " has no amount for " + severity);
        }
        return found;
    }

    public ClockPolicy withAmount(Map<Severity, Integer> other) {
        return new ClockPolicy(
                name,
                label,
                startOn,
                stopOn,
                restartOn,
                counting,
                calendar,
                other,
                grade,
                warnAt,
                pausable,
                extensions,
                doneWhen,
                breach,
                escalation,
                source,
                when,
                movable,
                owedTo);
    }

    /** This policy with all that an administrator may decide as the other has it. */
    public ClockPolicy countedAs(ClockPolicy other) {
        return new ClockPolicy(
                name,
                label,
                startOn,
                stopOn,
                restartOn,
                other.counting,
                other.calendar,
                other.amount,
                grade,
                other.warnAt,
                other.pausable,
                other.extensions,
                doneWhen,
                breach,
                escalation,
                source,
                when,
                movable,
                owedTo);
    }

    void requireAmounts() {
        for (Severity severity : Severity.values()) {
            int found = amountFor(severity);
            if (found < 1 || found > unit().longest()) {
                throw new IllegalArgumentException("clock " + name + " has an amount of " + found + " for " + severity);
            }
        }
    }
}
