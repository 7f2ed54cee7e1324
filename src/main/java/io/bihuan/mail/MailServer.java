package io.bihuan.mail;

import java.io.IOException;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** How a connection to a mail server is set up: bounded waits, protection, and a password or a token to sign in with. */
final class MailServer {
    private static final Duration CONNECTING = Duration.ofSeconds(15);

    private MailServer() {}

    static Properties properties(
            String protocol,
            MailProperties.Protection protection,
            Duration patience,
            boolean isOauth,
            boolean trustsAny) {
        var properties = new Properties();
        String prefix = "mail." + protocol + ".";
        properties.setProperty(
                prefix + "connectiontimeout", String.valueOf(Math.min(CONNECTING.toMillis(), patience.toMillis())));
        properties.setProperty(prefix + "timeout", String.valueOf(patience.toMillis()));
        properties.setProperty(prefix + "writetimeout", String.valueOf(patience.toMillis()));
        switch (protection) {
            case TLS -> properties.setProperty(prefix + "ssl.enable", "true");
            case STARTTLS -> {
                properties.setProperty(prefix + "starttls.enable", "true");
                // Otherwise whoever sits in between takes the offer away and reads the password.
                properties.setProperty(prefix + "starttls.required", "true");
            }
            case NONE -> {}
        }
        properties.setProperty(prefix + "ssl.checkserveridentity", String.valueOf(!trustsAny));
        if (trustsAny) {
            properties.setProperty(prefix + "ssl.trust", "*");
        }
        if (isOauth) {
            properties.setProperty(prefix + "auth.mechanisms", "XOAUTH2");
        }
        return properties;
    }

    static @Nullable String secret(AccessTokens tokens, @Nullable String password, MailProperties.@Nullable Oauth oauth)
            throws IOException {
        return oauth == null ? password : tokens.of(oauth);
    }
}
