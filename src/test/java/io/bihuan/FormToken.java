package io.bihuan;

import jakarta.servlet.http.Cookie;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/**
 * The token of a form as a browser sends it: in the cookie, and masked among the fields. Spring's own for tests puts a store of its own into
 * the application that the test classes share, and from then on browsers are refused what they send with the token in a header.
 */
public final class FormToken {
    private static final String COOKIE = "XSRF-TOKEN";
    private static final Cookie TOKEN = new Cookie(COOKIE, "9d6c2f0e-5b0c-4c55-8a43-2f6f3b1f8c11");

    private FormToken() {}

    /** Has the request sent from a form of ours. */
    public static RequestPostProcessor csrf() {
        return request -> {
            Cookie[] sent = request.getCookies();
            Cookie[] had = sent == null ? new Cookie[0] : sent;
            Cookie token = Arrays.stream(had)
                    .filter(cookie -> cookie.getName().equals(COOKIE))
                    .findFirst()
                    .orElse(TOKEN);
            request.setCookies(Stream.concat(
                            Arrays.stream(had)
                                    .filter(cookie -> !cookie.getName().equals(COOKIE)),
                            Stream.of(token))
                    .toArray(Cookie[]::new));
            request.setParameter("_csrf", masked(token.getValue()));
            return request;
        };
    }

    /** A mask of zeros, and what it leaves of the token. */
    private static String masked(String token) {
        byte[] plain = token.getBytes(StandardCharsets.UTF_8);
        byte[] both = new byte[2 * plain.length];
        System.arraycopy(plain, 0, both, plain.length, plain.length);
        return Base64.getUrlEncoder().encodeToString(both);
    }
}
