/** Personal data: encryption, blind indexes, masking. */
@ApplicationModule(
        displayName = "Privacy",
        allowedDependencies = {"platform"})
@NullMarked
package io.bihuan.privacy;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
