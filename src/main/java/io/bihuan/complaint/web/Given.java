package io.bihuan.complaint.web;

import io.bihuan.complaint.Contact;
import io.bihuan.web.BadInput;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what a form or an address can only hold when somebody did not use ours: anything else is {@link BadInput}. */
final class Given {
    private Given() {}

    static <E extends Enum<E>> E constant(Class<E> type, String name, String value) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(value))
                .findFirst()
                .orElseThrow(() -> new BadInput(
                        "/" + name,
                        "web.json.choice",
                        Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", "))));
    }

    static <E extends Enum<E>> @Nullable E optional(Class<E> type, String name, String value) {
        return value.isEmpty() ? null : constant(type, name, value);
    }

    /** How the customer was told; null where nothing was chosen. */
    static @Nullable Contact told(@Nullable String value) {
        return value == null ? null : optional(Contact.class, "told", value);
    }

    static @Nullable Integer number(String name, @Nullable String value) {
        if (value == null || value.isBlank()) {
            return null;
        }
        try {
            return Integer.valueOf(value);
        } catch (NumberFormatException e) {
            throw unreadable(name);
        }
    }

    static @Nullable UUID id(String name, @Nullable String value) {
        if (value == null || value.isBlank()) {
            return null;
        }
        try {
            return UUID.fromString(value);
        } catch (IllegalArgumentException e) {
            throw unreadable(name);
        }
    }

    static BadInput unreadable(String name) {
        return new BadInput("/" + name, "web.field.unreadable");
    }
}
