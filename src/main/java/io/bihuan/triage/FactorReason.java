package io.bihuan.triage;

import io.bihuan.complaint.Factor;
import io.bihuan.pack.Label;
import org.jspecify.annotations.Nullable;

/**
 * Why a level of a factor was proposed.
 *
 * @param rule the name of the rule in the pack
 * @param evidence the customer's words that the rule met, null when it does not ask for words
 */
public record FactorReason(
        Factor factor, String rule, Label label, @Nullable String evidence) {}
