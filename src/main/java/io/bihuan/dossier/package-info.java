/** The file of a finished complaint: whether it is complete, and as one PDF and ZIP. */
@ApplicationModule(
        displayName = "Dossier",
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
            "complaint :: pages",
            "triage",
            "correspondence",
            "investigation",
            "teamwork",
            "compensation",
            "solution"
        })
@NullMarked
package io.bihuan.dossier;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
