/** How a complaint is solved: measures, approvals, the proposal and the answer to it, what was carried out. */
@ApplicationModule(
        displayName = "Solution",
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
            "triage",
            "correspondence",
            "investigation",
            "compensation"
        })
@NullMarked
package io.bihuan.solution;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
