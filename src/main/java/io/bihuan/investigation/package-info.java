/** How the facts are found: plan, findings, statements, the decision on responsibility, evidence and who had it. */
@ApplicationModule(
        displayName = "Investigation",
        allowedDependencies = {
            "platform",
            "web",
            "pack",
            "identity",
            "privacy",
            "clock",
            "message",
            "standard",
            "complaint",
            "triage",
            "correspondence"
        })
@NullMarked
package io.bihuan.investigation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
