/** Who may do what: staff, roles, tokens, sign-in. */
@ApplicationModule(
        displayName = "Identity",
        allowedDependencies = {"platform", "web", "pack"})
@NullMarked
package io.bihuan.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
