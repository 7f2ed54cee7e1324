package io.bihuan.web;

import java.util.Locale;

/** What brings its own words for each language, such as a text of a pack; it may be an argument of a {@link Phrase} or a refusal. */
public interface Spoken {
    String in(Locale locale);
}
