/** Many complaints at once: bulk work with preview and undo, macros, saved views. */
@ApplicationModule(
        displayName = "Bulk",
        allowedDependencies = {
            "platform",
            "web",
            "pack",
            "identity",
            "privacy",
            "message",
            "standard",
            "complaint",
            "triage",
            "correspondence",
            "teamwork"
        })
@NullMarked
package io.bihuan.bulk;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
