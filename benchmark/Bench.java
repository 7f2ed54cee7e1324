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

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        Map<Boolean, List<String>> read =
                Stream.of(arguments).collect(Collectors.partitioningBy(each -> each.matches("\\d{1,4}")));
        List<String> named = read.get(false);
        Duration minutes = Duration.ofMinutes(
                read.get(true).stream().mapToLong(Long::parseLong).findFirst().orElse(10));
        Map<String, Part> parts = new LinkedHashMap<>();
        parts.put("registration", Registrations::run);
        parts.put("reading", Reading::run);
        parts.put("similar", Similar::run);
        parts.put("firing", Firing::run);
        parts.put("intake", () -> Mixed.run(minutes));
        parts.put("start", Starts::run);
        parts.put("arithmetic", Arithmetic::run);
        parts.put("oracle", Oracle::run);
        parts.put("packs", Industries::run);
        List<String> wanted = named.isEmpty() ? List.copyOf(parts.keySet()) : named;
        Machine.print();
        var beyond = new ArrayList<String>();
        for (String name : wanted) {
            Part part = parts.get(name);
            if (part == null) {
                System.out.println(name + "? " + String.join(" | ", parts.keySet()));
                System.exit(2);
            }
            System.out.println("\n## " + name + "\n");
            beyond.addAll(part.run());
        }
        System.out.println();
        beyond.forEach(figure -> System.out.println("BEYOND ITS BOUND: " + figure));
        System.out.println(beyond.isEmpty() ? "All figures are within their bounds." : "");
        System.exit(beyond.isEmpty() ? 0 : 1);
    }
}
