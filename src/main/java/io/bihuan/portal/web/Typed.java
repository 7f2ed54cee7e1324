package io.bihuan.portal.web;

import org.jspecify.annotations.Nullable;

/** Text as it comes from a form. */
final class Typed {
    private Typed() {}

    /** Never null; a field that is not there counts as empty. */
    static String line(@Nullable String typed) {
        return typed == null ? "" : typed.strip();
    }

    /** A browser sends two characters for the end of a line, which people count as one. */
    static String text(@Nullable String typed) {
        return typed == null ? "" : typed.replace("\r\n", "\n").replace('\r', '\n').strip();
    }

    /** In characters as people count them. */
    static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
