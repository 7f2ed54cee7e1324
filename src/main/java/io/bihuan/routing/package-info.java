/** Who gets a complaint: skills, certificates, load, shifts, regions, languages, and who must not. */
@ApplicationModule(
        displayName = "Routing",
        allowedDependencies = {
            "platform",
            "web",
            "pack",
            "identity",
            "privacy",
            "calendar",
            "clock",
            "message",
            "standard",
            "complaint",
            "triage"
        })
@NullMarked
package io.bihuan.routing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
