package io.bihuan.webhook;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How messages are sent.
 *
 * @param allowPrivate whether receivers may be in a private network and be reached without encryption; else an address of the desk or a
 *     token could be used to reach into the network of this server
 * @param connectTimeout until a connection stands, {@code timeout} until the answer is there
 * @param atOnce how many messages are on their way to one endpoint at a time, from all nodes together
 * @param patience how long an endpoint may take nothing before it is switched off
 */
@ConfigurationProperties("bihuan.webhooks")
public record WebhookSettings(
        @DefaultValue("false") boolean allowPrivate,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("15s") Duration timeout,
        @DefaultValue("4") int atOnce,
        @DefaultValue("5d") Duration patience) {
    public WebhookSettings {
        if (atOnce < 1 || connectTimeout.isNegative() || timeout.compareTo(connectTimeout) < 0) {
            throw new IllegalArgumentException(
                    "bihuan.webhooks: at-once must be at least 1, and timeout not shorter than connect-timeout");
        }
    }
}
