package io.bihuan.correspondence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever writes in English is answered in English; everybody else in Chinese. */
class TongueTests {
    @ParameterizedTest
    @CsvSource({
        "The fridge does not cool, en",
        "空调不制冷, zh",
        "KFR-35GW 空调 error E5, zh",
        "13800138000 !!!, zh",
        "'', zh",
        "Кондиционер, zh"
    })
    void aCustomerIsWrittenToAsHeWrites(String written, String language) {
        assertThat(Tongue.of(written).getLanguage())
                .isEqualTo(Locale.forLanguageTag(language).getLanguage());
    }
}
