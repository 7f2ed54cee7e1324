/** What waits for a person before it becomes a complaint: who screens it, until when, and what becomes of it. */
@ApplicationModule(
        displayName = "Screening",
        allowedDependencies = {
            "platform",
            "web",
            "pack",
            "identifier",
            "identity",
            "privacy",
            "complaint",
            "intake",
            "message"
        })
@NullMarked
package io.bihuan.screening;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
