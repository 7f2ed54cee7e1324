package io.bihuan.privacy;

import org.jspecify.annotations.Nullable;

/**
 * A personal value or a free text that may hold one. In memory it is readable; in the history it is stored encrypted with the key
 * of its complaint; in a log it never shows.
 *
 * @param value the text; null once the key was destroyed
 */
public record Personal(@Nullable String value) {
    public static Personal of(String value) {
        return new Personal(value);
    }

    public static @Nullable Personal ofNullable(@Nullable String value) {
        return value == null || value.isBlank() ? null : new Personal(value);
    }

    /** The text, or an empty one when it was erased or never given. */
    public static String text(@Nullable Personal personal) {
        return personal == null || personal.value == null ? "" : personal.value;
    }

    public static @Nullable String valueOf(@Nullable Personal personal) {
        return personal == null ? null : personal.value;
    }

    @Override
    public String toString() {
        return "•••";
    }
}
