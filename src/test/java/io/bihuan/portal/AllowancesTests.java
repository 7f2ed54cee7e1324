package io.bihuan.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bihuan.BihuanTest;
import io.bihuan.MovableTime;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@BihuanTest
class AllowancesTests {
    @Autowired
    Allowances allowances;

    @Autowired
    MovableTime time;

    @Autowired
    JdbcClient jdbc;

    @AfterEach
    void now() {
        time.reset();
    }

    @Test
    void whatIsUsedUpComesBackWithTheNextWindow() {
        String address = "192.0.2.1";
        useUp(address);
        assertThatThrownBy(() -> allowances.use(Allowance.FILING, address))
                .isInstanceOfSatisfying(TooOften.class, often -> assertThat(often.remaining())
                        .isPositive()
                        .isLessThanOrEqualTo(Allowance.FILING.window()));
        allowances.use(Allowance.ANSWER, address);
        allowances.use(Allowance.FILING, "192.0.2.2");

        time.advance(Allowance.FILING.window().plusSeconds(1));
        allowances.use(Allowance.FILING, address);
    }

    @Test
    void manyAtOnceGetNoMoreThanOneAfterTheOther() {
        long allowed = IntStream.range(0, 40)
                .parallel()
                .filter(i -> {
                    try {
                        allowances.use(Allowance.FILING, "192.0.2.3");
                        return true;
                    } catch (TooOften often) {
                        return false;
                    }
                })
                .count();
        assertThat(allowed).isEqualTo(Allowance.FILING.most());
    }

    @Test
    void whatCameToNothingIsGivenBack() {
        String address = "192.0.2.4";
        useUp(address);
        allowances.giveBack(Allowance.FILING, address);
        allowances.use(Allowance.FILING, address);
        assertThatThrownBy(() -> allowances.use(Allowance.FILING, address)).isInstanceOf(TooOften.class);
    }

    @Test
    void oneNetworkOfTheNewProtocolIsOneCustomer() {
        assertThat(Allowances.network("2001:db8:1:2:3:4:5:6")).isEqualTo(Allowances.network("2001:db8:1:2::1"));
        assertThat(Allowances.network("2001:db8:1:3::1")).isNotEqualTo(Allowances.network("2001:db8:1:2::1"));
        assertThat(Allowances.network("192.0.2.1")).isNotEqualTo(Allowances.network("192.0.2.2"));
        assertThat(Allowances.network("not an address")).isEqualTo("not an address");
    }

    @Test
    void oldCountersAreForgotten() {
        allowances.use(Allowance.FILING, "192.0.2.5");
        time.advance(Duration.ofHours(1));
        while (allowances.forgetOld() > 0) {
            // the next batch
        }
        assertThat(jdbc.sql("select count(*) from portal.allowance where resets_at < :now")
                        .param("now", time.instant().atOffset(java.time.ZoneOffset.UTC))
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    private void useUp(String address) {
        for (int i = 0; i < Allowance.FILING.most(); i++) {
            allowances.use(Allowance.FILING, address);
        }
    }
}
