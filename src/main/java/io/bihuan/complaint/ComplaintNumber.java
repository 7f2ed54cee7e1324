package io.bihuan.complaint;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The number a complaint keeps for life: day of registration, seven digits of a counter, one check digit (Damm 2004: finds every
 * single wrong digit and every swap of two neighbours).
 */
public record ComplaintNumber(String digits) {
    private static final int LENGTH = 14;
    private static final long COUNTER = 10_000_000;
    // Totally anti-symmetric quasigroup of order 10, Damm, "Total anti-symmetrische Quasigruppen", Marburg 2004
    private static final int[][] DAMM = {
        {0, 3, 1, 7, 5, 9, 8, 6, 4, 2},
        {7, 0, 9, 2, 1, 5, 4, 8, 6, 3},
        {4, 2, 0, 6, 8, 7, 1, 3, 5, 9},
        {1, 7, 5, 0, 9, 8, 3, 4, 2, 6},
        {6, 1, 2, 3, 0, 4, 5, 9, 7, 8},
        {3, 6, 7, 4, 2, 0, 9, 5, 8, 1},
        {5, 8, 6, 9, 7, 2, 0, 1, 3, 4},
        {8, 9, 4, 5, 3, 6, 2, 0, 1, 7},
        {9, 4, 3, 8, 6, 1, 7, 2, 0, 5},
        {2, 5, 8, 1, 4, 3, 6, 7, 9, 0}
    };

    public ComplaintNumber {
        if (digits.length() != LENGTH || damm(digits) != 0) {
            throw new IllegalArgumentException("not a complaint number: " + digits);
        }
    }

    static ComplaintNumber of(LocalDate day, long counter) {
        String body = "%02d%02d%02d%07d"
                .formatted(
                        day.getYear() % 100, day.getMonthValue(), day.getDayOfMonth(), Math.floorMod(counter, COUNTER));
        return new ComplaintNumber(body + damm(body));
    }

    /** Reads what a person typed: spaces, hyphens and full-width digits do not matter. Empty when it cannot be a number. */
    public static Optional<ComplaintNumber> read(String typed) {
        String digits = Normalizer.normalize(typed, Normalizer.Form.NFKC).replaceAll("[\\s\\p{Pd}]", "");
        return digits.matches("[0-9]{" + LENGTH + "}") && damm(digits) == 0
                ? Optional.of(new ComplaintNumber(digits))
                : Optional.empty();
    }

    @JsonCreator
    static ComplaintNumber ofJson(String digits) {
        return new ComplaintNumber(digits);
    }

    private static int damm(String digits) {
        int interim = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            interim = DAMM[interim][digit];
        }
        return interim;
    }

    /** As people read it: 261122-0000123-4. */
    public String readable() {
        return digits.substring(0, 6) + "-" + digits.substring(6, 13) + "-" + digits.substring(13);
    }

    @Override
    @JsonValue
    public String toString() {
        return digits;
    }
}
