/** Statutory calculators: what the law says of the facts of a case, as a reckoning with its reasons and never as a decision. */
@ApplicationModule(
        displayName = "Statute",
        allowedDependencies = {"platform", "web", "pack", "calendar", "identity"})
@NullMarked
package io.bihuan.statute;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
