/** A believable company with staff and complaints, for looking around: profile {@code demo}. */
@ApplicationModule(
        displayName = "Demo",
        allowedDependencies = {
            "platform",
            "pack",
            "identity",
            "privacy",
            "clock",
            "standard",
            "complaint",
            "triage",
            "correspondence",
            "investigation",
            "teamwork",
            "solution",
            "intake"
        })
@NullMarked
package io.bihuan.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
