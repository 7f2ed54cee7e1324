/** When is working time: zones, hours, holidays and make-up working days, in versions that never change. */
@ApplicationModule(
        displayName = "Calendar",
        allowedDependencies = {"platform", "web", "pack", "identity", "message"})
@NullMarked
package io.bihuan.calendar;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
