package io.bihuan.customer;

import java.time.Instant;
import java.util.UUID;

/**
 * A thing that is stored.
 *
 * @param customer whose row it is at: that of the living customer, or of one merged into it
 */
public record OwnedThing(UUID id, UUID customer, Thing thing, Instant addedAt) {}
