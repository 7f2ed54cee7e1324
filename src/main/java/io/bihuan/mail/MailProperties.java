package io.bihuan.mail;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Mailboxes that are read and the server that sends. Without boxes nothing is read, without a server nothing is sent.
 *
 * @param largest mail that is fetched whole
 * @param authservId the name under which our own server writes {@code Authentication-Results}; without it nobody's word is taken
 * @param automaticADay automatic mails to one address in 24 hours
 * @param poll pause where a server cannot wait ({@code IDLE})
 */
@ConfigurationProperties("bihuan.mail")
public record MailProperties(
        @DefaultValue List<Box> boxes,
        @Nullable Smtp smtp,
        @DefaultValue("35MB") DataSize largest,
        @Nullable String authservId,
        @DefaultValue("5") int automaticADay,
        @DefaultValue("1m") Duration poll) {
    /** How a connection is protected. */
    public enum Protection {
        TLS,
        STARTTLS,
        NONE
    }

    /**
     * Where a token for signing in comes from (OAuth 2.0, refresh token).
     *
     * @param tokenUrl of the provider
     */
    public record Oauth(
            URI tokenUrl,
            String clientId,
            @Nullable String clientSecret,
            String refreshToken,
            @Nullable String scope) {}

    /**
     * A mailbox.
     *
     * @param address to which customers write
     * @param aliases further addresses that end in it
     * @param plusAddressing whether {@code address+anything@domain} ends in it, too
     * @param trustsAnyCertificate for a server inside with a certificate of its own
     */
    public record Box(
            String address,
            String host,
            @DefaultValue("993") int port,
            @DefaultValue("TLS") Protection protection,
            @Nullable String username,
            @Nullable String password,
            @Nullable Oauth oauth,
            @DefaultValue("INBOX") List<String> folders,
            @Nullable String businessLine,
            @DefaultValue List<String> aliases,
            @DefaultValue("false") boolean plusAddressing,
            @DefaultValue("false") boolean trustsAnyCertificate) {
        public Box {
            required("bihuan.mail.boxes[].address", address, true);
            required("bihuan.mail.boxes[].host", host, false);
            if (password == null && oauth == null) {
                throw new IllegalArgumentException("bihuan.mail.boxes[" + address + "] needs a password or oauth");
            }
        }

        String login() {
            return username == null ? address : username;
        }

        /** Its name on the page of channels. */
        String source() {
            return "mail:" + address;
        }
    }

    /**
     * The server that sends.
     *
     * @param from the address in the name of which it sends
     * @param fromName shown with it
     */
    public record Smtp(
            String host,
            @DefaultValue("465") int port,
            @DefaultValue("TLS") Protection protection,
            @Nullable String username,
            @Nullable String password,
            @Nullable Oauth oauth,
            String from,
            @Nullable String fromName,
            @DefaultValue("30s") Duration timeout,
            @DefaultValue("false") boolean trustsAnyCertificate) {
        public Smtp {
            required("bihuan.mail.smtp.host", host, false);
            required("bihuan.mail.smtp.from", from, true);
        }
    }

    public MailProperties {
        boxes = List.copyOf(boxes);
    }

    private static void required(String name, @Nullable String value, boolean isAddress) {
        if (value == null || value.isBlank() || (isAddress && !new Address(null, value).isReachable())) {
            throw new IllegalArgumentException(name + (isAddress ? " must be a mail address" : " is missing"));
        }
    }

    /** Every address of ours, in lower case. */
    Set<String> own() {
        var own = new TreeSet<String>();
        for (Box box : boxes) {
            own.add(box.address().toLowerCase(Locale.ROOT));
            box.aliases().forEach(alias -> own.add(alias.toLowerCase(Locale.ROOT)));
        }
        if (smtp != null) {
            own.add(smtp.from().toLowerCase(Locale.ROOT));
        }
        return own;
    }

    MailLimits limits() {
        return MailLimits.USUAL.withLargest(largest);
    }
}
