package io.bihuan.platform;

import java.util.UUID;

/** Who did it: stands in every history event, as text {@code kind:id}. */
public record Actor(Kind kind, String id) {
    public enum Kind {
        STAFF,
        CUSTOMER,
        TOKEN,
        SYSTEM
    }

    public static final Actor CUSTOMER = new Actor(Kind.CUSTOMER, "-");
    public static final Actor SYSTEM = new Actor(Kind.SYSTEM, "-");

    public static Actor staff(UUID id) {
        return new Actor(Kind.STAFF, id.toString());
    }

    public static Actor token(UUID id) {
        return new Actor(Kind.TOKEN, id.toString());
    }

    /** Reads what {@link #toString()} wrote. */
    public static Actor parse(String text) {
        int colon = text.indexOf(':');
        return new Actor(
                Kind.valueOf(text.substring(0, colon).toUpperCase(java.util.Locale.ROOT)), text.substring(colon + 1));
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(java.util.Locale.ROOT) + ":" + id;
    }
}
