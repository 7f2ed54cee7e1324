package io.bihuan.wechat;

import io.bihuan.privacy.Keys;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Links by which whoever has an OpenID ties a phone number to it: the OpenID, the end, and 128 bits of HMAC under the master key. */
@Component
public class BindingLinks {
    static final Duration LIFE = Duration.ofMinutes(30);

    private final Keys keys;
    private final InstantSource time;

    BindingLinks(Keys keys, InstantSource time) {
        this.keys = keys;
        this.time = time;
    }

    String path(String account, String openId) {
        return "/wechat/" + account + "/binding?key=" + token(account, openId);
    }

    String token(String account, String openId) {
        long until = time.instant().plus(LIFE).getEpochSecond();
        return openId + "." + until + "." + signature(account, openId, until);
    }

    /** The OpenID that a link is for; empty when it was not made here or is over. */
    public Optional<String> verify(String account, String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3
                || parts[0].isEmpty()
                || parts[0].length() > WeChatReader.LONGEST_OPEN_ID
                || !parts[1].matches("\\d{1,12}")) {
            return Optional.empty();
        }
        long until = Long.parseLong(parts[1]);
        boolean isOurs = MessageDigest.isEqual(
                signature(account, parts[0], until).getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                parts[2].getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return isOurs && time.instant().isBefore(Instant.ofEpochSecond(until))
                ? Optional.of(parts[0])
                : Optional.empty();
    }

    private String signature(String account, String openId, long until) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Objects.requireNonNull(
                        keys.blindIndex("wechat-binding-link", account + " " + openId + " " + until)));
    }
}
