package io.bihuan.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The share of met clocks, and what chance alone may have done to it. */
class AttainmentTests {
    private static final Offset<Double> TENTH_OF_A_PERCENT = Offset.offset(0.0005);

    @Test
    void aFewSayLittle() {
        assertThat(new Attainment(9, 10).low()).isEqualTo(0.596, TENTH_OF_A_PERCENT);
        assertThat(new Attainment(9, 10).high()).isEqualTo(0.982, TENTH_OF_A_PERCENT);
    }

    @Test
    void moreSayMore() {
        assertThat(new Attainment(45, 50).low()).isEqualTo(0.786, TENTH_OF_A_PERCENT);
        assertThat(new Attainment(45, 50).high()).isEqualTo(0.957, TENTH_OF_A_PERCENT);
    }

    @Test
    void neitherAllNorNoneIsCertain() {
        assertThat(new Attainment(10, 10).high()).isEqualTo(1);
        assertThat(new Attainment(10, 10).low()).isEqualTo(0.722, TENTH_OF_A_PERCENT);
        assertThat(new Attainment(0, 10).low()).isZero();
        assertThat(new Attainment(0, 10).high()).isEqualTo(0.278, TENTH_OF_A_PERCENT);
    }

    @Test
    void nothingSaysNothing() {
        assertThat(new Attainment(0, 0).low()).isZero();
        assertThat(new Attainment(0, 0).high()).isEqualTo(1);
        assertThatThrownBy(() -> new Attainment(2, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
