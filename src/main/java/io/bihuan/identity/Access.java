package io.bihuan.identity;

import java.util.Set;

/** Who may use a route. */
public sealed interface Access {
    /** Everybody. */
    record Open() implements Access {}

    /** Another system that signs what it sends: no form of ours, so no form token; the route checks the signature. */
    record Signed() implements Access {}

    /** Whoever of the staff is signed in. */
    record Staffed() implements Access {}

    /** Whoever of the staff has one of these roles. */
    record Roles(Set<Role> any) implements Access {
        public Roles {
            any = Set.copyOf(any);
        }
    }

    /** A token with this scope. */
    record Scoped(Scope scope) implements Access {}
}
