/** WeChat official accounts: callbacks, the conversation that becomes a complaint, answers, and the phone number behind an OpenID. */
@ApplicationModule(
        displayName = "WeChat",
        allowedDependencies = {
            "platform",
            "web",
            "identifier",
            "pack",
            "identity",
            "privacy",
            "message",
            "complaint",
            "triage",
            "intake",
            "chat"
        })
@NullMarked
package io.bihuan.wechat;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
