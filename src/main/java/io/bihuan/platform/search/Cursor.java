package io.bihuan.platform.search;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The place after which the next page begins. Its text form is opaque and fits a URL. The total goes with it, because only the
 * first page counts.
 */
public record Cursor(long sortKey, String id, long total, boolean totalIsExact) {

    /** Reads what {@link #toString()} wrote.
     *
     * @throws IllegalArgumentException for any other text */
    public static Cursor parse(String text) {
        String[] parts;
        try {
            parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(",", 4);
            if (parts.length == 4 && (parts[2].equals("+") || parts[2].equals("="))) {
                return new Cursor(Long.parseLong(parts[0]), parts[3], Long.parseLong(parts[1]), parts[2].equals("="));
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not a cursor", e);
        }
        throw new IllegalArgumentException("not a cursor");
    }

    @Override
    public String toString() {
        String text = sortKey + "," + total + "," + (totalIsExact ? "=" : "+") + "," + id;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
