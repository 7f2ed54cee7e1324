/** How a complaint comes in: exactly once, by form, by desk, by API. */
@ApplicationModule(
        displayName = "Intake",
        allowedDependencies = {
            "platform",
            "identifier",
            "web",
            "pack",
            "identity",
            "privacy",
            "customer",
            "calendar",
            "clock",
            "complaint",
            "triage",
            "message"
        })
@NullMarked
package io.bihuan.intake;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
