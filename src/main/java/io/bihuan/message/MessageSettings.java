package io.bihuan.message;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** The settings in force. */
@Component
@EnableConfigurationProperties(MessageProperties.class)
public class MessageSettings {
    private volatile MessageProperties properties;

    MessageSettings(MessageProperties properties) {
        this.properties = properties;
    }

    /** What is set now. */
    public MessageProperties get() {
        return properties;
    }

    /** For tests that share one application and bring providers of their own. */
    void use(MessageProperties others) {
        properties = others;
    }
}
