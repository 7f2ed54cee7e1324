package io.bihuan.platform.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Real files of many kinds that are no part of the project; tests that need them are skipped where they are absent. */
final class SampleFiles {
    private SampleFiles() {}

    static List<Path> all() {
        Path folder = folder();
        try (var files = java.nio.file.Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(String name) throws IOException {
        return java.nio.file.Files.readAllBytes(folder().resolve(name));
    }

    private static Path folder() {
        String data = Optional.ofNullable(System.getenv("BIHUAN_DATA")).orElse("../shared/data");
        Path folder = Path.of(data, "files");
        Assumptions.assumeTrue(java.nio.file.Files.isDirectory(folder), "no sample files in " + folder);
        return folder;
    }
}
