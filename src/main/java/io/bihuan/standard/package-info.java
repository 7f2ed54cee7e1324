/** What a pack says about how a complaint is handled: what to ask, what is due, what may be paid, what is written, what is aimed at, how long it is kept. */
@ApplicationModule(
        displayName = "Standard",
        allowedDependencies = {"platform", "web", "pack", "identity"})
@NullMarked
package io.bihuan.standard;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
