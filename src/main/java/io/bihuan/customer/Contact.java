package io.bihuan.customer;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An identity that is stored.
 *
 * @param customer whose row it is at: that of the living customer, or of one merged into it
 * @param failedAt when it turned out that nobody can be reached there; null as long as it works
 * @param failure what the other side said
 */
public record Contact(
        UUID id,
        UUID customer,
        Identity identity,
        Instant addedAt,
        @Nullable Instant failedAt,
        @Nullable String failure) {
    public boolean isFailed() {
        return failedAt != null;
    }
}
