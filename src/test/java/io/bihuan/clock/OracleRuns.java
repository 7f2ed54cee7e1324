package io.bihuan.clock;

import io.bihuan.clock.Histories.History;
import java.util.ArrayList;
import java.util.List;

/** Compares the application with the oracle on as many random lives of a clock as one likes. */
public final class OracleRuns {
    private OracleRuns() {}

    /** Prints the first histories in which they differ, as small as can be, and gives how many there were. */
    public static int differing(long firstSeed, int histories) {
        int differing = 0;
        for (int i = 0; i < histories; i++) {
            History history = Histories.random(firstSeed + i);
            List<String> differences = Histories.differences(history);
            if (!differences.isEmpty() && differing++ < 5) {
                History shrunk = Histories.shrunk(history);
                System.out.println("seed " + (firstSeed + i) + ": " + differences + "\n" + shrunk + "\n"
                        + String.join("\n", new ArrayList<>(Histories.differences(shrunk))) + "\n");
            }
        }
        return differing;
    }

    public static void main(String[] arguments) {
        int histories = arguments.length == 0 ? 100_000 : Integer.parseInt(arguments[0]);
        long seed = arguments.length < 2 ? System.nanoTime() : Long.parseLong(arguments[1]);
        long began = System.nanoTime();
        int differing = differing(seed, histories);
        System.out.println(histories + " histories from seed " + seed + ": " + differing + " differ; "
                + (System.nanoTime() - began) / 1_000_000 + " ms");
        System.exit(differing == 0 ? 0 : 1);
    }
}
