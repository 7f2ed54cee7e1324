package benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the figures were measured on. */
final class Machine {
    private Machine() {}

    static void print() throws IOException {
        System.out.printf(
                "%d cores (%s), %d GB memory, %s %s, Java %s, load %s%n",
                Runtime.getRuntime().availableProcessors(),
                core(),
                Long.parseLong(value("/proc/meminfo", "MemTotal").replaceAll("\\D", "")) >> 20,
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                Runtime.version(),
                Files.readString(Path.of("/proc/loadavg")).strip());
    }

    static String core() throws IOException {
        return value("/proc/cpuinfo", "model name");
    }

    private static String value(String file, String name) throws IOException {
        return Files.readAllLines(Path.of(file)).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("0");
    }

    /** Resident memory of a process in MB: now and at its highest. */
    static List<Long> resident(long pid) throws IOException {
        String status = "/proc/" + pid + "/status";
        return List.of(
                Long.parseLong(value(status, "VmRSS").replaceAll("\\D", "")) >> 10,
                Long.parseLong(value(status, "VmHWM").replaceAll("\\D", "")) >> 10);
    }
}
