package io.bihuan.identity;

import io.bihuan.platform.Actor;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A program that calls the API; controllers take it as {@code @AuthenticationPrincipal TokenPrincipal}. */
public record TokenPrincipal(
        UUID id,
        String name,
        Set<Scope> scopes,
        TokenReach reach,
        @Nullable Integer callsAMinute) {
    public TokenPrincipal {
        scopes = Set.copyOf(scopes);
    }

    public Actor actor() {
        return Actor.token(id);
    }

    /** Refuses what belongs to a business line or channel that the token does not reach. */
    public void mustReach(String businessLine, String channel) {
        if (!reach.has(businessLine, channel)) {
            throw new OutOfReach();
        }
    }
}
