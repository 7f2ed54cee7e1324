package io.bihuan.message.sms;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How requests to the clouds are signed: ACS3-HMAC-SHA256 of Alibaba Cloud, TC3-HMAC-SHA256 of Tencent Cloud. */
final class Signing {
    private static final String HMAC = "HmacSHA256";

    private Signing() {}

    /**
     * The Authorization header of a request to Alibaba Cloud.
     *
     * @param query parameters, not encoded
     * @param headers that are signed; their names in lower case
     */
    static String acs3(
            String keyId,
            String secret,
            String method,
            Map<String, String> query,
            SortedMap<String, String> headers,
            byte[] body) {
        String names = String.join(";", headers.keySet());
        String canonical = String.join("\n", method, "/", query(query), lines(headers), names, hex(sha256(body)));
        String toSign = "ACS3-HMAC-SHA256\n" + hex(sha256(canonical.getBytes(StandardCharsets.UTF_8)));
        String signature = hex(hmac(secret.getBytes(StandardCharsets.UTF_8), toSign));
        return "ACS3-HMAC-SHA256 Credential=" + keyId + ",SignedHeaders=" + names + ",Signature=" + signature;
    }

    /** The Authorization header of a POST to Tencent Cloud, whose parameters are in the body. */
    static String tc3(
            String keyId, String secret, String product, SortedMap<String, String> headers, byte[] body, Instant at) {
        LocalDate day = at.atZone(ZoneOffset.UTC).toLocalDate();
        String scope = day + "/" + product + "/tc3_request";
        String names = String.join(";", headers.keySet());
        // Unlike in the other cloud, values of headers are in lower case too.
        var lower = new TreeMap<String, String>();
        headers.forEach((name, value) -> lower.put(name, value.toLowerCase(Locale.ROOT)));
        String canonical = String.join("\n", "POST", "/", "", lines(lower), names, hex(sha256(body)));
        String toSign = String.join(
                "\n",
                "TC3-HMAC-SHA256",
                Long.toString(at.getEpochSecond()),
                scope,
                hex(sha256(canonical.getBytes(StandardCharsets.UTF_8))));
        byte[] key = hmac(("TC3" + secret).getBytes(StandardCharsets.UTF_8), day.toString());
        key = hmac(hmac(key, product), "tc3_request");
        return "TC3-HMAC-SHA256 Credential=" + keyId + "/" + scope + ", SignedHeaders=" + names + ", Signature="
                + hex(hmac(key, toSign));
    }

    /** Parameters in the order of their names, encoded as RFC 3986 says. */
    static String query(Map<String, String> parameters) {
        return new TreeMap<>(parameters)
                .entrySet().stream()
                        .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                        .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        var encoded = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (each & 0xFF);
            boolean isPlain = (c >= 'A' && c <= 'Z')
                    || (c >= 'a' && c <= 'z')
                    || (c >= '0' && c <= '9')
                    || "-_.~".indexOf(c) >= 0;
            if (isPlain) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(each));
            }
        }
        return encoded.toString();
    }

    private static String lines(SortedMap<String, String> headers) {
        return headers.entrySet().stream()
                .map(each -> each.getKey() + ":" + each.getValue().strip() + "\n")
                .collect(Collectors.joining());
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
