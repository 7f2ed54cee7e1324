/** Work that several people share: tasks, teams over departments, notes and discussions, the thread with the customer. */
@ApplicationModule(
        displayName = "Teamwork",
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
            "correspondence"
        })
@NullMarked
package io.bihuan.teamwork;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
