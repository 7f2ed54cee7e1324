package io.bihuan.privacy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Keys of subjects, wrapped by the master key, and blind indexes. The master key ({@code bihuan.master-key}, 32 bytes as base64)
 * never stands in the database: whoever has only the database reads no personal data.
 */
@Component
public class Keys {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int KEY_BYTES = 32;
    private final SubjectKey wrapping;
    private final byte[] blinding;

    public Keys(@Value("${bihuan.master-key:}") String masterKey) {
        if (masterKey.isBlank()) {
            throw new IllegalStateException(
                    "bihuan.master-key is missing. With a database server of your own, set it to 32 random bytes as base64"
                            + " (for example: openssl rand -base64 32), the same on every node, and keep a copy: without it"
                            + " personal data cannot be read.");
        }
        byte[] master = Base64.getDecoder().decode(masterKey.strip());
        if (master.length != KEY_BYTES) {
            throw new IllegalStateException("bihuan.master-key must be 32 bytes as base64, but has " + master.length);
        }
        this.wrapping = new SubjectKey(derive(master, "wrap"));
        this.blinding = derive(master, "blind");
    }

    /** A new key of one subject, in the form to be stored. */
    public byte[] newWrapped() {
        byte[] key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        return wrapping.encrypt(key);
    }

    public SubjectKey unwrap(byte[] wrapped) {
        return new SubjectKey(wrapping.decryptBytes(wrapped));
    }

    /** A value by which an encrypted field can be found, but not read: HMAC-SHA-256 cut to 128 bits; null of null. */
    public byte @Nullable [] blindIndex(String field, @Nullable String value) {
        if (value == null) {
            return null;
        }
        return Arrays.copyOf(mac(blinding, field + ":" + value), 16);
    }

    private static byte[] derive(byte[] master, String purpose) {
        return mac(master, purpose);
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is not available", e);
        }
    }
}
