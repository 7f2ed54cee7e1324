package io.bihuan.identifier;

import java.text.Normalizer;
import java.util.Locale;

/** How people write numbers: in full width, in groups, in small letters. */
final class Written {
    private Written() {}

    /** In half width and capitals, without spaces and characters that cannot be seen. */
    static String compact(String typed) {
        var plain = Normalizer.normalize(typed, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT);
        var compact = new StringBuilder(plain.length());
        plain.codePoints()
                .filter(point -> !Character.isWhitespace(point)
                        && !Character.isSpaceChar(point)
                        && Character.getType(point) != Character.FORMAT)
                .forEach(compact::appendCodePoint);
        return compact.toString();
    }

    /** The same without the marks that stand between groups. */
    static String ungrouped(String typed) {
        return compact(typed).replaceAll("[-‐‑–—·•.]", "");
    }
}
