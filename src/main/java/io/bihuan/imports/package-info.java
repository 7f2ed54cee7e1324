/** Tables that come in as files: read row by row, each row exactly once, every rejected one with its reason. */
@ApplicationModule(
        displayName = "Imports",
        allowedDependencies = {
            "platform",
            "identifier",
            "web",
            "pack",
            "identity",
            "privacy",
            "clock",
            "message",
            "customer",
            "complaint",
            "intake"
        })
@NullMarked
package io.bihuan.imports;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
