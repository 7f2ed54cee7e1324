package io.bihuan.portal;

import java.util.Optional;
import java.util.UUID;

/** What makes one shown form different from every other: the form sent twice with it is taken in once. */
public record FormToken(UUID id) {
    public static FormToken next() {
        return new FormToken(UUID.randomUUID());
    }

    /** Reads the hidden field; empty when somebody changed it. */
    public static Optional<FormToken> read(String text) {
        try {
            return Optional.of(new FormToken(UUID.fromString(text)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
