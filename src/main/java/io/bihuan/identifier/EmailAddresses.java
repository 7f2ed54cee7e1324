package io.bihuan.identifier;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** E-mail addresses as people write them. Capitals make no difference: RFC 5321 lets the receiver decide, and none does. */
public final class EmailAddresses {
    /** Characters of an address (RFC 5321, 4.5.3.1.3). */
    public static final int LONGEST = 254;

    private static final Pattern SHAPE = Pattern.compile("[^\\s@]+@[^\\s@.]+(\\.[^\\s@.]+)+");

    private EmailAddresses() {}

    /** The address in the one form by which it is compared; empty when it is none. */
    public static Optional<String> read(String typed) {
        String address = normal(typed);
        return address.length() <= LONGEST && SHAPE.matcher(address).matches()
                ? Optional.of(address)
                : Optional.empty();
    }

    /** Whatever was written as an address, in the form by which it is compared. */
    public static String normal(String typed) {
        return typed.strip().toLowerCase(Locale.ROOT);
    }

    /** What stands before the @. */
    public static String localPart(String address) {
        int at = address.lastIndexOf('@');
        return at < 0 ? address : address.substring(0, at);
    }
}
