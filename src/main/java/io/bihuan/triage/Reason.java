package io.bihuan.triage;

import io.bihuan.pack.Label;
import org.jspecify.annotations.Nullable;

/**
 * Why a value was proposed.
 *
 * @param rule the name of the rule in the pack
 * @param evidence the customer's words that the rule met, null when it does not ask for words
 */
public record Reason(
        Aspect aspect, String rule, Label label, @Nullable String evidence) {
    /** Which of the proposed values the reason is for. */
    public enum Aspect {
        CATEGORY,
        SEVERITY,
        PRIORITY,
        DEPARTMENT
    }
}
