/** What people write down for others: public posts, slips of paper from a box, statements at a community station. */
@ApplicationModule(
        displayName = "Capture",
        allowedDependencies = {
            "platform",
            "web",
            "pack",
            "identity",
            "privacy",
            "identifier",
            "complaint",
            "triage",
            "intake"
        })
@NullMarked
package io.bihuan.capture;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
