package io.bihuan.industry;

import io.bihuan.pack.PackFolder;
import io.bihuan.pack.PackInvalid;
import io.bihuan.pack.PackProblem;
import io.bihuan.pack.Position;
import io.bihuan.web.Phrase;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A pack as a zip file: one folder of the pack's name with its files. What comes in is read as if an enemy had packed it: nothing is
 * ever written to a disk, names that lead out of the folder are refused, and sizes are counted while it is unpacked, not believed.
 */
public final class PackZip {
    static final int LARGEST_FILE = 1 << 20;
    static final int LARGEST_PACK = 5 << 20;
    static final int MOST_FILES = 200;

    private static final Pattern PATH = Pattern.compile("([a-z][a-z0-9-]{0,63}/){0,2}[a-z0-9][a-z0-9._-]{0,99}\\.yaml");
    private static final String IDENTITY = "pack.yaml";
    /** Systems add these to folders on their own. */
    private static final Pattern IGNORED =
            Pattern.compile("(__MACOSX/.*|(.*/)?(\\.DS_Store|Thumbs\\.db|desktop\\.ini))");

    private PackZip() {}

    /** Writes the folder. */
    public static void write(PackFolder folder, OutputStream out) throws IOException {
        try (var zip = new ZipOutputStream(out)) {
            for (var file : folder.files().entrySet()) {
                var entry = new ZipEntry(folder.name() + "/" + file.getKey());
                // The same content gives the same bytes, whenever it is written.
                entry.setTime(0);
                zip.putNextEntry(entry);
                zip.write(file.getValue());
                zip.closeEntry();
            }
        }
    }

    /**
     * The pack in a zip file: its files, or one folder with them. {@link PackInvalid} names everything that is wrong with the zip file
     * itself; what stands in the files is not looked at.
     *
     * @param name of the zip file, for what is said of it
     */
    public static PackFolder read(InputStream in, String name) throws IOException {
        var reading = new Reading(name);
        try (var zip = new ZipInputStream(in)) {
            ZipEntry entry = zip.getNextEntry();
            while (entry != null && reading.add(entry, zip)) {
                entry = zip.getNextEntry();
            }
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            reading.problem(name, "industry.problem.zip", String.valueOf(e.getMessage()));
        }
        return reading.folder();
    }

    /** What is found so far. */
    private static final class Reading {
        private final String zip;
        private final TreeMap<String, byte[]> files = new TreeMap<>();
        private final List<PackProblem> problems = new ArrayList<>();
        private int size;

        Reading(String zip) {
            this.zip = zip;
        }

        void problem(String file, String message, Object... arguments) {
            problems.add(new PackProblem(new Position(shortened(file), 1, 1), Phrase.of(message, arguments)));
        }

        /** False when nothing more is to be read. */
        boolean add(ZipEntry entry, InputStream in) throws IOException {
            String path = entry.getName();
            if (IGNORED.matcher(path).matches() || (entry.isDirectory() && !path.contains(".."))) {
                return true;
            }
            if (files.size() + problems.size() >= MOST_FILES) {
                problem(zip, "industry.problem.tooManyFiles", MOST_FILES);
                return false;
            }
            if (!PATH.matcher(path).matches()) {
                problem(path, "industry.problem.noPackFile");
                return true;
            }
            byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
            if (bytes.length > LARGEST_FILE) {
                problem(path, "industry.problem.fileTooLarge", LARGEST_FILE);
                return false;
            }
            size += bytes.length;
            if (size > LARGEST_PACK) {
                problem(zip, "industry.problem.packTooLarge", LARGEST_PACK);
                return false;
            }
            if (files.putIfAbsent(path, bytes) != null) {
                problem(path, "industry.problem.fileTwice");
            }
            return true;
        }

        private static String shortened(String path) {
            String plain = path.replaceAll("\\p{Cntrl}", "?");
            return plain.length() <= 100 ? plain : plain.substring(0, 100) + "…";
        }

        PackFolder folder() {
            if (problems.isEmpty() && !files.containsKey(IDENTITY)) {
                strip();
            }
            if (!problems.isEmpty()) {
                throw new PackInvalid(problems);
            }
            return new PackFolder(id(), files);
        }

        /** Takes the one folder away that everything stands in. */
        private void strip() {
            List<String> folders = files.keySet().stream()
                    .map(path -> path.substring(0, Math.max(0, path.indexOf('/'))))
                    .distinct()
                    .toList();
            if (folders.size() != 1 || !files.containsKey(folders.getFirst() + "/" + IDENTITY)) {
                problem(zip, "industry.problem.noIdentity", IDENTITY);
                return;
            }
            var inside = new TreeMap<String, byte[]>();
            files.forEach((path, bytes) ->
                    inside.put(path.substring(folders.getFirst().length() + 1), bytes));
            files.clear();
            files.putAll(inside);
        }

        /** As the pack calls itself; the check of the pack says what is wrong with it. */
        private String id() {
            try {
                var identity =
                        new YamlText(new String(Objects.requireNonNull(files.get(IDENTITY)), StandardCharsets.UTF_8));
                return identity.value(List.of("id")).orElse("");
            } catch (YAMLException e) {
                return "";
            }
        }
    }
}
