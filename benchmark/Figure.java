package benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was measured with that many complaints, and between what it lay. Each is kept as a line of JSON in
 * {@code target/benchmark/figures}, so that sizes can be measured one by one and a run goes on where it was interrupted.
 */
record Figure(String part, long complaints, String name, String unit, double median, double least, double most) {
    /** The name of the line that says that a part was measured whole. */
    private static final String WHOLE = "(whole)";

    private static final Path FOLDER = Application.DATA.resolve("figures");
    private static final JsonMapper JSON = JsonMapper.shared();

    static Figure of(String part, long complaints, String name, String unit, Spread spread) {
        return new Figure(part, complaints, name, unit, spread.median(), spread.least(), spread.most());
    }

    /** The figures of the parts and sizes so far; of one that was measured again only the newer. */
    static List<Figure> kept() throws IOException {
        var kept = new LinkedHashMap<String, Figure>();
        if (Files.isDirectory(FOLDER)) {
            try (var files = Files.newDirectoryStream(FOLDER, "*.jsonl")) {
                for (Path file : files) {
                    for (String line : Files.readAllLines(file)) {
                        Figure each = JSON.readValue(line, Figure.class);
                        kept.put(each.part + "/" + each.complaints + "/" + each.name + "/" + each.unit, each);
                    }
                }
            }
        }
        return new ArrayList<>(kept.values());
    }

    static boolean isWhole(String part, long complaints) throws IOException {
        return kept().stream()
                .anyMatch(each -> each.part.equals(part) && each.complaints == complaints && each.name.equals(WHOLE));
    }

    static void whole(String part, long complaints) throws IOException {
        new Figure(part, complaints, WHOLE, "", 0, 0, 0).keep();
    }

    boolean isMark() {
        return name.equals(WHOLE);
    }

    Figure keep() throws IOException {
        Files.createDirectories(FOLDER);
        Files.writeString(
                FOLDER.resolve(complaints + ".jsonl"),
                JSON.writeValueAsString(this) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        return this;
    }
}
