package io.bihuan.screening.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a list shows of a text that somebody wrote. */
class ExcerptsTests {
    @Test
    void numbersAndAddressesOfPeopleAreNotSeen() {
        assertThat(Excerpts.masked("请打13812345678或 138 1234 5678"))
                .doesNotContain("12345678")
                .doesNotContain("1234 5678")
                .startsWith("请打138****5678");
        assertThat(Excerpts.masked("写信到 zhang.san@example.cn"))
                .doesNotContain("zhang.san")
                .contains("z***@example.cn");
        assertThat(Excerpts.masked("身份证11010519491231002X")).doesNotContain("19491231");
    }

    @Test
    void whatIsNoNumberOfAPersonStays() {
        assertThat(Excerpts.masked("KFR-35GW空调 收280元，2026-11")).isEqualTo("KFR-35GW空调 收280元，2026-11");
    }
}
