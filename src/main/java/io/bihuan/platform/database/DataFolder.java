package io.bihuan.platform.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What lies where in {@code bihuan.data}; readable by the owner only. */
record DataFolder(Path root) {
    static final String DATABASE = "bihuan";
    private static final SecureRandom RANDOM = new SecureRandom();

    static DataFolder at(Path folder) {
        try {
            createPrivately(folder.toAbsolutePath());
            return new DataFolder(folder.toRealPath());
        } catch (IOException e) {
            throw new CannotStart(
                    "The data folder " + folder.toAbsolutePath() + " cannot be created or read: " + e + ".",
                    "Give this user the right to write there, or set bihuan.data to another folder.",
                    e);
        }
    }

    Path cluster() {
        return root.resolve("postgres");
    }

    Path unfinishedCluster() {
        return root.resolve("postgres.new");
    }

    Path binaries() {
        return root.resolve("binaries");
    }

    Path lock() {
        return root.resolve("lock");
    }

    Path log() {
        return root.resolve("postgres.log");
    }

    Path superuserPassword() {
        return root.resolve("secrets/superuser.password");
    }

    private Path password() {
        return root.resolve("secrets/database.password");
    }

    private Path masterKey() {
        return root.resolve("secrets/master.key");
    }

    private Path portFile() {
        return root.resolve("port");
    }

    boolean hasCluster() {
        return Files.exists(cluster().resolve("PG_VERSION"));
    }

    /** Makes passwords and the master key once; with a database already there they must be there too. */
    void prepareSecrets() throws IOException {
        for (Path secret : List.of(superuserPassword(), password(), masterKey())) {
            if (Files.exists(secret)) {
                continue;
            }
            if (hasCluster()) {
                throw new CannotStart(
                        secret + " is missing, but " + cluster() + " holds a database that needs it.",
                        "Put the file back from your back-up of the data folder. Personal data cannot be read without"
                                + " the master key it was written with.");
            }
            createPrivately(secret.getParent());
            var bytes = new byte[32];
            RANDOM.nextBytes(bytes);
            write(
                    secret,
                    secret.equals(masterKey())
                            ? Base64.getEncoder().encodeToString(bytes)
                            : HexFormat.of().formatHex(bytes));
        }
    }

    ServerAccess access(int port) throws IOException {
        return new ServerAccess(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE, DATABASE, read(password()), read(masterKey()));
    }

    /** The port of the last start, or null. */
    @Nullable
    Integer lastPort() throws IOException {
        if (!Files.exists(portFile())) {
            return null;
        }
        try {
            return Integer.valueOf(read(portFile()));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    void keepPort(int port) throws IOException {
        write(portFile(), Integer.toString(port));
    }

    static String read(Path file) throws IOException {
        return Files.readString(file).strip();
    }

    /** Writes a file for the owner's eyes only: it is there whole and on disk, or not at all. */
    static void write(Path file, String text) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(unfinished);
        try (var channel = FileChannel.open(
                unfinished,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            var bytes = ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    static void createPrivately(@Nullable Path folder) throws IOException {
        if (folder != null && !Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(file);
            }
        }
    }
}
