package io.bihuan.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.clock.Histories.History;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The deadlines of random lives of a clock are those that {@link DeadlineOracle} counts by hand; {@code bin/bench oracle} for many more. */
class OracleProperties {
    @Property(tries = 2_000)
    void everyInstantIsTheOneThatAPersonWouldCount(@ForAll("seeds") long seed) {
        History history = Histories.random(seed);
        List<String> differences = Histories.differences(history);
        if (!differences.isEmpty()) {
            History shrunk = Histories.shrunk(history);
            assertThat(Histories.differences(shrunk))
                    .as("seed %s: %s%n%s", seed, differences, shrunk)
                    .isEmpty();
        }
    }

    @Provide
    Arbitrary<Long> seeds() {
        return Arbitraries.randomValue(Random::nextLong);
    }
}
