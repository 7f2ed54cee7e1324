package io.bihuan.message;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The group robots that can be told something by a web address, and what each of them takes. */
public enum RobotKind {
    /** 20 messages a minute, 2,048 bytes of text. */
    WECOM(2_048, Duration.ofMinutes(1), new Limit(20, Duration.ofMinutes(1))),
    /** 20 messages a minute, or it hears nothing for ten minutes. */
    DINGTALK(20_000, Duration.ofMinutes(10), new Limit(20, Duration.ofMinutes(1))),
    /** 100 messages a minute and 5 a second, 20 KB of request. */
    FEISHU(18_000, Duration.ofMinutes(1), new Limit(100, Duration.ofMinutes(1)), new Limit(5, Duration.ofSeconds(1)));

    /** At most so many within any window of that length. */
    public record Limit(int most, Duration window) {}

    private static final String HMAC = "HmacSHA256";

    private final int longest;
    private final Duration blocked;

    @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody changes
    private final List<Limit> limits;

    RobotKind(int longest, Duration blocked, Limit... limits) {
        this.longest = longest;
        this.blocked = blocked;
        this.limits = List.of(limits);
    }

    /** Bytes of text in UTF-8. */
    public int longest() {
        return longest;
    }

    /** How long it hears nothing when it was told too much. */
    public Duration blocked() {
        return blocked;
    }

    public List<Limit> limits() {
        return limits;
    }

    /** Whether it is told that who speaks knows its secret. */
    public boolean signs() {
        return switch (this) {
            case WECOM -> false;
            case DINGTALK, FEISHU -> true;
        };
    }

    /** The address of a call. */
    String address(String url, @Nullable String secret, Instant at) {
        return switch (this) {
            case WECOM, FEISHU -> url;
            case DINGTALK -> {
                if (secret == null) {
                    yield url;
                }
                String timestamp = Long.toString(at.toEpochMilli());
                String sign = base64(hmac(secret, timestamp + "\n" + secret));
                yield url + (url.contains("?") ? "&" : "?") + "timestamp=" + timestamp + "&sign="
                        + java.net.URLEncoder.encode(sign, StandardCharsets.UTF_8);
            }
        };
    }

    /** The body of a call, as JSON says it. */
    Map<String, Object> body(String text, @Nullable String secret, Instant at) {
        return switch (this) {
            case WECOM, DINGTALK -> Map.of("msgtype", "text", "text", Map.of("content", text));
            case FEISHU -> {
                var body = new LinkedHashMap<String, Object>();
                if (secret != null) {
                    String timestamp = Long.toString(at.getEpochSecond());
                    body.put("timestamp", timestamp);
                    // Here what others would sign is the key, and nothing is signed with it.
                    body.put("sign", base64(hmac(timestamp + "\n" + secret, "")));
                }
                body.put("msg_type", "text");
                body.put("content", Map.of("text", text));
                yield body;
            }
        };
    }

    /** Whether a code of its answer says that it was told too much. */
    boolean isTooMuch(int code) {
        return switch (this) {
            case WECOM -> code == 45009 || code == 45033;
            case DINGTALK -> code == 130101 || code == 410100 || code == 90018;
            case FEISHU -> code == 11232 || code == 9499;
        };
    }

    private static byte[] hmac(String key, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), HMAC));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(HMAC + " is not available", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
