package io.bihuan.clock;

import io.bihuan.pack.Label;
import io.bihuan.pack.Severity;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rule a clock is started by, as a pack states it: {@code amount} in {@code unit} for each severity, {@code warnAt} in percent of
 * the amount (rising), {@code pausable} the reasons it may stand still for, {@code source} the law or contract it comes from.
 */
public record ClockPolicy(
        String name,
        Label label,
        String startOn,
        Set<String> stopOn,
        Unit unit,
        String calendar,
        Map<Severity, Integer> amount,
        Grade grade,
        List<Integer> warnAt,
        Set<String> pausable,
        @Nullable String source) {
    public ClockPolicy {
        stopOn = Set.copyOf(stopOn);
        amount = Map.copyOf(amount);
        warnAt = warnAt.stream().sorted().distinct().toList();
        pausable = Set.copyOf(pausable);
    }

    public boolean mayPauseFor(String reason) {
        return pausable.contains(reason);
    }

    /** The amount for that severity, in {@link #unit()}. */
    public int amountFor(Severity severity) {
        Integer found = amount.get(severity);
        if (found == null) {
            throw new IllegalArgumentException("clock " + name + " has no amount for " + severity);
        }
        return found;
    }
}
