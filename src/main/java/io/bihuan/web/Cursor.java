package io.bihuan.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where the next page of a list begins: the sort key of the last row, opaque to whoever carries it. */
public final class Cursor {
    private static final String SEPARATOR = "\u001f";
    private final List<String> parts;

    private Cursor(List<String> parts) {
        this.parts = parts;
    }

    /** The cursor after a row with these key columns. */
    public static String after(Object... keys) {
        String text =
                String.join(SEPARATOR, Arrays.stream(keys).map(String::valueOf).toList());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads a cursor of so many key columns; null for none; anything else is {@link BadInput}. */
    public static @Nullable Cursor read(@Nullable String cursor, int keys) {
        if (cursor == null || cursor.isEmpty()) {
            return null;
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor)))
                    .toString();
            List<String> parts = List.of(text.split(SEPARATOR, -1));
            if (parts.size() != keys || !StorableText.is(text)) {
                throw wrong();
            }
            return new Cursor(parts);
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw wrong();
        }
    }

    public String text(int index) {
        return parts.get(index);
    }

    public UUID id(int index) {
        try {
            return UUID.fromString(parts.get(index));
        } catch (IllegalArgumentException e) {
            throw wrong();
        }
    }

    public Instant instant(int index) {
        try {
            return Instant.parse(parts.get(index));
        } catch (DateTimeException e) {
            throw wrong();
        }
    }

    public long number(int index) {
        try {
            return Long.parseLong(parts.get(index));
        } catch (NumberFormatException e) {
            throw wrong();
        }
    }

    private static BadInput wrong() {
        return new BadInput("/cursor", "web.field.cursor");
    }
}
