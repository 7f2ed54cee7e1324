package io.bihuan.triage;

import io.bihuan.pack.Kind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a case is judged by.
 *
 * @param category the category's code when somebody chose one; one that the pack does not have counts as none
 * @param text everything the customer said, title included
 * @param customersAffected at least 1
 */
public record Facts(
        Kind kind, @Nullable String category, String text, int customersAffected, Set<Circumstance> circumstances) {
    public Facts {
        customersAffected = Math.max(1, customersAffected);
        circumstances = Set.copyOf(circumstances);
    }

    /** One customer's words, nothing more. */
    public Facts(Kind kind, @Nullable String category, String text) {
        this(kind, category, text, 1, Set.of());
    }
}
