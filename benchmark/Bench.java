package benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs the benchmarks that its arguments name, all by default, and ends with 1 when a figure is beyond its bound. */
final class Bench {
    /** One benchmark; it prints its figures and gives what is beyond its bound. */
    interface Part {
        List<String> run() throws Exception;
    }

    /** In the folder that is read and written. */
    private static final long COMPLAINTS = Long.getLong("benchmark.complaints", 100_000);

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        Map<Boolean, List<String>> read =
                Stream.of(arguments).collect(Collectors.partitioningBy(each -> each.matches("\\d{1,9}")));
        List<String> named = read.get(false);
        var number = read.get(true).stream().mapToLong(Long::parseLong).findFirst();
        Duration minutes = Duration.ofMinutes(number.orElse(10));
        Map<String, Part> parts = new LinkedHashMap<>();
        parts.put("fill", () -> Fill.run(number.orElse(COMPLAINTS)));
        Growth.PARTS.forEach((name, part) -> parts.put(name, () -> Growth.whole(name, part, COMPLAINTS)));
        parts.put("firing", Firing::run);
        parts.put("intake", () -> Mixed.run(minutes));
        parts.put("day", () -> Day.run(minutes, Boolean.getBoolean("benchmark.profile")));
        parts.put("arithmetic", Arithmetic::run);
        parts.put("oracle", Oracle::run);
        parts.put("packs", Industries::run);
        List<String> wanted = named.isEmpty() ? List.copyOf(parts.keySet()) : named;
        parts.put("growth", Growth::run); // hours: only by its name
        parts.put("profile", () -> Day.run(minutes, true));
        Machine.print();
        var beyond = new ArrayList<String>();
        for (String name : wanted) {
            Part part = parts.get(name);
            if (part == null) {
                System.out.println(name + "? " + String.join(" | ", parts.keySet()));
                System.exit(2);
            }
            System.out.println("\n## " + name + "\n");
            System.out.println(Yardstick.now());
            beyond.addAll(part.run());
            System.out.println("\n" + Yardstick.now());
        }
        System.out.println();
        beyond.forEach(figure -> System.out.println("BEYOND ITS BOUND: " + figure));
        System.out.println(beyond.isEmpty() ? "All figures are within their bounds." : "");
        System.exit(beyond.isEmpty() ? 0 : 1);
    }
}
