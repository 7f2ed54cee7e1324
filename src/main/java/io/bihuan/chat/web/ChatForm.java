package io.bihuan.chat.web;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a customer writes.
 *
 * @param token of this line: sent twice it counts once
 */
public record ChatForm(String line, String name, String phone, String text, String token) {
    public ChatForm(
            @Nullable String line,
            @Nullable String name,
            @Nullable String phone,
            @Nullable String text,
            @Nullable String token) {
        this.line = Objects.requireNonNullElse(line, "");
        this.name = Objects.requireNonNullElse(name, "");
        this.phone = Objects.requireNonNullElse(phone, "");
        this.text = Objects.requireNonNullElse(text, "");
        this.token = Objects.requireNonNullElse(token, "");
    }

    static ChatForm empty() {
        return new ChatForm(null, null, null, null, null);
    }

    UUID lineToken() {
        try {
            return UUID.fromString(token);
        } catch (IllegalArgumentException e) {
            return UUID.randomUUID();
        }
    }
}
