package io.bihuan.compensation;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What finance says became of a payout.
 *
 * @param line of the file, from 1
 * @param reference of the bank
 * @param reason why it failed
 */
public record PayoutResult(
        int line,
        UUID payout,
        boolean isPaid,
        @Nullable String reference,
        @Nullable String reason) {
    /** What the result did. */
    public enum Effect {
        RECORDED,
        /** It was known already. */
        KNOWN,
        /** It says the opposite of what was recorded before: somebody must look. */
        CONTRADICTS,
        /** There is no such payout, or finance was never given it. */
        UNKNOWN
    }
}
