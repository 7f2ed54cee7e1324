/** Named, pausable deadlines on any subject, and the alarms they fire. */
@ApplicationModule(
        displayName = "Clock",
        allowedDependencies = {"platform", "web", "pack", "identity", "calendar"})
@NullMarked
package io.bihuan.clock;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
