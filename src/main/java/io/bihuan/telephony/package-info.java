/** The hotline: what happened to each call, who is told while it rings, what is done after it, and how many people it needs. */
@ApplicationModule(
        displayName = "Telephony",
        allowedDependencies = {"platform", "identifier", "web", "identity", "privacy", "pack", "complaint", "intake"})
@NullMarked
package io.bihuan.telephony;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
