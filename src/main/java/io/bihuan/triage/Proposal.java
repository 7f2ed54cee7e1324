package io.bihuan.triage;

import io.bihuan.complaint.Factor;
import io.bihuan.complaint.Factors;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the rules of the pack propose; a person decides.
 *
 * @param category the one that was given, else one that the text speaks for, else null
 * @param why at least one reason for each value that is not null, in the order of {@link Reason.Aspect}
 * @param whyFactors at least one reason for each factor, in the order of {@link Factor}
 */
public record Proposal(
        @Nullable String category,
        Severity severity,
        Priority priority,
        String department,
        List<Reason> why,
        Factors factors,
        List<FactorReason> whyFactors) {
    public List<FactorReason> why(Factor factor) {
        return whyFactors.stream().filter(reason -> reason.factor() == factor).toList();
    }

    public List<Reason> why(Reason.Aspect aspect) {
        return why.stream().filter(reason -> reason.aspect() == aspect).toList();
    }
}
