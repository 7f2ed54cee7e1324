package io.bihuan.routing;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who must keep out of a complaint.
 *
 * @param people complained about
 * @param outlets complained about, by code or name
 * @param departments complained about, by code
 * @param deciders who decided before, where the decision was not accepted: they do not handle it again
 */
public record Recusal(Set<UUID> people, Set<String> outlets, Set<String> departments, Set<UUID> deciders) {
    public static final Recusal NONE = new Recusal(Set.of(), Set.of(), Set.of(), Set.of());

    public Recusal {
        people = Set.copyOf(people);
        outlets = Set.copyOf(outlets);
        departments = Set.copyOf(departments);
        deciders = Set.copyOf(deciders);
    }

    /** Why this person must not have that seat; empty when nothing speaks against it. */
    public Optional<Exclusion> against(UUID person, @Nullable String outlet, @Nullable String department, Seat seat) {
        if (people.contains(person)) {
            return Optional.of(Exclusion.PERSON_COMPLAINED_ABOUT);
        }
        if (outlet != null && outlets.contains(outlet)) {
            return Optional.of(Exclusion.OUTLET_COMPLAINED_ABOUT);
        }
        if (department != null && departments.contains(department)) {
            return Optional.of(Exclusion.DEPARTMENT_COMPLAINED_ABOUT);
        }
        // The owner stays to the end, also when he decided: he answers for it, another one decides.
        return seat == Seat.HANDLER && deciders.contains(person)
                ? Optional.of(Exclusion.DECIDED_BEFORE)
                : Optional.empty();
    }

    public boolean isAgainstDepartment(@Nullable String department) {
        return department != null && departments.contains(department);
    }
}
