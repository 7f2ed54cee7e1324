package io.bihuan.web;

import java.util.List;

/**
 * Something that is said later, in the language of whoever reads it: a key of the bundles and its arguments, which may be phrases
 * themselves. {@link Texts#of(Phrase)} says it; as a string it is English, for the console and the log.
 */
public record Phrase(String key, List<Object> arguments) {
    public Phrase {
        arguments = List.copyOf(arguments);
    }

    public static Phrase of(String key, Object... arguments) {
        return new Phrase(key, List.of(arguments));
    }

    @Override
    public String toString() {
        return Bundles.english().of(this);
    }
}
