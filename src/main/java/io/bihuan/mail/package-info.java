/** E-mail: what mailboxes receive becomes complaints, exactly once; what is to be said goes out once. */
@ApplicationModule(
        displayName = "Mail",
        allowedDependencies = {
            "platform",
            "web",
            "pack",
            "identity",
            "privacy",
            "message",
            "calendar",
            "clock",
            "customer",
            "complaint",
            "intake"
        })
@NullMarked
package io.bihuan.mail;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
