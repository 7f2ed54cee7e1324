package io.bihuan.message;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is said on one way.
 *
 * @param title the subject of an e-mail
 * @param parameters of the provider's template, in its order
 */
public record Content(@Nullable String title, String text, Map<String, String> parameters) {
    public Content {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    public static Content of(String text) {
        return new Content(null, text, Map.of());
    }

    public static Content of(String title, String text) {
        return new Content(title, text, Map.of());
    }

    /** What is said is nothing for a log. */
    @Override
    public String toString() {
        return "content";
    }
}
