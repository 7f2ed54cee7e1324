package io.bihuan.complaint;

import io.bihuan.privacy.Keys;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * Links by which a customer follows a complaint without an account: the number and 128 bits of HMAC under the master key. Whoever
 * holds the link may read and answer; nobody can make one from a number.
 */
@Component
public class TrackingLinks {
    private static final int NUMBER = 14;
    private static final char SEPARATOR = '-';
    private static final String PATH = "/t/";

    private final Keys keys;
    private final String publicUrl;

    /** @param publicUrl where customers reach this installation ({@code https://service.example.com}); blank: as the request came */
    TrackingLinks(Keys keys, @Value("${bihuan.public-url:}") String publicUrl) {
        this.keys = keys;
        this.publicUrl = publicUrl.strip().replaceFirst("/+$", "");
    }

    /** {@code /t/{number}-{signature}} */
    public String path(ComplaintNumber number) {
        return PATH
                + number.digits()
                + SEPARATOR
                + Base64.getUrlEncoder().withoutPadding().encodeToString(signature(number));
    }

    /** The whole address; outside of a request and without {@code bihuan.public-url} only the path. */
    public String url(ComplaintNumber number) {
        if (!publicUrl.isEmpty()) {
            return publicUrl + path(number);
        }
        return RequestContextHolder.getRequestAttributes() == null
                ? path(number)
                : ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString() + path(number);
    }

    /** The complaint that the last part of a link ({@code {number}-{signature}}) opens; empty for one that was not made here. */
    public Optional<ComplaintNumber> verify(String token) {
        if (token.length() <= NUMBER || token.charAt(NUMBER) != SEPARATOR) {
            return Optional.empty();
        }
        byte[] given;
        try {
            given = Base64.getUrlDecoder().decode(token.substring(NUMBER + 1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return ComplaintNumber.read(token.substring(0, NUMBER))
                .filter(number -> MessageDigest.isEqual(signature(number), given));
    }

    private byte[] signature(ComplaintNumber number) {
        return Objects.requireNonNull(keys.blindIndex("tracking", number.digits()));
    }
}
