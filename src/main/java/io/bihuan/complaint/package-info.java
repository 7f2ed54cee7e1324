/** The life of one complaint: commands, guards, history, worklist. */
@ApplicationModule(
        displayName = "Complaint",
        allowedDependencies = {
            "platform",
            "identifier",
            "web",
            "pack",
            "identity",
            "privacy",
            "customer",
            "calendar",
            "statute",
            "clock",
            "message",
            "standard"
        })
@NullMarked
package io.bihuan.complaint;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
