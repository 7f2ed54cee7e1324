package io.bihuan.customer;

import io.bihuan.platform.Actor;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One line of what was done to a customer.
 *
 * @param other the other customer of a merge, its undoing or a dismissed suggestion
 * @param note why, or what came of it; null when it was erased
 */
public record JournalEntry(
        UUID id,
        UUID customer,
        Instant at,
        Actor actor,
        CustomerDeed deed,
        @Nullable UUID other,
        @Nullable String note) {}
