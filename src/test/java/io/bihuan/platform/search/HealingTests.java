package io.bihuan.platform.search;

import static io.bihuan.platform.search.Samples.document;
import static io.bihuan.platform.search.Samples.query;
import static io.bihuan.platform.search.Samples.shown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealingTests {
    private static final String SCHEMA = "healing 1";

    @TempDir
    private Path temporary;

    private Path sound;

    @BeforeEach
    void writeASoundIndex() {
        sound = temporary.resolve("sound");
        try (var index = SearchIndex.open(sound, SCHEMA)) {
            for (int i = 0; i < 100; i++) {
                index.update(document("d" + i, i, "空调漏水 KFR-35GW " + i));
                if (i % 40 == 39) {
                    index.commit(Map.of("position", String.valueOf(i)));
                }
            }
            index.delete("d3");
            index.commit(Map.of("position", "100"));
        }
    }

    @Test
    void aFolderWithoutIndexIsEmpty() {
        try (var index = SearchIndex.open(temporary.resolve("not/yet/there"), SCHEMA)) {
            assertThat(index.opening().state()).isEqualTo(Opening.State.EMPTY);
            assertThat(index.opening().isBlank()).isTrue();
            assertWorks(index);
        }
    }

    @Test
    void aSoundIndexStaysAsItIs() throws IOException {
        Path copy = copy("copy");
        try (var index = SearchIndex.open(copy, SCHEMA)) {
            assertThat(index.opening()).isEqualTo(new Opening(Opening.State.INTACT, "99 documents"));
            assertThat(index.committed()).isEqualTo(Map.of("position", "100"));
            assertThat(index.size()).isEqualTo(99);
        }
    }

    @Test
    void aMissingFileIsHealed() throws IOException {
        for (String file : indexFiles()) {
            Path copy = copy("without " + file);
            Files.delete(copy.resolve(file));
            assertHealed(copy, file);
        }
    }

    @Test
    void aCutFileIsHealed() throws IOException {
        for (String file : indexFiles()) {
            for (double part : new double[] {0, 0.7}) {
                Path copy = copy("cut " + part + file);
                try (var channel = FileChannel.open(copy.resolve(file), StandardOpenOption.WRITE)) {
                    channel.truncate((long) (channel.size() * part));
                }
                assertHealed(copy, file + " cut to " + part);
            }
        }
    }

    @Test
    void aFlippedBitIsHealed() throws IOException {
        var random = new Random(7);
        for (String file : indexFiles()) {
            for (int i = 0; i < 6; i++) {
                Path copy = copy("flipped " + i + file);
                byte[] bytes = Files.readAllBytes(copy.resolve(file));
                int at = i == 0 ? 0 : i == 1 ? bytes.length - 1 : random.nextInt(bytes.length);
                bytes[at] ^= (byte) (1 << random.nextInt(8));
                Files.write(copy.resolve(file), bytes);
                assertHealed(copy, file + " at " + at);
            }
        }
    }

    @Test
    void anIndexOfAnotherSchemaIsBuiltAnew() throws IOException {
        Path copy = copy("older");
        try (var index = SearchIndex.open(copy, "healing 2")) {
            assertThat(index.opening().state()).isEqualTo(Opening.State.REBUILT_VERSION);
            assertThat(index.opening().reason()).contains(SCHEMA, "healing 2");
            assertThat(index.committed()).isEmpty();
            assertWorks(index);
        }
        try (var index = SearchIndex.open(copy, "healing 2")) {
            assertThat(index.opening().state()).isEqualTo(Opening.State.INTACT);
        }
    }

    @Test
    void filesOfAnInterruptedFlushDisturbNothing() throws IOException {
        Path copy = copy("interrupted");
        Files.writeString(copy.resolve("_9z.cfs"), "half");
        Files.writeString(copy.resolve("pending_segments_zz"), "half");
        try (var index = SearchIndex.open(copy, SCHEMA)) {
            assertThat(index.opening().state()).isEqualTo(Opening.State.INTACT);
            assertThat(index.size()).isEqualTo(99);
        }
    }

    @Test
    void filesOfOthersInTheFolderAreLeftAlone() throws IOException {
        Path copy = copy("shared");
        Files.writeString(copy.resolve("letter.txt"), "dear");
        Files.createDirectories(copy.resolve("sub"));
        Files.delete(copy.resolve(indexFiles().getFirst()));
        assertHealed(copy, "shared");
        assertThat(copy.resolve("letter.txt")).hasContent("dear");
        assertThat(copy.resolve("sub")).isDirectory();
    }

    @Test
    void aFileInPlaceOfTheFolderIsSetAside() throws IOException {
        Path place = Files.writeString(temporary.resolve("place"), "something");
        assertHealed(place, "file");
        assertThat(temporary.resolve("place.aside")).hasContent("something");
    }

    @Test
    void aLockLeftByADeadProcessIsNoHindrance() throws IOException {
        Path copy = copy("locked");
        Files.writeString(copy.resolve("write.lock"), "");
        try (var index = SearchIndex.open(copy, SCHEMA)) {
            assertThat(index.opening().state()).isEqualTo(Opening.State.INTACT);
        }
    }

    @Test
    void aFolderOpenInThisProcessIsNotOpenedTwice() {
        try (var first = SearchIndex.open(sound, SCHEMA)) {
            assertThatThrownBy(() -> SearchIndex.open(sound, "healing 2"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(sound.toString());
            assertThat(first.size()).isEqualTo(99);
        }
    }

    @Test
    void afterAKillTheLastCommitStandsWithItsPosition() throws Exception {
        Path folder = temporary.resolve("killed");
        Process feeder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Xmx128m",
                        "--enable-native-access=ALL-UNNAMED",
                        EndlessFeeder.class.getName(),
                        folder.toString(),
                        SCHEMA)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(feeder.getInputStream().read())
                    .as("the feeder is at work")
                    .isEqualTo('!');
            assertThatThrownBy(() -> SearchIndex.open(folder, SCHEMA))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("another running process");
        } finally {
            feeder.destroyForcibly();
            assertThat(feeder.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        try (var index = SearchIndex.open(folder, SCHEMA)) {
            assertThat(index.opening().state()).isEqualTo(Opening.State.INTACT);
            int position = Integer.parseInt(index.committed().getOrDefault("position", "-1"));
            assertThat(position).isGreaterThanOrEqualTo(EndlessFeeder.BATCH);
            assertThat(index.size()).isEqualTo(position);
            assertThat(index.search(query(EndlessFeeder.word(position - 1))).ids())
                    .containsExactly("d" + (position - 1));
            assertWorks(index);
        }
    }

    private static void assertHealed(Path folder, String damage) {
        try (var index = SearchIndex.open(folder, SCHEMA)) {
            assertThat(index.opening().state()).as(damage).isEqualTo(Opening.State.REBUILT_CORRUPT);
            assertThat(index.opening().reason()).as(damage).isNotBlank();
            assertThat(index.committed()).as(damage).isEmpty();
            assertThat(index.size()).as(damage).isZero();
            assertWorks(index);
        }
    }

    private static void assertWorks(SearchIndex index) {
        index.update(document("new", Long.MAX_VALUE, "重建之后"));
        index.commit(Map.of("position", "1"));
        shown(index, "new");
        assertThat(index.search(query("建之")).ids()).containsExactly("new");
    }

    private Path copy(String name) throws IOException {
        Path copy = Files.createDirectory(temporary.resolve(name));
        for (String file : indexFiles()) {
            Files.copy(sound.resolve(file), copy.resolve(file));
        }
        return copy;
    }

    private List<String> indexFiles() throws IOException {
        try (var files = Files.list(sound)) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("write.lock"))
                    .sorted()
                    .toList();
            assertThat(names).hasSizeGreaterThan(3);
            return names;
        }
    }
}
