package io.bihuan.identifier;

import io.bihuan.identifier.Checked.Flaw;
import java.util.regex.Pattern;

/**
 * The number of a bank card: 16 to 19 digits (ISO/IEC 7812-1, JR/T 0008), the last by the formula of Luhn, which notices every wrong
 * digit and every exchange of neighbours but 09 and 90.
 */
public final class BankCard {
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final int SHORTEST = 16;
    private static final int LONGEST = 19;

    private BankCard() {}

    /** How it is stored, and whether it can be one. */
    public static Checked check(String typed) {
        var value = Written.ungrouped(typed);
        if (!DIGITS.matcher(value).matches()) {
            return Checked.wrong(value, Flaw.CHARACTERS);
        }
        if (value.length() < SHORTEST || value.length() > LONGEST) {
            return Checked.wrong(value, Flaw.LENGTH);
        }
        return isSound(value) ? Checked.valid(value) : Checked.wrong(value, Flaw.CHECK_DIGIT);
    }

    private static boolean isSound(String digits) {
        var sum = 0;
        for (var place = 0; place < digits.length(); place++) {
            var digit = digits.charAt(digits.length() - 1 - place) - '0';
            var worth = place % 2 == 0 ? digit : 2 * digit;
            sum += worth > 9 ? worth - 9 : worth;
        }
        return sum % 10 == 0;
    }
}
