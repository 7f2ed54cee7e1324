package benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** How long each kind of thing took, told by many threads; what is told before {@link #begin} is a warm-up and does not count. */
final class Times {
    /** All of one kind. */
    private static final class Kind {
        private long[] nanos = new long[256];
        private int count;

        synchronized void add(long value) {
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * count);
            }
            nanos[count++] = value;
        }

        synchronized long[] sorted() {
            long[] all = Arrays.copyOf(nanos, count);
            Arrays.sort(all);
            return all;
        }
    }

    private final Map<String, Kind> kinds = new ConcurrentSkipListMap<>();
    private final LongAdder all = new LongAdder();
    private volatile boolean counts;

    void begin() {
        counts = true;
    }

    void end() {
        counts = false;
    }

    void add(String kind, long nanos) {
        if (counts) {
            kinds.computeIfAbsent(kind, each -> new Kind()).add(nanos);
            all.increment();
        }
    }

    /** How many things of all kinds. */
    long count() {
        return all.sum();
    }

    List<String> kinds() {
        return new ArrayList<>(kinds.keySet());
    }

    /** In order; empty when there were none. */
    long[] sorted(String kind) {
        Kind found = kinds.get(kind);
        return found == null ? new long[0] : found.sorted();
    }

    /** All kinds whose name begins so, in order. */
    long[] sortedAll(String beginning) {
        return kinds.keySet().stream()
                .filter(kind -> kind.startsWith(beginning))
                .flatMapToLong(kind -> Arrays.stream(sorted(kind)))
                .sorted()
                .toArray();
    }

    /** In milliseconds; 0 when there were none. */
    static double ms(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : Spread.percentile(sorted, share) / 1e6;
    }
}
