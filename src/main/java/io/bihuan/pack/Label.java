package io.bihuan.pack;

import io.bihuan.web.Spoken;
import java.util.Locale;

/** A text of a pack in both languages of the product. */
public record Label(String zh, String en) implements Spoken {
    /** The text for a reader: English for English readers, Chinese, the default, for all others. */
    @Override
    public String in(Locale locale) {
        return locale.getLanguage().equals(Locale.ENGLISH.getLanguage()) ? en : zh;
    }
}
