/** What is said to a customer in the course of a complaint: progress notices, the result, messages and their fate. */
@ApplicationModule(
        displayName = "Correspondence",
        allowedDependencies = {
            "platform",
            "web",
            "pack",
            "identity",
            "privacy",
            "identifier",
            "customer",
            "calendar",
            "clock",
            "message",
            "standard",
            "complaint"
        })
@NullMarked
package io.bihuan.correspondence;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
