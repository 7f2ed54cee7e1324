/** What other systems hear of complaints: signed messages, kept until they are taken. */
@ApplicationModule(
        displayName = "Webhook",
        allowedDependencies = {"platform", "web", "pack", "identity", "privacy", "message", "complaint"})
@NullMarked
package io.bihuan.webhook;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
