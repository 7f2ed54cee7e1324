package io.bihuan.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComplaintNumberTests {
    private final ComplaintNumber number = ComplaintNumber.of(LocalDate.of(2026, 11, 22), 123);

    @Test
    void theCheckDigitFollowsThePublishedExample() {
        // Damm 2004: the check digit of 572 is 4
        assertThat(ComplaintNumber.read("00000000005724")).isPresent();
    }

    @Test
    void everySingleWrongDigitIsFound() {
        String digits = number.digits();
        IntStream.range(0, digits.length())
                .forEach(place -> IntStream.rangeClosed('0', '9')
                        .filter(other -> other != digits.charAt(place))
                        .forEach(other -> assertThat(ComplaintNumber.read(
                                        digits.substring(0, place) + (char) other + digits.substring(place + 1)))
                                .isEmpty()));
    }

    @Test
    void everySwapOfTwoNeighboursIsFound() {
        String digits = ComplaintNumber.of(LocalDate.of(2026, 1, 2), 3456789).digits();
        IntStream.range(0, digits.length() - 1)
                .filter(place -> digits.charAt(place) != digits.charAt(place + 1))
                .forEach(place -> assertThat(ComplaintNumber.read(digits.substring(0, place)
                                + digits.charAt(place + 1)
                                + digits.charAt(place)
                                + digits.substring(place + 2)))
                        .isEmpty());
    }

    @Test
    void peopleMayTypeItAsTheySeeIt() {
        assertThat(number.readable()).startsWith("261122-0000123-");
        assertThat(ComplaintNumber.read(number.readable())).contains(number);
        assertThat(ComplaintNumber.read(" " + number.digits().replace("0", "０") + " "))
                .contains(number);
        assertThat(ComplaintNumber.read("no number")).isEmpty();
        assertThat(ComplaintNumber.read("")).isEmpty();
    }
}
