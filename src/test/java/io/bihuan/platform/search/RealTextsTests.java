package io.bihuan.platform.search;

import static io.bihuan.platform.search.Samples.document;
import static io.bihuan.platform.search.Samples.shown;
import static io.bihuan.platform.search.Samples.walk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Complaints as people wrote them, where they are at hand. */
class RealTextsTests {
    private static final Pattern PURE_HAN = Pattern.compile("\\p{IsHan}+");

    @TempDir
    private Path folder;

    @Test
    void everyWindowOfTheCitizensComplaintsIsFound() throws IOException {
        everyWindowIsFound("messages/messages_replies.csv", 1_408, List.of(2, 4, 5));
    }

    @Test
    void everyWindowOfTheCarComplaintsIsFound() throws IOException {
        everyWindowIsFound("car/car_complaints.csv", 300, List.of(0, 1, 3, 9));
    }

    private void everyWindowIsFound(String name, int count, List<Integer> columns) throws IOException {
        String data = System.getenv().getOrDefault("BIHUAN_DATA", "../shared/data");
        Path file = Path.of(data, name);
        assumeTrue(Files.exists(file), () -> file + " is not here");
        List<List<String>> documents = new ArrayList<>();
        try (var records = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(Files.newBufferedReader(file))) {
            for (CSVRecord each : records) {
                documents.add(columns.stream().map(each::get).toList());
            }
        }
        assertThat(documents).hasSize(count);
        try (var index = SearchIndex.open(folder, "real")) {
            for (int i = 0; i < count; i++) {
                index.update(document("d" + i, i, documents.get(i).toArray(String[]::new)));
            }
            index.commit(Map.of());
            shown(index, "d" + (count - 1));
            var random = new Random(20_260_101);
            int han = 0;
            for (int i = 0; i < 400 || han < 200; i++) {
                int number = random.nextInt(count);
                List<String> texts = documents.get(number);
                String text = texts.get(random.nextInt(texts.size()));
                int[] codePoints = text.codePoints().toArray();
                int length = 2 + random.nextInt(5);
                if (codePoints.length < length) {
                    continue;
                }
                String window = new String(codePoints, random.nextInt(codePoints.length - length + 1), length);
                han += PURE_HAN.matcher(window).matches() ? 1 : 0;
                assertThat(walk(index, window, 50)).as("window «%s»", window).contains("d" + number);
            }
        }
    }
}
