package io.bihuan.clock;

import java.util.List;
import java.util.Optional;

/** The clocks of one version of a pack, in the order in which the pack names them. */
public record ClockPolicies(List<ClockPolicy> clocks) {
    public static final ClockPolicies NONE = new ClockPolicies(List.of());

    public ClockPolicies {
        clocks = List.copyOf(clocks);
    }

    public Optional<ClockPolicy> find(String name) {
        return clocks.stream().filter(clock -> clock.name().equals(name)).findFirst();
    }
}
