package io.bihuan.identifier;

import io.bihuan.identifier.Checked.Flaw;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A vehicle identification number (车辆识别代号): 17 characters without I, O and Q (ISO 3779, GB 16735-2019). The ninth is a check digit
 * modulo 11 (GB 16735-2019 annex; 49 CFR 565.15); makers elsewhere need not keep to it, so one that does not fit is a warning. Two
 * changes it cannot see: letters and digits of the same value, and the eighth character exchanged with the ninth.
 */
public record Vin(String value) {
    private static final Pattern SHAPE = Pattern.compile("[A-HJ-NPR-Z0-9]{17}");
    private static final Pattern LATIN = Pattern.compile("[A-Z0-9]+");
    /** Cars made for Japan carry a frame number: model code, hyphen, serial number. */
    private static final Pattern FRAME = Pattern.compile("[A-Z0-9]{2,9}-[0-9]{4,8}");
    /** Chassis numbers from before 1981 and of some imports; what is longer is a VIN with characters missing. */
    private static final Pattern CHASSIS = Pattern.compile("[A-Z0-9]{5,13}");

    private static final int LENGTH = 17;
    private static final int CHECK = 8;
    private static final int[] WEIGHTS = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};
    private static final String VALUES_OF_LETTERS = "12345678.12345.7.923456789";
    /** The tenth character from 1980 on, and again from 2010 (ISO 3779 table 1). */
    private static final String YEARS = "ABCDEFGHJKLMNPRSTVWXY123456789";

    private static final int FIRST_YEAR = 1980;

    /** How it is stored, and whether it can be one. */
    public static Checked check(String typed) {
        var compact = Written.compact(typed);
        if (FRAME.matcher(compact).matches()) {
            return Checked.warning(compact, Flaw.OTHER_SYSTEM);
        }
        var value = Written.ungrouped(typed);
        if (CHASSIS.matcher(value).matches()) {
            return Checked.warning(value, Flaw.OTHER_SYSTEM);
        }
        if (!LATIN.matcher(value).matches()) {
            return Checked.wrong(value, Flaw.CHARACTERS);
        }
        if (value.length() != LENGTH) {
            return Checked.wrong(value, Flaw.LENGTH);
        }
        if (!SHAPE.matcher(value).matches()) {
            return Checked.wrong(value, Flaw.CHARACTERS);
        }
        return checkDigit(value) == value.charAt(CHECK)
                ? Checked.valid(value)
                : Checked.warning(value, Flaw.CHECK_DIGIT);
    }

    /** The number, be its check digit as it may; empty when it is none. */
    public static Optional<Vin> read(String typed) {
        var value = Written.ungrouped(typed);
        return SHAPE.matcher(value).matches() ? Optional.of(new Vin(value)) : Optional.empty();
    }

    /** Who made it (WMI): three characters, six for makers of less than a thousand a year. */
    public String manufacturer() {
        return value.charAt(2) == '9' ? value.substring(0, 3) + value.substring(11, 14) : value.substring(0, 3);
    }

    /** Whether it was made in China: the first character is L. */
    public boolean isChinese() {
        return value.charAt(0) == 'L';
    }

    /** The model years that its tenth character can mean, up to the given one; the latest first. */
    public List<Integer> modelYears(int upTo) {
        var place = YEARS.indexOf(value.charAt(9));
        return place < 0
                ? List.of()
                : IntStream.iterate(FIRST_YEAR + place, year -> year <= upTo, year -> year + YEARS.length())
                        .boxed()
                        .toList()
                        .reversed();
    }

    private static char checkDigit(String value) {
        var sum = 0;
        for (var place = 0; place < LENGTH; place++) {
            sum += WEIGHTS[place] * worth(value.charAt(place));
        }
        return "0123456789X".charAt(sum % 11);
    }

    private static int worth(char character) {
        return character <= '9' ? character - '0' : VALUES_OF_LETTERS.charAt(character - 'A') - '0';
    }
}
