package io.bihuan.teamwork;

import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who does it, as far as the rules ask.
 *
 * @param decides whether this is somebody who may decide over the work of others: a manager, or the owner of the complaint
 */
public record By(UUID id, @Nullable String department, boolean decides) {
    /** The person who is signed in, at a complaint of that owner. */
    public static By of(SignedIn who, UUID owner) {
        return new By(
                who.id(),
                who.department(),
                who.is(Role.MANAGER) || who.is(Role.ADMINISTRATOR) || who.id().equals(owner));
    }
}
