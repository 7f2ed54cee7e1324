/** How serious and how urgent a complaint is, by the rules of its pack. */
@ApplicationModule(
        displayName = "Triage",
        allowedDependencies = {"platform", "web", "pack", "identity", "privacy", "customer", "complaint"})
@NullMarked
package io.bihuan.triage;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
