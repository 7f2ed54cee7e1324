package io.bihuan.complaint;

import io.bihuan.platform.Actor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;

/** How the events of one complaint are chained: SHA-256 over every stored column and the hash before. */
final class Chain {
    static final byte[] BEGINNING = new byte[32];

    private Chain() {}

    static byte[] hash(
            UUID complaintId,
            int sequence,
            Instant at,
            Actor actor,
            String type,
            byte[] data,
            int epoch,
            UUID id,
            byte[] previousHash) {
        byte[] who = actor.toString().getBytes(StandardCharsets.UTF_8);
        byte[] what = type.getBytes(StandardCharsets.UTF_8);
        // Lengths stand before what varies, so that no two contents run together to the same bytes.
        ByteBuffer fixed = ByteBuffer.allocate(16 + 4 + 8 + 4 + 16 + 12)
                .putLong(complaintId.getMostSignificantBits())
                .putLong(complaintId.getLeastSignificantBits())
                .putInt(sequence)
                .putLong(micros(at))
                .putInt(epoch)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .putInt(who.length)
                .putInt(what.length)
                .putInt(data.length);
        MessageDigest digest = sha256();
        digest.update(fixed.array());
        digest.update(who);
        digest.update(what);
        digest.update(data);
        digest.update(previousHash);
        return digest.digest();
    }

    static long micros(Instant at) {
        return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1000);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
