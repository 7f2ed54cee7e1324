package io.bihuan.identifier;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumbersTests {
    @ParameterizedTest
    @CsvSource({
        "13812345678, +8613812345678",
        "138 1234 5678, +8613812345678",
        "+86 138-1234-5678, +8613812345678",
        "008613812345678, +8613812345678",
        "１３８１２３４５６７８, +8613812345678",
        "010-62345678, +861062345678",
        "010-62345678转801, +861062345678;ext=801",
        "4008123456, +864008123456",
        "+44 20 7946 0958, +442079460958"
    })
    void aNumberIsReadAsPeopleWriteIt(String typed, String e164) {
        assertThat(PhoneNumbers.read(typed)).contains(e164);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1", "12345", "电话", "张三", "138123456789012345", "1e10", "-1", "<script>", "138\u00001234"})
    void whatIsNoNumberIsNotRead(String typed) {
        assertThat(PhoneNumbers.read(typed)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "12315, 12315",
        "10086, 10086",
        "95588, 95588",
        "９５５８８, 95588",
        "400-812-3456, +864008123456",
        "8008203456, +868008203456",
        "13812345678, +8613812345678"
    })
    void theNumberOfAServiceIsReadWhereItMayStand(String typed, String stored) {
        assertThat(PhoneNumbers.readAny(typed)).contains(stored);
    }

    @ParameterizedTest
    @CsvSource({
        "+8613812345678, 138 1234 5678",
        "+861062345678;ext=801, 010 6234 5678 ext. 801",
        "12315, 12315",
        "+442079460958, +44 20 7946 0958"
    })
    void aStoredNumberIsShownAsPeopleReadIt(String stored, String shown) {
        assertThat(PhoneNumbers.readable(stored)).isEqualTo(shown);
    }
}
