package benchmark;

import io.bihuan.clock.OracleRuns;
import java.util.List;

/** Random lives of a clock, the application beside the oracle of the tests: not one instant may differ. */
final class Oracle {
    private static final int HISTORIES = 100_000;

    private Oracle() {}

    static List<String> run() {
        long seed = Long.getLong("bench.seed", System.nanoTime());
        long began = System.nanoTime();
        int differing = OracleRuns.differing(seed, HISTORIES);
        System.out.printf(
                "%,d histories of a clock from seed %d: %d differ from the oracle (%d s).%n",
                HISTORIES, seed, differing, (System.nanoTime() - began) / 1_000_000_000);
        return differing > 0 ? List.of("oracle: " + differing + " of " + HISTORIES + " histories differ") : List.of();
    }
}
