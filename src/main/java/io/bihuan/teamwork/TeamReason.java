package io.bihuan.teamwork;

import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Factors;
import io.bihuan.pack.Severity;
import java.util.Collection;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;

/** Why people of several departments should work on a complaint together. */
public enum TeamReason {
    MAJOR,
    COMPLEX,
    DEPARTMENTS,
    /** Somebody believes so, and says why. */
    OTHER;

    /** The complexity of an assessment from which on a team is called for. */
    static final int COMPLEX_FROM = 3;

    /** Which reasons a complaint gives by itself. */
    static Set<TeamReason> of(Severity severity, OptionalInt complexity, Collection<String> departments) {
        var reasons = EnumSet.noneOf(TeamReason.class);
        if (severity == Severity.MAJOR) {
            reasons.add(MAJOR);
        }
        if (complexity.isPresent() && complexity.getAsInt() >= COMPLEX_FROM) {
            reasons.add(COMPLEX);
        }
        if (Set.copyOf(departments).size() > 1) {
            reasons.add(DEPARTMENTS);
        }
        return reasons;
    }

    /** How complex the last assessment found it; empty when it did not say. */
    static OptionalInt complexity(Complaint complaint) {
        Factors factors = complaint.factors();
        return factors == null ? OptionalInt.empty() : OptionalInt.of(factors.complexity());
    }
}
