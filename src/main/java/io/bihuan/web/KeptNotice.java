package io.bihuan.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.util.WebUtils;

/** Carries one notice over a redirect in a cookie, because customers have no session. */
final class KeptNotice {
    private static final String NAME = "notice";
    private static final char SEPARATOR = '\u001f';
    private static final int LONGEST = 200;

    private KeptNotice() {}

    static void keep(HttpServletRequest request, HttpServletResponse response, Notice notice) {
        var text = new StringBuilder(notice.tone().name()).append(SEPARATOR).append(notice.key());
        for (String argument : notice.arguments()) {
            text.append(SEPARATOR)
                    .append(argument.length() > LONGEST ? argument.substring(0, LONGEST) + "…" : argument);
        }
        String value = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.toString().getBytes(StandardCharsets.UTF_8));
        set(request, response, value, Duration.ofMinutes(1));
    }

    /** The notice, once: the answer forgets it. Whatever a stranger writes into the cookie gives no more than a text we have. */
    static Optional<Notice> take(HttpServletRequest request, @Nullable HttpServletResponse response, Texts texts) {
        Cookie cookie = WebUtils.getCookie(request, NAME);
        if (cookie == null || cookie.getValue().isEmpty()) {
            return Optional.empty();
        }
        if (response != null && !response.isCommitted()) {
            set(request, response, "", Duration.ZERO);
        }
        try {
            List<String> parts =
                    Arrays.asList(new String(Base64.getUrlDecoder().decode(cookie.getValue()), StandardCharsets.UTF_8)
                            .split(String.valueOf(SEPARATOR), -1));
            var notice = new Notice(Notice.Tone.valueOf(parts.get(0)), parts.get(1), parts.subList(2, parts.size()));
            return texts.has(notice.key()) ? Optional.of(notice) : Optional.empty();
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static void set(HttpServletRequest request, HttpServletResponse response, String value, Duration life) {
        var cookie = ResponseCookie.from(NAME, value)
                .path("/")
                .maxAge(life)
                .sameSite("Lax")
                .secure(request.isSecure())
                .httpOnly(true)
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }
}
