package io.bihuan.complaint;

import io.bihuan.pack.Label;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Proposes how a complaint should be assessed; the module that knows the rules provides it, a person decides. */
public interface Assessor {
    Suggestion suggest(Complaint complaint);

    /**
     * The proposed values, with at least one reason for each that is not null.
     *
     * @param whyGuessed why the rules would propose the category of the complaint also if it had none; empty where they would not
     */
    record Suggestion(
            @Nullable String category,
            Severity severity,
            Priority priority,
            @Nullable String department,
            List<Why> why,
            List<Why> whyGuessed,
            Factors factors,
            List<FactorWhy> whyFactors) {
        public Suggestion {
            why = List.copyOf(why);
            whyGuessed = List.copyOf(whyGuessed);
            whyFactors = List.copyOf(whyFactors);
        }

        public List<FactorWhy> why(Factor factor) {
            return whyFactors.stream()
                    .filter(reason -> reason.factor() == factor)
                    .toList();
        }

        public List<Why> why(Aspect aspect) {
            return why.stream().filter(reason -> reason.aspect() == aspect).toList();
        }
    }

    /** Which of the values a reason is for. */
    enum Aspect {
        CATEGORY,
        SEVERITY,
        PRIORITY,
        DEPARTMENT
    }

    /** Why a level is proposed; the evidence is as that of {@link Why}. */
    record FactorWhy(Factor factor, Label label, @Nullable String evidence) {}

    /**
     * Why a value is proposed.
     *
     * @param evidence the customer's words that the rule met, null when it does not ask for words
     */
    record Why(Aspect aspect, Label label, @Nullable String evidence) {}
}
