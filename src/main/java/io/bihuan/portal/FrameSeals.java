package io.bihuan.portal;

import io.bihuan.privacy.Keys;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Objects;
import org.springframework.stereotype.Component;

/**
 * What proves that a form in a frame was shown here, and not long ago. It stands in the form itself, because browsers keep our cookies out
 * of the frames of other sites.
 */
@Component
public class FrameSeals {
    static final Duration LIFE = Duration.ofHours(24);

    private final Keys keys;
    private final InstantSource time;

    FrameSeals(Keys keys, InstantSource time) {
        this.keys = keys;
        this.time = time;
    }

    public String seal(FormToken form, String line) {
        long at = time.instant().getEpochSecond();
        return at + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature(form, line, at));
    }

    /** Whether the form was shown here with this token within the last day. */
    public boolean isGood(String seal, FormToken form, String line) {
        int dot = seal.indexOf('.');
        if (dot < 1 || dot > 12 || !seal.substring(0, dot).matches("\\d+")) {
            return false;
        }
        long at = Long.parseLong(seal.substring(0, dot));
        Instant now = time.instant();
        Instant shown = Instant.ofEpochSecond(at);
        byte[] expected = Base64.getUrlEncoder().withoutPadding().encode(signature(form, line, at));
        return !shown.isAfter(now.plusSeconds(60))
                && shown.plus(LIFE).isAfter(now)
                && MessageDigest.isEqual(expected, seal.substring(dot + 1).getBytes(StandardCharsets.UTF_8));
    }

    private byte[] signature(FormToken form, String line, long at) {
        return Objects.requireNonNull(keys.blindIndex("portal-frame", form + "." + line + "." + at));
    }
}
