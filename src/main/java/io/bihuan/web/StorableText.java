package io.bihuan.web;

import org.jspecify.annotations.Nullable;

/** Text that the database can hold: no NUL and no half of a surrogate pair. What is not is refused, never silently changed. */
public final class StorableText {
    private StorableText() {}

    public static boolean is(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isLowSurrogate(c)) {
                return false;
            }
            if (Character.isHighSurrogate(c) && (++i == text.length() || !Character.isLowSurrogate(text.charAt(i)))) {
                return false;
            }
        }
        return true;
    }

    /** Whether anything in it can be seen: neither {@code strip} nor {@code isBlank} know the no-break space and the zero-width ones. */
    public static boolean saysSomething(@Nullable String text) {
        return text != null
                && text.codePoints()
                        .anyMatch(c -> !Character.isWhitespace(c)
                                && !Character.isSpaceChar(c)
                                && !Character.isISOControl(c)
                                && Character.getType(c) != Character.FORMAT);
    }

    /** The text itself; forms and JSON are checked already, this is for what comes in by other doors (headers, maps, files). */
    public static String require(String text) {
        if (!is(text)) {
            throw new IllegalArgumentException("text with NUL or half a character");
        }
        return text;
    }
}
