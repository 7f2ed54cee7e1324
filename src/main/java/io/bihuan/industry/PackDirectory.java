package io.bihuan.industry;

import io.bihuan.pack.PackFolder;
import io.bihuan.pack.PackInvalid;
import io.bihuan.pack.PackProblem;
import io.bihuan.pack.Position;
import io.bihuan.web.Phrase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A pack as a folder on a disk: what its author edits, and what goes into a repository. */
final class PackDirectory {
    private PackDirectory() {}

    /** The pack in a folder or a zip file. */
    static PackFolder read(Path path) throws IOException {
        if (Files.isRegularFile(path)) {
            try (InputStream in = Files.newInputStream(path)) {
                return PackZip.read(in, String.valueOf(path.getFileName()));
            }
        }
        var files = new TreeMap<String, byte[]>();
        for (Path folder : List.of(path, path.resolve("base"))) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> found = Files.list(folder)) {
                    for (Path file : found.filter(each -> each.toString().endsWith(".yaml"))
                            .toList()) {
                        String name = String.valueOf(file.getFileName());
                        files.put(folder.equals(path) ? name : PackFolder.BASE + name, Files.readAllBytes(file));
                    }
                }
            }
        }
        if (!files.containsKey("pack.yaml")) {
            throw new PackInvalid(List.of(new PackProblem(
                    new Position(path.toString(), 1, 1), Phrase.of("industry.problem.noPackInFolder"))));
        }
        return new PackFolder(String.valueOf(path.toRealPath().getFileName()), files);
    }

    /** Writes the files into a new or empty folder. */
    static void write(PackFolder pack, Path folder) throws IOException {
        for (var file : pack.files().entrySet()) {
            Path target = folder.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.write(target, file.getValue());
        }
    }
}
