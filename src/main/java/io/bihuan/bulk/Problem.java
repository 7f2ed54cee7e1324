package io.bihuan.bulk;

import io.bihuan.platform.Refused;
import io.bihuan.web.Bundles;
import java.util.Locale;

/** Why something could not be done, in both languages: who reads it is another than who caused it. */
public record Problem(String zh, String en) {
    static Problem of(Refused refused, Bundles bundles) {
        return new Problem(
                bundles.in(Locale.SIMPLIFIED_CHINESE).of(refused),
                bundles.in(Locale.ENGLISH).of(refused));
    }

    /** For a reader of that language. */
    public String in(Locale locale) {
        return locale.getLanguage().equals(Locale.ENGLISH.getLanguage()) ? en : zh;
    }
}
