package benchmark;

import io.bihuan.complaint.Stories;
import io.bihuan.pack.AllParts;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Pack;
import io.bihuan.pack.PackFolder;
import io.bihuan.pack.PackPart;
import io.bihuan.pack.Packs;
import io.bihuan.triage.Facts;
import io.bihuan.triage.Triage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How long it takes to read and check all packs that ship, and to judge a complaint by the rules of each. */
final class Industries {
    private static final double READING_MS = 300;
    private static final double JUDGING_MICROS = 50;
    private static final int ROUNDS = 15;
    private static final int COMPLAINTS = 2_000;

    private Industries() {}

    static List<String> run() {
        List<PackPart<?>> parts = AllParts.find();
        List<PackFolder> folders = PackFolder.shipped(Packs.class.getClassLoader()).stream()
                .filter(folder -> !folder.name().equals("every-field")) // of the tests
                .toList();
        long bytes = folders.stream()
                .flatMap(folder -> folder.files().values().stream())
                .mapToLong(file -> file.length)
                .sum();
        Packs packs = Packs.load(folders, parts, Map.of());
        long began = System.nanoTime();
        for (int warming = 0; warming < ROUNDS; warming++) {
            packs = Packs.load(folders, parts, Map.of());
        }
        double[] reading = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            packs = Packs.load(folders, parts, Map.of());
            reading[round] = (System.nanoTime() - start) / 1e6;
        }
        Spread read = Spread.of(reading);
        System.out.printf(
                "Reading and checking %d packs with their base (%,d kB): %s ms (after %d s of warming up).%n",
                packs.all().size(), bytes / 1024, read.text(0), (System.nanoTime() - began) / 1_000_000_000);

        var slowest = new ArrayList<Double>();
        for (Pack pack : packs.all()) {
            Spread judged = judged(pack);
            slowest.add(judged.median());
            System.out.printf(
                    "Category, severity, priority and department by %s (%d leaf categories): %s µs a complaint.%n",
                    pack.id(), pack.categories().leaves().size(), judged.text(1));
        }
        var beyond = new ArrayList<String>();
        if (read.median() > READING_MS) {
            beyond.add("reading packs %.0f ms, at most %.0f".formatted(read.median(), READING_MS));
        }
        double most = slowest.stream().mapToDouble(each -> each).max().orElse(0);
        if (most > JUDGING_MICROS) {
            beyond.add("judging a complaint %.1f µs, at most %.0f".formatted(most, JUDGING_MICROS));
        }
        return beyond;
    }

    private static Spread judged(Pack pack) {
        var triage = new Triage();
        var facts = new ArrayList<Facts>();
        for (int number = 0; number < COMPLAINTS; number++) {
            facts.add(new Facts(Kind.COMPLAINT, null, Stories.of(number).content()));
        }
        double[] micros = new double[ROUNDS];
        for (int round = -5; round < ROUNDS; round++) {
            long start = System.nanoTime();
            for (Facts each : facts) {
                triage.assess(pack, each);
            }
            if (round >= 0) {
                micros[round] = (System.nanoTime() - start) / 1e3 / COMPLAINTS;
            }
        }
        return Spread.of(micros);
    }
}
