package io.bihuan.compensation;

import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * A code that is read out, typed and copied by hand: sixteen of thirty-one characters that nobody takes for one another, the last of
 * which checks the others. The sum of the characters, each weighted by a power of 3, is a multiple of 31; as 31 is a prime and 3 a
 * primitive root of it (the pure systems of ISO 7064 are built so), every wrong character and every two that changed places are found.
 *
 * @param text without separators
 */
public record VoucherCode(String text) {
    static final String ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
    static final int LENGTH = 16;
    private static final int PRIME = ALPHABET.length();
    private static final int ROOT = 3;
    private static final int GROUP = 4;
    private static final SecureRandom RANDOM = new SecureRandom();

    public VoucherCode {
        if (text.length() != LENGTH || sum(text) != 0) {
            throw new IllegalArgumentException("not a voucher code");
        }
    }

    /** A new one, of which nobody can guess another: 74 random bits. */
    static VoucherCode random() {
        var text = new StringBuilder(LENGTH);
        for (int i = 1; i < LENGTH; i++) {
            text.append(ALPHABET.charAt(RANDOM.nextInt(PRIME)));
        }
        // The last weight is 1.
        int missing = Math.floorMod(-sum(text + ALPHABET.substring(0, 1)), PRIME);
        return new VoucherCode(text.append(ALPHABET.charAt(missing)).toString());
    }

    /** What somebody typed, with or without separators; empty when it cannot be one. */
    public static Optional<VoucherCode> read(String typed) {
        String text = Normalizer.normalize(typed, Normalizer.Form.NFKC)
                .replaceAll("[\\s\\p{Pd}]", "")
                .toUpperCase(Locale.ROOT);
        boolean isOne = text.length() == LENGTH
                && text.chars().allMatch(character -> ALPHABET.indexOf(character) >= 0)
                && sum(text) == 0;
        return isOne ? Optional.of(new VoucherCode(text)) : Optional.empty();
    }

    private static int sum(String text) {
        int sum = 0;
        for (int i = 0; i < text.length(); i++) {
            sum = (sum * ROOT + ALPHABET.indexOf(text.charAt(i))) % PRIME;
        }
        return sum;
    }

    /** In groups of four. */
    public String readable() {
        return String.join("-", text.split("(?<=\\G.{" + GROUP + "})"));
    }

    /** All but the last group hidden. */
    public String masked() {
        return "****-****-****-" + text.substring(LENGTH - GROUP);
    }

    @Override
    public String toString() {
        return masked();
    }
}
