package io.bihuan.complaint;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/** The root of a Merkle tree over leaves, with the domain separation of RFC 6962 §2.1. */
final class Merkle {
    private Merkle() {}

    static byte[] root(List<byte[]> leaves) {
        if (leaves.isEmpty()) {
            return Chain.sha256().digest();
        }
        List<byte[]> level = leaves.stream().map(Merkle::leaf).toList();
        while (level.size() > 1) {
            var above = new ArrayList<byte[]>(level.size() / 2 + 1);
            for (int i = 0; i < level.size(); i += 2) {
                above.add(i + 1 == level.size() ? level.get(i) : node(level.get(i), level.get(i + 1)));
            }
            level = above;
        }
        return level.getFirst();
    }

    private static byte[] leaf(byte[] content) {
        MessageDigest digest = Chain.sha256();
        digest.update((byte) 0);
        return digest.digest(content);
    }

    private static byte[] node(byte[] left, byte[] right) {
        MessageDigest digest = Chain.sha256();
        digest.update((byte) 1);
        digest.update(left);
        return digest.digest(right);
    }
}
