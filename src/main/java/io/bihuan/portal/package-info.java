/** What a customer sees: file a complaint, follow it, confirm its result. */
@ApplicationModule(
        displayName = "Portal",
        allowedDependencies = {
            "platform",
            "identifier",
            "web",
            "pack",
            "identity",
            "privacy",
            "clock",
            "standard",
            "complaint",
            "triage",
            "intake",
            "capture",
            "correspondence",
            "investigation",
            "teamwork",
            "compensation",
            "solution"
        })
@NullMarked
package io.bihuan.portal;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
