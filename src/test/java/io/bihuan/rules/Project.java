package io.bihuan.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The files of this project as its rules see them: paths are relative, with slashes. */
public final class Project {
    private static final Path ROOT = Path.of("").toAbsolutePath();
    private static final Set<String> NOT_OURS = Set.of(".git", "target", "data", ".idea", ".vscode", "node_modules");
    private static final Set<String> BINARY = Set.of("png", "jpg", "ico", "webp", "gif", "woff2", "jar");

    /** One text file. */
    public record Text(String path, String content) {
        public String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }

        /** The line (from 1) of an offset. */
        public int line(int offset) {
            return 1
                    + (int) content.substring(0, offset)
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
        }

        /** A finding in the line of an offset. */
        public String finding(int offset, String what) {
            return path + ":" + line(offset) + ": " + what;
        }
    }

    private Project() {}

    /** The texts below a folder with one of the endings, or all when none is given. */
    public static List<Text> texts(String folder, String... endings) {
        var found = new ArrayList<Text>();
        try {
            Path start = ROOT.resolve(folder);
            if (!Files.exists(start)) {
                return List.of();
            }
            Files.walkFileTree(start, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    boolean isTop = ROOT.equals(folder.getParent());
                    boolean isOurs =
                            !isTop || !NOT_OURS.contains(folder.getFileName().toString());
                    return isOurs ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    String name = file.getFileName().toString();
                    boolean isWanted = endings.length == 0 || Stream.of(endings).anyMatch(name::endsWith);
                    if (isWanted && attributes.isRegularFile() && !BINARY.contains(name.replaceAll(".*\\.", ""))) {
                        String path = ROOT.relativize(file).toString().replace('\\', '/');
                        found.add(new Text(path, Files.readString(file)));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        found.sort((a, b) -> a.path().compareTo(b.path()));
        return found;
    }

    /** The Java sources of {@code main} or {@code test}. */
    public static List<JavaSource> java(String part) {
        return JavaSource.parse(texts("src/" + part + "/java", ".java"));
    }

    /** The modules, by their folders. */
    public static Set<String> modules() {
        try (var folders = Files.list(ROOT.resolve("src/main/java/io/bihuan"))) {
            var names = new TreeSet<String>();
            folders.filter(Files::isDirectory)
                    .forEach(folder -> names.add(folder.getFileName().toString()));
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
