package io.bihuan.solution;

import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.privacy.Keys;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * Links by which a customer reads a proposal and answers it without an account: signed for this purpose alone, so that who follows a
 * complaint does not thereby accept what was proposed to somebody.
 */
@Component
public class ProposalLinks {
    /** The proposal that a link opens. */
    public record Ref(ComplaintNumber number, int proposal) {}

    private static final String PATH = "/p/";
    private static final Pattern TOKEN = Pattern.compile("(\\d{14})-([1-9]\\d{0,3})-([A-Za-z0-9_-]{22})");

    private final Keys keys;
    private final String publicUrl;

    ProposalLinks(Keys keys, @Value("${bihuan.public-url:}") String publicUrl) {
        this.keys = keys;
        this.publicUrl = publicUrl.strip().replaceFirst("/+$", "");
    }

    /** {@code /p/{number}-{proposal}-{signature}} */
    public String path(ComplaintNumber number, int proposal) {
        return PATH
                + number.digits()
                + "-"
                + proposal
                + "-"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(signature(number, proposal));
    }

    /** The whole address; outside of a request and without {@code bihuan.public-url} only the path. */
    public String url(ComplaintNumber number, int proposal) {
        if (!publicUrl.isEmpty()) {
            return publicUrl + path(number, proposal);
        }
        return RequestContextHolder.getRequestAttributes() == null
                ? path(number, proposal)
                : ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString() + path(number, proposal);
    }

    /** What the last part of a link opens; empty for one that was not made here. */
    public Optional<Ref> verify(String token) {
        Matcher parts = TOKEN.matcher(token);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int proposal = Integer.parseInt(parts.group(2));
        byte[] given = Base64.getUrlDecoder().decode(parts.group(3));
        return ComplaintNumber.read(parts.group(1))
                .filter(number -> MessageDigest.isEqual(signature(number, proposal), given))
                .map(number -> new Ref(number, proposal));
    }

    private byte[] signature(ComplaintNumber number, int proposal) {
        return Objects.requireNonNull(keys.blindIndex("proposal", number.digits() + "/" + proposal));
    }
}
