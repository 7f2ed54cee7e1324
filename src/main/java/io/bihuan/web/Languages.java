package io.bihuan.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.util.WebUtils;

/**
 * Chinese or English: what {@code ?lang=} asks (kept in a cookie), else the cookie, else the first language of the browser if it
 * is one of the two, else Chinese. The theme works alike ({@code ?theme=light|dark|auto}).
 */
@Component("localeResolver")
class Languages implements LocaleResolver, HandlerInterceptor {
    static final Locale CHINESE = Locale.SIMPLIFIED_CHINESE;
    static final Locale ENGLISH = Locale.ENGLISH;
    static final String LANGUAGE = "lang";
    static final String THEME = "theme";
    private static final Duration YEAR = Duration.ofDays(365);

    static Locale nearest(Locale locale) {
        return locale.getLanguage().equals("en") ? ENGLISH : CHINESE;
    }

    @Override
    public Locale resolveLocale(HttpServletRequest request) {
        Locale asked = parsed(queryParameter(request, LANGUAGE));
        if (asked != null) {
            return asked;
        }
        Cookie cookie = WebUtils.getCookie(request, LANGUAGE);
        Locale kept = cookie == null ? null : parsed(cookie.getValue());
        if (kept != null) {
            return kept;
        }
        return request.getHeader(HttpHeaders.ACCEPT_LANGUAGE) == null ? CHINESE : nearest(request.getLocale());
    }

    static String theme(HttpServletRequest request) {
        String asked = queryParameter(request, THEME);
        if (isTheme(asked)) {
            return java.util.Objects.requireNonNull(asked);
        }
        Cookie cookie = WebUtils.getCookie(request, THEME);
        return cookie != null && isTheme(cookie.getValue()) ? cookie.getValue() : "auto";
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Locale asked = parsed(queryParameter(request, LANGUAGE));
        if (asked != null) {
            keep(request, response, LANGUAGE, asked.getLanguage(), true);
        }
        String theme = queryParameter(request, THEME);
        if (isTheme(theme)) {
            keep(request, response, THEME, java.util.Objects.requireNonNull(theme), false);
        }
        return true;
    }

    @Override
    public void setLocale(HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
        if (response != null && locale != null) {
            keep(request, response, LANGUAGE, nearest(locale).getLanguage(), true);
        }
    }

    private static void keep(
            HttpServletRequest request, HttpServletResponse response, String name, String value, boolean httpOnly) {
        var cookie = ResponseCookie.from(name, value)
                .path("/")
                .maxAge(YEAR)
                .sameSite("Lax")
                .secure(request.isSecure())
                .httpOnly(httpOnly)
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }

    // From the query only: getParameter would read the body of an upload before its limits are set.
    private static @Nullable String queryParameter(HttpServletRequest request, String name) {
        String query = request.getQueryString();
        if (query == null || !query.contains(name + "=")) {
            return null;
        }
        for (String part : query.split("&", -1)) {
            if (part.startsWith(name + "=")) {
                return part.substring(name.length() + 1);
            }
        }
        return null;
    }

    private static @Nullable Locale parsed(@Nullable String text) {
        if ("zh".equals(text) || "zh-CN".equals(text) || "zh_CN".equals(text)) {
            return CHINESE;
        }
        return "en".equals(text) ? ENGLISH : null;
    }

    private static boolean isTheme(@Nullable String text) {
        return "light".equals(text) || "dark".equals(text) || "auto".equals(text);
    }
}
