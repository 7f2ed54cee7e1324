package io.bihuan.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What sender and receiver share: signs after Standard Webhooks 1.0.0 ({@code v1}, HMAC-SHA-256). */
record Secret(String text) {
    private static final String PREFIX = "whsec_";
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    static Secret next() {
        byte[] random = new byte[BYTES];
        RANDOM.nextBytes(random);
        return new Secret(PREFIX + Base64.getEncoder().encodeToString(random));
    }

    /** The signature of a message at a time (seconds): {@code v1,…}. */
    String signature(String id, long timestamp, byte[] body) {
        try {
            byte[] key = Base64.getDecoder().decode(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    /** Not even in a log. */
    @Override
    public String toString() {
        return PREFIX + "•••";
    }
}
