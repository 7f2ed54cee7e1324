package io.bihuan.investigation.web;

import io.bihuan.platform.Refused;
import io.bihuan.web.BadInput;
import io.bihuan.web.Texts;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what the forms send. What was left out is refused with a sentence; what our forms cannot send is a bad request. */
final class Reading {
    private Reading() {}

    static <E extends Enum<E>> E choice(Class<E> type, String name, String value) {
        E chosen = optional(type, name, value);
        if (chosen == null) {
            throw new Refused("investigation.refused.choice");
        }
        return chosen;
    }

    static <E extends Enum<E>> @Nullable E optional(Class<E> type, String name, String value) {
        if (value.isEmpty()) {
            return null;
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> each.name().equals(value))
                .findFirst()
                .orElseThrow(() -> new BadInput(
                        "/" + name,
                        "web.json.choice",
                        Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", "))));
    }

    static UUID id(String name, String value) {
        if (value.isBlank()) {
            throw new Refused("investigation.refused.choice");
        }
        try {
            return UUID.fromString(value);
        } catch (IllegalArgumentException e) {
            throw new BadInput("/" + name, "web.field.unreadable");
        }
    }

    static List<UUID> ids(String name, List<String> values) {
        return values.stream().map(value -> id(name, value)).toList();
    }

    static Instant time(String local, Texts t) {
        Instant at = optionalTime(local, t);
        if (at == null) {
            throw new Refused("investigation.refused.time");
        }
        return at;
    }

    static @Nullable Instant optionalTime(String local, Texts t) {
        if (local.isBlank()) {
            return null;
        }
        try {
            return LocalDateTime.parse(local.strip()).atZone(t.zone()).toInstant();
        } catch (DateTimeException e) {
            throw new Refused("investigation.refused.time");
        }
    }

    static @Nullable Integer percent(String typed) {
        try {
            return typed.isBlank() ? null : Integer.valueOf(typed.strip());
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
