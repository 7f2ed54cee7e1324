package io.bihuan.identifier;

import io.bihuan.identifier.Checked.Flaw;
import java.util.regex.Pattern;

/**
 * A company's unified social credit code (统一社会信用代码, GB 32100-2015): 18 digits and letters without I, O, S, V, Z, the last a check
 * character modulo 31. Codes with a wrong one were handed out, so it is a warning only.
 */
public final class CreditCode {
    private static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static final Pattern SHAPE = Pattern.compile("[0-9A-HJ-NP-RTUWXY]{18}");
    private static final int LENGTH = 18;

    private CreditCode() {}

    /** How it is stored, and whether it can be one. */
    public static Checked check(String typed) {
        var value = Written.ungrouped(typed);
        if (value.length() != LENGTH) {
            return Checked.wrong(value, Flaw.LENGTH);
        }
        if (!SHAPE.matcher(value).matches()) {
            return Checked.wrong(value, Flaw.CHARACTERS);
        }
        return checkCharacter(value) == value.charAt(LENGTH - 1)
                ? Checked.valid(value)
                : Checked.warning(value, Flaw.CHECK_DIGIT);
    }

    private static char checkCharacter(String value) {
        var size = ALPHABET.length();
        var sum = 0;
        var weight = 1;
        for (var place = 0; place < LENGTH - 1; place++) {
            sum += weight * ALPHABET.indexOf(value.charAt(place));
            weight = weight * 3 % size;
        }
        return ALPHABET.charAt((size - sum % size) % size);
    }
}
