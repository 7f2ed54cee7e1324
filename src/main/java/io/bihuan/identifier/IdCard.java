package io.bihuan.identifier;

import io.bihuan.identifier.Checked.Flaw;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The number of a document that proves who somebody is. That of the resident identity card (公民身份号码, GB 11643-1999) has 18 characters:
 * region, day of birth, sequence, and a check character modulo 11 (ISO 7064 MOD 11-2); until 1999 it had 15 and none. Permits of
 * people from Hong Kong, Macau and Taiwan and passports have nothing that could be checked but their shape.
 */
public final class IdCard {
    private static final Pattern RESIDENT = Pattern.compile("[0-9]{17}[0-9X]");
    private static final Pattern OLD = Pattern.compile("[0-9]{15}");
    private static final Pattern FROM_HONG_KONG_OR_MACAU = Pattern.compile("[HM]([0-9]{8}|[0-9]{10})");
    private static final Pattern FROM_TAIWAN = Pattern.compile("[0-9]{8}|[0-9]{10}[A-Z]");
    private static final Pattern PASSPORT = Pattern.compile("[A-Z]{1,3}[0-9]{5,9}[A-Z]?|[0-9]{2}[A-Z]{2}[0-9]{5}");
    private static final Pattern PERHAPS_PASSPORT = Pattern.compile("[0-9]{7}|[0-9]{9}");
    /** GB/T 2260; 81 to 83 residence permits of people from Hong Kong, Macau and Taiwan. */
    private static final Set<String> REGIONS = Set.of(
            "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43",
            "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83");

    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

    /** What the number belongs to. */
    public enum Document {
        RESIDENT_CARD,
        /** Foreign permanent resident's card: it begins with 9. */
        FOREIGNER_CARD,
        HONG_KONG_OR_MACAU_PERMIT,
        TAIWAN_PERMIT,
        PASSPORT
    }

    private IdCard() {}

    /**
     * How it is stored, and whether it can be one.
     *
     * @param today nobody is born later
     */
    public static Checked check(String typed, LocalDate today) {
        var value = Written.ungrouped(typed);
        if (RESIDENT.matcher(value).matches()) {
            return resident(value, today);
        }
        if (OLD.matcher(value).matches()) {
            var birth = "19" + value.substring(6, 12);
            return !isRegion(value)
                    ? Checked.wrong(value, Flaw.REGION)
                    : isBirthday(birth, today) ? Checked.valid(value) : Checked.wrong(value, Flaw.DATE);
        }
        if (PERHAPS_PASSPORT.matcher(value).matches()) {
            return Checked.warning(value, Flaw.OTHER_SYSTEM);
        }
        if (document(value).isPresent()) {
            return Checked.valid(value);
        }
        return value.chars().allMatch(character -> Character.isDigit(character) || character == 'X')
                ? Checked.wrong(value, Flaw.LENGTH)
                : Checked.wrong(value, Flaw.SHAPE);
    }

    /** What it belongs to by its shape alone; empty when it is none that is known. */
    public static Optional<Document> document(String typed) {
        var value = Written.ungrouped(typed);
        if (RESIDENT.matcher(value).matches() || OLD.matcher(value).matches()) {
            return Optional.of(isForeign(value) ? Document.FOREIGNER_CARD : Document.RESIDENT_CARD);
        }
        if (FROM_HONG_KONG_OR_MACAU.matcher(value).matches()) {
            return Optional.of(Document.HONG_KONG_OR_MACAU_PERMIT);
        }
        if (FROM_TAIWAN.matcher(value).matches()) {
            return Optional.of(Document.TAIWAN_PERMIT);
        }
        return PASSPORT.matcher(value).matches() ? Optional.of(Document.PASSPORT) : Optional.empty();
    }

    private static Checked resident(String value, LocalDate today) {
        if (!isForeign(value) && !isRegion(value)) {
            return Checked.wrong(value, Flaw.REGION);
        }
        if (!isBirthday(value.substring(6, 14), today)) {
            return Checked.wrong(value, Flaw.DATE);
        }
        return checkCharacter(value) == value.charAt(17)
                ? Checked.valid(value)
                : Checked.wrong(value, Flaw.CHECK_DIGIT);
    }

    private static boolean isForeign(String value) {
        return value.length() == 18 && value.startsWith("9");
    }

    private static boolean isRegion(String value) {
        return REGIONS.contains(value.substring(0, 2));
    }

    private static boolean isBirthday(String digits, LocalDate today) {
        try {
            var day = LocalDate.of(
                    Integer.parseInt(digits.substring(0, 4)),
                    Integer.parseInt(digits.substring(4, 6)),
                    Integer.parseInt(digits.substring(6, 8)));
            return !day.isAfter(today) && day.getYear() >= 1850;
        } catch (DateTimeException noDay) {
            return false;
        }
    }

    private static char checkCharacter(String value) {
        var sum = 0;
        for (var place = 0; place < WEIGHTS.length; place++) {
            sum += WEIGHTS[place] * (value.charAt(place) - '0');
        }
        return "10X98765432".charAt(sum % 11);
    }
}
