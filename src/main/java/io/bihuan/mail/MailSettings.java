package io.bihuan.mail;

import org.springframework.stereotype.Component;

/** The settings in force. */
@Component
class MailSettings {
    private volatile MailProperties properties;

    MailSettings(MailProperties properties) {
        this.properties = properties;
    }

    MailProperties get() {
        return properties;
    }

    /** For tests that share one application and bring servers of their own. */
    void use(MailProperties others) {
        properties = others;
    }
}
