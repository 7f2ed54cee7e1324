package io.bihuan.identity;

import io.bihuan.platform.Actor;
import java.util.Set;
import java.util.UUID;

/** A program that calls the API; controllers take it as {@code @AuthenticationPrincipal TokenPrincipal}. */
public record TokenPrincipal(UUID id, String name, Set<Scope> scopes) {
    public TokenPrincipal {
        scopes = Set.copyOf(scopes);
    }

    public Actor actor() {
        return Actor.token(id);
    }
}
