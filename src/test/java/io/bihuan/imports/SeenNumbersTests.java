package io.bihuan.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeenNumbersTests {
    @Test
    void aNumberThatComesAgainWithOtherContentsNamesTheFirstLine() {
        var seen = new SeenNumbers();
        for (int i = 0; i < 5_000; i++) {
            assertThat(seen.note("n" + i, i + 2, List.of("a" + i, "b"))).isNull();
        }
        for (int i = 0; i < 5_000; i++) {
            assertThat(seen.note("n" + i, 9_000, List.of("a" + i, "b"))).isNull();
            assertThat(seen.note("n" + i, 9_000, List.of("a" + i, "c"))).isEqualTo(i + 2);
        }
        assertThat(seen.note("another", 3_000_000_000L / 2, List.of())).isNull();
        assertThat(seen.note("another", 7, List.of(""))).isEqualTo(1_500_000_000L);
    }
}
