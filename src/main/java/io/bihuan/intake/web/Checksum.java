package io.bihuan.intake.web;

import io.bihuan.web.BadInput;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/** What a piece of an upload must come to: {@code sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=}. */
record Checksum(String algorithm, byte[] digest) {
    private static final Map<String, String> KNOWN = Map.of("sha1", "SHA-1", "sha256", "SHA-256");

    static String names() {
        return "sha1,sha256";
    }

    /** @throws BadInput when it is none, or by an algorithm that is not known here */
    static Checksum read(String header) {
        String[] parts = header.strip().split(" ", 2);
        String algorithm = KNOWN.get(parts[0]);
        if (parts.length != 2 || algorithm == null) {
            throw wrong();
        }
        try {
            return new Checksum(algorithm, Base64.getDecoder().decode(parts[1].strip()));
        } catch (IllegalArgumentException e) {
            throw wrong();
        }
    }

    private static BadInput wrong() {
        return new BadInput("/Upload-Checksum", "web.field.unreadable");
    }

    boolean fits(byte[] piece) {
        try {
            return MessageDigest.isEqual(
                    digest, MessageDigest.getInstance(algorithm).digest(piece));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
