package io.bihuan.compensation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import org.junit.jupiter.api.Test;

/** A code that was misread or mistyped is never another code. */
class VoucherCodeTests {
    @Test
    void everyWrongCharacterIsFound() {
        for (int round = 0; round < 50; round++) {
            String code = VoucherCode.random().text();
            for (int place = 0; place < code.length(); place++) {
                for (char other : VoucherCode.ALPHABET.toCharArray()) {
                    if (other != code.charAt(place)) {
                        var wrong = new StringBuilder(code);
                        wrong.setCharAt(place, other);
                        assertThat(VoucherCode.read(wrong.toString())).isEmpty();
                    }
                }
            }
        }
    }

    @Test
    void everyTwoThatChangedPlacesAreFound() {
        for (int round = 0; round < 50; round++) {
            String code = VoucherCode.random().text();
            for (int one = 0; one < code.length(); one++) {
                for (int other = one + 1; other < code.length(); other++) {
                    if (code.charAt(one) != code.charAt(other)) {
                        var wrong = new StringBuilder(code);
                        wrong.setCharAt(one, code.charAt(other));
                        wrong.setCharAt(other, code.charAt(one));
                        assertThat(VoucherCode.read(wrong.toString())).isEmpty();
                    }
                }
            }
        }
    }

    @Test
    void itIsReadHoweverItIsWritten() {
        VoucherCode code = VoucherCode.random();
        assertThat(code.readable()).matches("([2-9A-HJKMNP-Z]{4}-){3}[2-9A-HJKMNP-Z]{4}");
        assertThat(VoucherCode.read(code.readable())).contains(code);
        assertThat(VoucherCode.read(
                        " " + code.readable().toLowerCase(java.util.Locale.ROOT).replace('-', ' ')))
                .contains(code);
        var wide = new StringBuilder();
        code.text().chars().forEach(character -> wide.append((char) (character + 0xFEE0)));
        assertThat(VoucherCode.read(wide.toString())).contains(code);
    }

    @Test
    void nobodyMeetsTheSameOneTwice() {
        var codes = new HashSet<String>();
        for (int i = 0; i < 10_000; i++) {
            assertThat(codes.add(VoucherCode.random().text())).isTrue();
        }
    }

    @Test
    void itDoesNotStandInALog() {
        VoucherCode code = VoucherCode.random();
        assertThat(code.toString())
                .doesNotContain(code.text().substring(0, 12))
                .endsWith(code.text().substring(12));
    }
}
