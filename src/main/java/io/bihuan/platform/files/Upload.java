package io.bihuan.platform.files;

import io.bihuan.platform.Ids;
import io.bihuan.platform.Writes;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import javax.sql.DataSource;

/** The bytes of one file on their way into the database, never more than a chunk of them in memory. */
final class Upload extends OutputStream {
    static final int CHUNK = 256 * 1024;

    private final DataSource database;
    private final Caution caution;
    private final Instant startedAt;
    private final UUID id = Ids.next();
    private final MessageDigest digest;
    private final byte[] chunk = new byte[CHUNK];
    private int filled;
    private int chunks;
    private long size;

    Upload(DataSource database, Caution caution, Instant startedAt) {
        this.database = database;
        this.caution = caution;
        this.startedAt = startedAt;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    UUID id() {
        return id;
    }

    long size() {
        return size;
    }

    boolean hasStarted() {
        return chunks > 0;
    }

    @Override
    public void write(int value) {
        if (filled == CHUNK) {
            flushChunk();
        }
        chunk[filled++] = (byte) value;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        int from = offset;
        int left = length;
        while (left > 0) {
            if (filled == CHUNK) {
                flushChunk();
            }
            int count = Math.min(left, CHUNK - filled);
            System.arraycopy(bytes, from, chunk, filled, count);
            filled += count;
            from += count;
            left -= count;
        }
    }

    /** Writes what is left and tells the hash of everything. */
    FileHash end() {
        if (filled > 0) {
            flushChunk();
        }
        return FileHash.of(digest.digest());
    }

    private void flushChunk() {
        byte[] data = Arrays.copyOf(chunk, filled);
        digest.update(data);
        caution.look(data);
        var writes = new Writes();
        if (chunks == 0) {
            writes.addOne(
                    "insert into platform.file_content (id, stage, started_at) values (?, 'uploading', ?)",
                    id,
                    startedAt);
        }
        writes.addOne("insert into platform.file_chunk (content_id, number, data) values (?, ?, ?)", id, chunks, data);
        writes.send(database);
        chunks++;
        size += filled;
        filled = 0;
    }
}
