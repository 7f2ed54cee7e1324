package io.bihuan.platform.database;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The PostgreSQL programs that the application carries, unpacked once per content. */
final class Binaries {
    private Binaries() {}

    /** The folder with {@code bin}, {@code lib} and {@code share} in it; unpacks it below the cache if it is not there. */
    static Path in(Path cache) throws IOException {
        URL archive = archive();
        Path unpacked = cache.resolve("postgres-" + content(archive));
        if (Files.isDirectory(unpacked)) {
            return unpacked;
        }
        DataFolder.createPrivately(cache);
        Path unfinished = Files.createTempDirectory(cache, "unpacking");
        try (var input = new BufferedInputStream(archive.openStream())) {
            unpack(input, unfinished);
            try {
                Files.move(unfinished, unpacked, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileSystemException e) {
                if (!Files.isDirectory(unpacked)) {
                    throw e;
                }
            }
        } finally {
            DataFolder.deleteTree(unfinished);
        }
        return unpacked;
    }

    private static URL archive() {
        String system = System.getProperty("os.name", "");
        String processor = System.getProperty("os.arch", "");
        String name =
                switch (processor.toLowerCase(Locale.ROOT)) {
                    case "amd64", "x86_64" -> "/postgres-linux-x86_64.txz";
                    case "aarch64", "arm64" -> "/postgres-linux-arm_64.txz";
                    default -> "/none";
                };
        URL found = system.equals("Linux") ? Binaries.class.getResource(name) : null;
        if (found == null) {
            throw new CannotStart(
                    "There is no embedded PostgreSQL for " + system + " on " + processor + ".",
                    "Set spring.datasource.url, spring.datasource.username and spring.datasource.password to a PostgreSQL"
                            + " 15 or newer.");
        }
        return found;
    }

    /** Names the content without reading 15 MB at each start: the jar's directory knows checksum and size. */
    private static String content(URL archive) throws IOException {
        URLConnection connection = archive.openConnection();
        if (connection instanceof JarURLConnection jar && jar.getJarEntry() != null) {
            return name(jar.getJarEntry().getCrc(), jar.getJarEntry().getSize());
        }
        try (var input = new CheckedInputStream(connection.getInputStream(), new CRC32())) {
            long size = input.transferTo(OutputStream.nullOutputStream());
            return name(input.getChecksum().getValue(), size);
        }
    }

    private static String name(long checksum, long size) {
        return "%08x-%d".formatted(checksum, size);
    }

    private static void unpack(InputStream packed, Path folder) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZCompressorInputStream(packed))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder)) {
                    throw new IOException("The archive leaves its folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                    continue;
                }
                Files.createDirectories(target.getParent());
                if (entry.isSymbolicLink()) {
                    createLink(target, entry.getLinkName());
                } else if (entry.isLink()) {
                    Files.createLink(target, folder.resolve(entry.getLinkName()));
                } else {
                    Files.copy(tar, target);
                    if ((entry.getMode() & 0100) != 0) {
                        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
                    }
                }
            }
        }
    }

    private static void createLink(Path link, String to) throws IOException {
        try {
            Files.createSymbolicLink(link, Path.of(to));
        } catch (FileAlreadyExistsException e) {
            Files.delete(link);
            Files.createSymbolicLink(link, Path.of(to));
        }
    }
}
