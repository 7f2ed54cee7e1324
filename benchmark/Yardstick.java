package benchmark;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * How fast the machine is just now. Other guests of the same host take its caches and the way to its memory; no load average tells, but
 * the figures of one hour are not those of the next.
 */
final class Yardstick {
    private static final int PLACES = 1 << 24;
    private static final int STEPS = 4_000_000;
    private static final int BLOCKS = 30_000;
    private static final int BLOCK = 4096;
    private static final int[] NEXT = cycle();

    private static int place;

    private Yardstick() {}

    /** As a line to print; takes a second. */
    static String now() throws NoSuchAlgorithmException {
        return String.format(
                Locale.ROOT,
                "The machine now: %.0f ns a step in 64 MB of memory, %.1f µs to hash 4 KB.",
                walk(),
                hash());
    }

    /** Each step needs what the one before has read, and nothing foresees where it leads. */
    private static double walk() {
        long before = System.nanoTime();
        int at = place;
        for (int step = 0; step < STEPS; step++) {
            at = NEXT[at];
        }
        place = at;
        return (double) (System.nanoTime() - before) / STEPS;
    }

    private static double hash() throws NoSuchAlgorithmException {
        var digest = MessageDigest.getInstance("SHA-256");
        var block = new byte[BLOCK];
        long taken = 0;
        for (int round = 0; round < 2; round++) { // the compiler of the JVM needs the first one
            long before = System.nanoTime();
            for (int n = 0; n < BLOCKS; n++) {
                block[0] = (byte) n;
                digest.update(block);
            }
            taken = System.nanoTime() - before;
        }
        digest.digest();
        return taken / 1e3 / BLOCKS;
    }

    /** One way through all places (Sattolo's algorithm). */
    private static int[] cycle() {
        var random = new SplittableRandom(1);
        int[] next = new int[PLACES];
        for (int i = 0; i < PLACES; i++) {
            next[i] = i;
        }
        for (int i = PLACES - 1; i > 0; i--) {
            int other = random.nextInt(i);
            int kept = next[i];
            next[i] = next[other];
            next[other] = kept;
        }
        return next;
    }
}
