package io.bihuan.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MasksTests {
    @ParameterizedTest
    @CsvSource({
        "NAME, 张三丰, 张**",
        "PHONE, +8613812345678, 138****5678",
        "EMAIL, alice@example.com, a***@example.com",
        "ID_CARD, 11010519491231002X, 1****************X",
        "ID_CARD, 110105491231002, 1*************2",
        "BANK_CARD, 6222021234567890128, ***************0128",
        "PLATE, 京A12345, 京A***45",
        "PLATE, 京AD12345, 京A****45",
        "VIN, 1M8GDM9AXKP042788, ***********042788",
        "LAST_FOUR, A1B2C3D4E5, ******D4E5",
        "HIDDEN, anything, ******",
        "NONE, anything, anything"
    })
    void aMaskShowsWhatTheTradeShows(Mask mask, String value, String masked) {
        assertThat(mask.of(value)).isEqualTo(masked);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NONE", "NAME", "EMAIL", "PHONE"})
    void aShortValueIsNotShownWholeByItsMask(Mask mask) {
        for (var value : new String[] {"1", "12", "123", "1234", "12345"}) {
            assertThat(mask.of(value)
                            .chars()
                            .filter(character -> character == '*')
                            .count())
                    .as(mask + " " + value)
                    .isGreaterThanOrEqualTo((value.length() + 1) / 2);
        }
    }

    @Test
    void nothingStaysNothing() {
        assertThat(Mask.ID_CARD.of("")).isEmpty();
        assertThat(Mask.HIDDEN.of(" ")).isEmpty();
    }
}
