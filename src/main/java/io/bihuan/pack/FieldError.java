package io.bihuan.pack;

import java.util.List;

/** What is wrong with one field of a form; the message key names a text of the {@code pack} bundle. */
public record FieldError(String key, String messageKey, List<Object> arguments) {
    static FieldError of(String key, String messageKey, Object... arguments) {
        return new FieldError(key, messageKey, List.of(arguments));
    }
}
