package io.bihuan.clock;

import java.util.List;
import java.util.Optional;

/** The escalation plans of one version of a pack. */
public record EscalationPlans(List<EscalationPlan> all) {
    public static final EscalationPlans NONE = new EscalationPlans(List.of());

    public EscalationPlans {
        all = List.copyOf(all);
    }

    public Optional<EscalationPlan> find(String name) {
        return all.stream().filter(plan -> plan.name().equals(name)).findFirst();
    }
}
