package io.bihuan.platform.files;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** The SHA-256 of a file's content as 64 lower-case hexadecimal digits: the name under which it is stored. */
public record FileHash(String hex) {
    static final int BYTES = 32;

    public FileHash {
        if (!hex.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("not a SHA-256: " + hex);
        }
    }

    static FileHash of(byte[] bytes) {
        return new FileHash(HexFormat.of().formatHex(bytes));
    }

    /** Reads what stands in an address; empty when it is no hash. */
    public static Optional<FileHash> parse(String text) {
        String hex = text.toLowerCase(Locale.ROOT);
        return hex.matches("[0-9a-f]{64}") ? Optional.of(new FileHash(hex)) : Optional.empty();
    }

    byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
