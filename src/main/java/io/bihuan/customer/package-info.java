/** Customers: people whom any channel brings, what they are known by, what they have. Knows nothing of complaints. */
@ApplicationModule(
        displayName = "Customer",
        allowedDependencies = {"platform", "web", "identifier", "privacy", "pack", "identity", "message"})
@NullMarked
package io.bihuan.customer;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
