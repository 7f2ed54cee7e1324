/** The industry packs of this company: drafts, differences, dry runs, and which business line runs which. */
@ApplicationModule(
        displayName = "Industry",
        allowedDependencies = {
            "platform",
            "web",
            "pack",
            "identity",
            "calendar",
            "clock",
            "complaint",
            "triage",
            "standard"
        })
@NullMarked
package io.bihuan.industry;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
