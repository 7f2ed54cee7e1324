package io.bihuan.telephony;

import io.bihuan.identifier.PhoneNumbers;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers as telephone systems show them: with trunk prefixes, as SIP addresses, or as a word when they are withheld. */
final class CallNumber {
    private static final Pattern SIP = Pattern.compile("(?i)^\"?[^\"<]*\"?\\s*<?(?:sips?|tel):([^@;>]+).*$");
    private static final Pattern DIALLED = Pattern.compile("[+]?[0-9*#]{2,32}");
    private static final int LONGEST = 100;

    private CallNumber() {}

    /** The number as complaints store it (E.164, or a short number as it is dialled); null when nobody can be found by it. */
    static @Nullable String stored(@Nullable String shown) {
        if (shown == null || shown.length() > LONGEST) {
            return null;
        }
        var sip = SIP.matcher(shown.strip());
        String number = (sip.matches() ? sip.group(1) : shown).strip().toLowerCase(Locale.ROOT);
        return PhoneNumbers.readAny(number)
                .orElseGet(() -> DIALLED.matcher(number).matches() ? number : null);
    }
}
