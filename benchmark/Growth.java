package benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The same figures with more and more complaints: what was not measured yet is measured, then all is drawn and listed. Whatever
 * grows faster than the logarithm of the number of complaints, beyond the spread of its rounds, is marked.
 */
final class Growth {
    /** A benchmark of a folder with that many complaints. */
    interface Part {
        List<String> run(long complaints) throws Exception;
    }

    /** Those that hardly change the folder come first. */
    static final Map<String, Part> PARTS = new LinkedHashMap<>();

    static {
        PARTS.put("reading", Reading::run);
        PARTS.put("similar", Similar::run);
        PARTS.put("start", Starts::run);
        PARTS.put("disk", Disk::run);
        PARTS.put("index", Refilling::run);
        PARTS.put("registration", Registrations::run);
        PARTS.put("lag", Lag::run);
    }

    private static final List<Long> SIZES = Arrays.stream(System.getProperty("benchmark.sizes", "10000,100000,1000000")
                    .split(","))
            .map(Long::valueOf)
            .toList();
    private static final List<String> WANTED =
            List.of(System.getProperty("benchmark.parts", String.join(",", PARTS.keySet()))
                    .split(","));
    private static final String MARK = "**";
    private static final Path PICTURE = Path.of("docs", "growth.svg");
    private static final Path TABLE = Application.DATA.resolve("growth.md");

    private Growth() {}

    static List<String> run() throws Exception {
        var beyond = new ArrayList<String>();
        for (long size : SIZES) {
            for (String name : WANTED) {
                if (!Figure.isWhole(name, size)) {
                    System.out.printf("%n### %s, %,d complaints%n%n", name, size);
                    whole(name, PARTS.get(name), size).forEach(each -> beyond.add(size + " complaints: " + each));
                }
            }
        }
        List<Figure> kept =
                Figure.kept().stream().filter(each -> !each.isMark()).toList();
        Files.writeString(PICTURE, Picture.of(kept));
        Files.writeString(TABLE, table(kept, line -> true));
        System.out.println("\n" + table(kept, Growth::isTold));
        System.out.println(PICTURE + " is drawn; " + TABLE + " has all figures.");
        return beyond;
    }

    /** Runs it and keeps that it ran to its end. */
    static List<String> whole(String name, Part part, long complaints) throws Exception {
        List<String> beyond = part.run(complaints);
        Figure.whole(name, complaints);
        return beyond;
    }

    /** Of the hundreds of pages only those that are drawn or marked. */
    private static boolean isTold(List<Figure> line) {
        Figure any = line.getFirst();
        return !any.part().equals("reading")
                || Picture.shows(any)
                || growth(line).contains(MARK);
    }

    /** A figure at every size. */
    private static String table(List<Figure> kept, Predicate<List<Figure>> isTold) {
        var lines = new LinkedHashMap<String, Map<Long, Figure>>();
        var sizes = new TreeMap<Long, Boolean>();
        for (Figure each : kept) {
            lines.computeIfAbsent(each.name() + " | " + each.unit(), name -> new TreeMap<>())
                    .put(each.complaints(), each);
            sizes.put(each.complaints(), true);
        }
        var table = new StringBuilder("| figure | unit |");
        sizes.keySet().forEach(size -> table.append(String.format(Locale.ROOT, " %,d |", size)));
        table.append(" times as much for ten times as many |\n|---|---|");
        table.repeat("--:|", sizes.size() + 1).append('\n');
        lines.values().removeIf(figures -> !isTold.test(List.copyOf(figures.values())));
        lines.forEach((name, figures) -> {
            table.append("| ").append(name).append(" |");
            for (long size : sizes.keySet()) {
                Figure figure = figures.get(size);
                table.append(figure == null ? " |" : " " + number(figure.median()) + " |");
            }
            table.append(' ').append(growth(List.copyOf(figures.values()))).append(" |\n");
        });
        return table.toString();
    }

    /** From each size to the next, as if that were ten times as many; bold what is marked. */
    private static String growth(List<Figure> figures) {
        var words = new ArrayList<String>();
        for (int each = 1; each < figures.size(); each++) {
            Figure less = figures.get(each - 1);
            Figure more = figures.get(each);
            if (less.median() > 0) {
                double decades = Math.log10((double) more.complaints() / less.complaints());
                String factor = "%.2f".formatted(Math.pow(more.median() / less.median(), 1 / decades));
                words.add(isFaster(less, more) ? MARK + factor + MARK : factor);
            }
        }
        return String.join(", ", words);
    }

    /** Even the least of the larger is more than the most of the smaller, times what the logarithm grew by. */
    private static boolean isFaster(Figure less, Figure more) {
        double logarithm = Math.log(more.complaints()) / Math.log(less.complaints());
        boolean isCost = less.unit().startsWith("ms")
                || less.unit().equals("s")
                || less.unit().equals("MB");
        return isCost && more.least() > less.most() * logarithm;
    }

    private static String number(double value) {
        int decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    static Optional<Figure> find(List<Figure> kept, String name, String unit, long complaints) {
        return kept.stream()
                .filter(each -> each.name().equals(name) && each.unit().equals(unit) && each.complaints() == complaints)
                .findFirst();
    }
}
