/** What is said to people: notices to the staff, each exactly once, in person and by the robots of their groups; codes to phones. */
@ApplicationModule(
        displayName = "Message",
        allowedDependencies = {"platform", "web", "pack", "identity", "privacy", "identifier"})
@NullMarked
package io.bihuan.message;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
