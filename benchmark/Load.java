package benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/** Workers that do the same thing again and again, each on a thread and a connection of its own. */
final class Load {
    /** One worker; made and warmed before the time runs. */
    interface Worker extends AutoCloseable {
        void once() throws Exception;

        @Override
        void close() throws Exception;
    }

    /** What came of it: how often in a second, and how long each took in milliseconds. */
    record Result(long count, double rate, double p50, double p95) {}

    private Load() {}

    static Result run(int workers, Duration time, Callable<? extends Worker> maker) throws Exception {
        var made = new ArrayList<Worker>();
        for (int each = 0; each < workers; each++) {
            made.add(maker.call());
        }
        try (var threads = Executors.newFixedThreadPool(workers)) {
            long start = System.nanoTime();
            long end = start + time.toNanos();
            List<Future<long[]>> running =
                    made.stream().map(worker -> threads.submit(() -> until(end, worker))).toList();
            LongStream all = LongStream.empty();
            for (Future<long[]> each : running) {
                all = LongStream.concat(all, Arrays.stream(each.get()));
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            long[] nanos = all.sorted().toArray();
            return new Result(
                    nanos.length,
                    nanos.length / seconds,
                    Spread.percentile(nanos, 0.5) / 1e6,
                    Spread.percentile(nanos, 0.95) / 1e6);
        } finally {
            for (Worker worker : made) {
                worker.close();
            }
        }
    }

    private static long[] until(long end, Worker worker) throws Exception {
        long[] nanos = new long[1024];
        int count = 0;
        for (long before = System.nanoTime(); before < end; ) {
            worker.once();
            long after = System.nanoTime();
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * count);
            }
            nanos[count++] = after - before;
            before = after;
        }
        return Arrays.copyOf(nanos, count);
    }
}
