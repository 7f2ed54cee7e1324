package io.bihuan.mail;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Keeps the files of a mail in memory, for tests without a database. */
final class KeptFiles implements PartStore {
    final List<byte[]> contents = new ArrayList<>();

    @Override
    public Kept keep(InputStream content, String name, String declaredType) throws IOException {
        byte[] bytes = content.readAllBytes();
        contents.add(bytes);
        return new Kept(sha256(bytes), declaredType, bytes.length, null);
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
