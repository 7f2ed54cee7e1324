/** What is said to people: notices to the staff, each exactly once. */
@ApplicationModule(
        displayName = "Message",
        allowedDependencies = {"platform", "web", "identity"})
@NullMarked
package io.bihuan.message;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
