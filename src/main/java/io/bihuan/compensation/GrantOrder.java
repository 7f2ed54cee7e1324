package io.bihuan.compensation;

import io.bihuan.platform.Money;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to be granted.
 *
 * @param item of the pack's compensation matrix, or {@link Catalogue#GOODWILL}
 * @param means null for what is usual for the item
 * @param quantity days, nights or months of an item that is given for each of them; 1 otherwise
 * @param base the price or fee of an item that is a share or a multiple of it
 * @param outlet whose budget pays; null for that of the business line, or of the outlet that the complaint names
 * @param proposal and {@code measure}: the numbers of a solution's, for which it is granted once; both or none
 * @param key of the form, sent once
 * @param approvedBy who approved the proposal; null when the limits of whoever grants it decide
 */
public record GrantOrder(
        String item,
        @Nullable Means means,
        Money amount,
        int quantity,
        @Nullable Money base,
        @Nullable String outlet,
        String reason,
        @Nullable Integer proposal,
        @Nullable Integer measure,
        @Nullable String key,
        @Nullable UUID approvedBy) {
    public GrantOrder {
        if ((proposal == null) != (measure == null)) {
            throw new IllegalArgumentException("a measure belongs to a proposal");
        }
    }

    /** What a measure of a proposal costs. */
    public static GrantOrder ofMeasure(
            String item, Money amount, int proposal, int measure, String reason, @Nullable UUID approvedBy) {
        return new GrantOrder(item, null, amount, 1, null, null, reason, proposal, measure, null, approvedBy);
    }
}
