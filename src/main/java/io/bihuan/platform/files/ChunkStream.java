package io.bihuan.platform.files;

import io.bihuan.platform.Refused;
import java.io.InputStream;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads a stored file one chunk at a time; between two chunks it holds no connection, however slow its reader is. */
final class ChunkStream extends InputStream {
    private final JdbcClient jdbc;
    private final UUID content;
    private final long size;
    private byte[] chunk = new byte[0];
    private int position;
    private int number;
    private long loaded;

    ChunkStream(JdbcClient jdbc, UUID content, long size) {
        this.jdbc = jdbc;
        this.content = content;
        this.size = size;
    }

    @Override
    public int read() {
        return hasMore() ? chunk[position++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (!hasMore()) {
            return -1;
        }
        int count = Math.min(length, chunk.length - position);
        System.arraycopy(chunk, position, target, offset, count);
        position += count;
        return count;
    }

    private boolean hasMore() {
        if (position < chunk.length) {
            return true;
        }
        if (loaded == size) {
            return false;
        }
        chunk = jdbc.sql("select data from platform.file_chunk where content_id = :content and number = :number")
                .param("content", content)
                .param("number", number)
                .query((row, index) -> row.getBytes(1))
                .optional()
                .orElseThrow(() -> new Refused("platform.file.gone"));
        number++;
        position = 0;
        loaded += chunk.length;
        return true;
    }
}
