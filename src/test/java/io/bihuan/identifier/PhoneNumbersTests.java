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
}
