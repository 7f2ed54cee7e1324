package io.bihuan.complaint;

import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;

/**
 * A rule of a neighbouring module that a command of the complaint must not break: asked under the lock, before the command is decided.
 * It must not need {@link Complaints}, and look at the command before it reads anything.
 */
public interface CaseGuard {
    /** Throws {@link Refused} with the reason when the module's rules do not allow the command now, or not to this actor. */
    void check(Complaint complaint, Command command, Actor actor);
}
