/** Talking with customers in writing: a queue, several chats an agent, and what comes of them. */
@ApplicationModule(
        displayName = "Live chat",
        allowedDependencies = {
            "platform",
            "web",
            "pack",
            "identity",
            "privacy",
            "identifier",
            "message",
            "clock",
            "complaint",
            "triage",
            "intake"
        })
@NullMarked
package io.bihuan.chat;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
