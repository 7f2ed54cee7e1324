package io.bihuan.identity;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A token of the API, without its secret.
 *
 * @param callsAMinute how often it may call, on each node; null for no limit
 * @param lastUsedAt to the minute
 */
public record Token(
        UUID id,
        String name,
        Set<Scope> scopes,
        TokenReach reach,
        @Nullable Integer callsAMinute,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable Instant lastUsedAt) {
    public Token {
        scopes = Set.copyOf(scopes);
    }

    /** Whether it opens the API at a time. */
    public boolean isGood(Instant at) {
        return revokedAt == null && (expiresAt == null || at.isBefore(expiresAt));
    }
}
