package benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/** Where the application spends its processor time and its memory, by the flight recorder of the JVM. */
final class Profile {
    private static final String OURS = "io.bihuan.";
    /** What the templates become. */
    private static final String PAGES = "bihuanpages.";

    private static final int TOP = Integer.getInteger("benchmark.top", 10);

    /** Samples or bytes by place. */
    private static final class Sums {
        private final Map<String, Long> sums = new HashMap<>();
        private long all;

        void add(String place, long amount) {
            sums.merge(place, amount, Long::sum);
        }

        /** @param whole what all of it together is of that unit */
        void print(String title, double whole, String unit) {
            System.out.println("\n| " + title + " | % | " + unit + " |\n|---|--:|--:|");
            sums.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                    .limit(TOP)
                    .forEach(each -> {
                        double share = each.getValue() / (double) Math.max(1, all);
                        System.out.printf(
                                Locale.ROOT, "| %s | %.1f | %.1f |%n", each.getKey(), 100 * share, whole * share);
                    });
        }
    }

    private Profile() {}

    private static Path file(Application application) {
        return Application.DATA.resolve("day-" + application.pid() + ".jfr").toAbsolutePath();
    }

    static void begin(Application application) throws Exception {
        // The frames of the filters count too.
        System.out.println(application.tool("JFR.configure", "stackdepth=256").strip());
        System.out.println(application
                .tool("JFR.start", "name=day", "settings=profile", "jdk.CPUTimeSample#enabled=true")
                .strip());
    }

    static void end(Application application) throws Exception {
        System.out.println(application
                .tool("JFR.stop", "name=day", "filename=" + file(application))
                .strip());
    }

    /** @param processor milliseconds of processor time that the application took for a request */
    static void print(Application application, long requests, double processor) throws IOException {
        print(file(application), requests, processor);
    }

    private static String name(RecordedMethod method) {
        String type = method.getType().getName();
        String shortType = type.substring(type.lastIndexOf('.') + 1);
        return type.startsWith(OURS)
                ? type.substring(OURS.length()) + "." + method.getName()
                : (type.startsWith(PAGES) ? "page " + type.substring(PAGES.length()) : shortType) + "."
                        + method.getName();
    }

    /** Frames without the lambdas' own numbers. */
    private static String place(RecordedFrame frame) {
        return name(frame.getMethod())
                .replaceAll("lambda\\$([^$]+)\\$\\d+", "$1")
                .replaceAll("\\$\\$Lambda.*", "lambda");
    }

    private static boolean isOurs(RecordedFrame frame) {
        String type = frame.getMethod().getType().getName();
        return type.startsWith(OURS) || type.startsWith(PAGES);
    }

    /** What the time was for, by the innermost library or part of the platform that somebody would call one thing. */
    private static final List<Map.Entry<String, String>> PARTS = List.of(
            Map.entry("org.springframework.session.", "sessions"),
            Map.entry("org.springframework.security.", "Spring Security"),
            Map.entry("org.springframework.web.util.pattern.", "path patterns"),
            Map.entry("org.springframework.jdbc.", "Spring JDBC"),
            Map.entry("org.springframework.transaction.", "Spring transactions"),
            Map.entry("org.postgresql.", "driver of PostgreSQL"),
            Map.entry("com.zaxxer.hikari.", "pool"),
            Map.entry("gg.jte.", "JTE"),
            Map.entry(PAGES, "templates"),
            Map.entry("java.util.zip.", "compression"),
            Map.entry("javax.crypto.", "cryptography"),
            Map.entry("sun.security.", "cryptography"),
            Map.entry("com.sun.crypto.", "cryptography"),
            Map.entry("tools.jackson.", "JSON"),
            Map.entry("com.fasterxml.", "JSON"),
            Map.entry("org.apache.lucene.", "search index"),
            Map.entry("java.text.", "message formats"),
            Map.entry("java.time.format.", "formats of time"),
            Map.entry("java.util.regex.", "regular expressions"),
            Map.entry("org.apache.coyote.", "Tomcat"),
            Map.entry("org.apache.tomcat.", "Tomcat"),
            Map.entry("org.apache.catalina.", "Tomcat"),
            Map.entry("org.springframework.web.servlet.", "Spring MVC"),
            Map.entry("org.springframework.", "other Spring"));

    private static Set<String> parts(List<RecordedFrame> frames) {
        var found = new LinkedHashSet<String>();
        for (RecordedFrame frame : frames) {
            String type = frame.getMethod().getType().getName();
            for (var part : PARTS) {
                if (type.startsWith(part.getKey())) {
                    found.add(part.getValue());
                    break;
                }
            }
        }
        return found;
    }

    private static void print(Path file, long requests, double processor) throws IOException {
        var top = new Sums();
        var ownest = new Sums();
        var inclusive = new Sums();
        var controllers = new Sums();
        var parts = new Sums();
        var inParts = new Sums();
        var allocatedBy = new Sums();
        var allocated = new Sums();
        var waits = new Sums();
        var pinned = new Sums();
        long cpuSamples = 0;
        long walls = 0;
        try (var recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                RecordedEvent event = recording.readEvent();
                String type = event.getEventType().getName();
                switch (type) {
                    case "jdk.CPUTimeSample", "jdk.ExecutionSample" -> {
                        boolean isCpu = type.equals("jdk.CPUTimeSample");
                        cpuSamples += isCpu ? 1 : 0;
                        walls += isCpu ? 0 : 1;
                        if (event.getStackTrace() != null && isCpu) {
                            sampled(
                                    event.getStackTrace().getFrames(),
                                    1,
                                    top,
                                    ownest,
                                    inclusive,
                                    controllers,
                                    parts,
                                    inParts);
                        }
                    }
                    case "jdk.ObjectAllocationSample" -> {
                        if (event.getStackTrace() != null) {
                            List<RecordedFrame> frames = event.getStackTrace().getFrames();
                            long weight = event.getLong("weight");
                            allocated.all += weight;
                            allocatedBy.all += weight;
                            allocated.add(
                                    event.getClass("objectClass").getName() + " in "
                                            + frames.stream()
                                                    .filter(frame -> !frame.getMethod()
                                                            .getType()
                                                            .getName()
                                                            .startsWith("java."))
                                                    .findFirst()
                                                    .map(Profile::place)
                                                    .orElse("?"),
                                    weight);
                            allocatedBy.add(nearest(frames), weight);
                        }
                    }
                    case "jdk.JavaMonitorEnter", "jdk.ThreadPark" -> {
                        if (type.equals("jdk.JavaMonitorEnter") && event.getStackTrace() != null) {
                            waits.all += event.getDuration().toMillis();
                            waits.add(
                                    nearest(event.getStackTrace().getFrames()) + " for "
                                            + event.getClass("monitorClass").getName(),
                                    event.getDuration().toMillis());
                        }
                    }
                    case "jdk.VirtualThreadPinned" -> {
                        if (event.getStackTrace() != null) {
                            pinned.all += event.getDuration().toMillis();
                            pinned.add(
                                    nearest(event.getStackTrace().getFrames()),
                                    event.getDuration().toMillis());
                        }
                    }
                    default -> {
                        // not looked at
                    }
                }
            }
        }
        System.out.printf("%n%d samples of processor time (%d of the clock), %s.%n", cpuSamples, walls, file);
        double micros = processor * 1000;
        String time = "µs a request";
        parts.print("part, whatever it calls included", micros, time);
        inParts.print("part, itself", micros, time);
        controllers.print("page or work, everything included", micros, time);
        inclusive.print("method of ours, everything included", micros, time);
        ownest.print("nearest method of ours", micros, time);
        top.print("method", micros, time);
        String memory = "KB a request";
        allocatedBy.print("allocations by the nearest method of ours", allocatedBy.all / 1024.0 / requests, memory);
        allocated.print("allocations by place", allocated.all / 1024.0 / requests, memory);
        waits.print("waited for a monitor", waits.all, "ms in all");
        pinned.print("pinned virtual threads", pinned.all, "ms in all");
    }

    private static String nearest(List<RecordedFrame> frames) {
        return frames.stream()
                .filter(Profile::isOurs)
                .findFirst()
                .map(Profile::place)
                .orElse("none of ours");
    }

    private static void sampled(
            List<RecordedFrame> frames,
            long weight,
            Sums top,
            Sums ownest,
            Sums inclusive,
            Sums controllers,
            Sums parts,
            Sums inParts) {
        for (Sums each : List.of(top, ownest, inclusive, controllers, parts, inParts)) {
            each.all += weight;
        }
        if (frames.isEmpty()) {
            return;
        }
        top.add(place(frames.getFirst()), weight);
        ownest.add(nearest(frames), weight);
        var seen = new LinkedHashSet<String>();
        for (RecordedFrame frame : frames) {
            if (isOurs(frame)) {
                seen.add(place(frame));
            }
        }
        seen.forEach(place -> inclusive.add(place, weight));
        // The outermost of ours that is a controller or a loop.
        String entry = seen.stream()
                .filter(place -> place.contains("Controller.") || place.contains("Api."))
                .reduce((first, second) -> second)
                .orElseGet(() -> seen.stream().reduce((first, second) -> second).orElse("none of ours"));
        controllers.add(entry, weight);
        Set<String> within = parts(frames);
        within.forEach(part -> parts.add(part, weight));
        inParts.add(within.isEmpty() ? "Java alone" : within.iterator().next(), weight);
    }
}
