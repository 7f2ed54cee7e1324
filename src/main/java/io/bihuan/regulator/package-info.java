/** Cases that an authority sends: registered under its number, answered in its fields, exported for it. */
@ApplicationModule(
        displayName = "Regulator",
        allowedDependencies = {
            "platform",
            "web",
            "pack",
            "identity",
            "privacy",
            "identifier",
            "clock",
            "complaint",
            "triage",
            "intake",
            "imports"
        })
@NullMarked
package io.bihuan.regulator;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
