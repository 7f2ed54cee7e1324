/** Industry packs: versions, positions and the vocabulary of an industry as data. */
@ApplicationModule(
        displayName = "Pack",
        allowedDependencies = {"platform", "identifier", "web", "privacy"})
@NullMarked
package io.bihuan.pack;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
