package io.bihuan.message.sms;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Providers write numbers in their own ways; an opt-out must meet the number that we know. */
class CallbackNumbersTests {
    @Test
    void aNumberIsTheSameHoweverAProviderWritesIt() {
        for (String[] written : new String[][] {
            {"", "13812345678"},
            {"", "8613812345678"},
            {"", "+8613812345678"},
            {"86", "13812345678"},
            {"86", "+8613812345678"}
        }) {
            assertThat(TencentSms.e164(written[0], written[1]))
                    .as(String.join(" ", written))
                    .contains("+8613812345678");
        }
        assertThat(TencentSms.e164("852", "61234567")).contains("+85261234567");
        assertThat(TencentSms.e164("", "85261234567")).contains("+85261234567");
        assertThat(TencentSms.e164("86", "not a number")).isEmpty();
        assertThat(TencentSms.e164("", "")).isEmpty();
    }
}
