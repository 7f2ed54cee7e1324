package benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Processor time of processes and of the machine, in milliseconds, as Linux counts it: in hundredths of a second. */
final class Processor {
    private static final int TICK = 10;
    /** utime, stime and the same of the children that were waited for, counted after the name. */
    private static final int OWN = 11;

    private static final int WAITED_FOR = 13;
    private static final int PARENT = 1;

    private Processor() {}

    /** What stands in {@code /proc/…/stat} after the name, which may hold blanks. */
    private static String[] stat(Path file) throws IOException {
        String line = Files.readString(file);
        return line.substring(line.lastIndexOf(')') + 2).split(" ");
    }

    private static long of(String[] stat, int from) {
        return (Long.parseLong(stat[from]) + Long.parseLong(stat[from + 1])) * TICK;
    }

    static long of(long pid) throws IOException {
        return of(stat(Path.of("/proc/" + pid + "/stat")), OWN);
    }

    /** Of a server and all its children, those that ended too. */
    static long withChildren(long pid) throws IOException {
        String[] server = stat(Path.of("/proc/" + pid + "/stat"));
        long sum = of(server, OWN) + of(server, WAITED_FOR);
        for (Path process : processes()) {
            try {
                String[] child = stat(process.resolve("stat"));
                if (Long.parseLong(child[PARENT]) == pid) {
                    sum += of(child, OWN);
                }
            } catch (IOException e) {
                // It has ended: its time is its parent's from now on.
            }
        }
        return sum;
    }

    private static List<Path> processes() throws IOException {
        var found = new ArrayList<Path>();
        try (var all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            all.forEach(found::add);
        }
        return found;
    }

    /** Of the threads of a JVM by what they do: application, compilers, collector. */
    static Map<String, Long> threads(long pid) throws IOException {
        var sums = new TreeMap<String, Long>();
        try (var all = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (Path thread : all) {
                try {
                    String name = Files.readString(thread.resolve("comm")).strip();
                    sums.merge(kind(name), of(stat(thread.resolve("stat")), OWN), Long::sum);
                } catch (IOException e) {
                    // It has ended.
                }
            }
        }
        return sums;
    }

    private static String kind(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("c1 compiler") || lower.startsWith("c2 compiler")) {
            return "compilers";
        }
        return lower.startsWith("vm thread") || lower.startsWith("gc thread") || lower.startsWith("g1 ")
                ? "collector"
                : "application";
    }

    /** Threads of the system that a process has. */
    static long count(long pid) throws IOException {
        try (var all = Files.list(Path.of("/proc/" + pid + "/task"))) {
            return all.count();
        }
    }

    /** What all cores did since the start: {@code [busy, idle]}. */
    static long[] machine() throws IOException {
        String line =
                Files.readString(Path.of("/proc/stat")).lines().findFirst().orElseThrow();
        String[] ticks = line.strip().split("\\s+");
        long idle = Long.parseLong(ticks[4]) + Long.parseLong(ticks[5]);
        long all = 0;
        for (int each = 1; each <= 8; each++) {
            all += Long.parseLong(ticks[each]);
        }
        return new long[] {(all - idle) * TICK, idle * TICK};
    }

    /** How long somebody had to wait for a core since the start; -1 where the system does not say. */
    static long pressure() {
        try {
            String line = Files.readString(Path.of("/proc/pressure/cpu"))
                    .lines()
                    .findFirst()
                    .orElseThrow();
            return Long.parseLong(line.substring(line.lastIndexOf('=') + 1)) / 1000;
        } catch (IOException | RuntimeException e) {
            return -1;
        }
    }
}
