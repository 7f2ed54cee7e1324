package io.bihuan.platform.files;

import io.bihuan.platform.Refused;
import java.io.IOException;
import java.util.UUID;
import javax.imageio.stream.ImageInputStreamImpl;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A stored file as readers of pictures want it, who jump back and forth: one chunk of it is in memory, and none on the disk. */
final class ChunkImageStream extends ImageInputStreamImpl {
    private final JdbcClient jdbc;
    private final UUID content;
    private final long size;
    private byte[] chunk = new byte[0];
    private long chunkNumber = -1;

    ChunkImageStream(JdbcClient jdbc, UUID content, long size) {
        this.jdbc = jdbc;
        this.content = content;
        this.size = size;
    }

    @Override
    public long length() {
        return size;
    }

    @Override
    public int read() throws IOException {
        checkClosed();
        bitOffset = 0;
        if (streamPos >= size) {
            return -1;
        }
        load();
        return chunk[(int) (streamPos++ % Upload.CHUNK)] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        checkClosed();
        bitOffset = 0;
        if (length == 0) {
            return 0;
        }
        if (streamPos >= size) {
            return -1;
        }
        load();
        int place = (int) (streamPos % Upload.CHUNK);
        int count = Math.min(length, chunk.length - place);
        System.arraycopy(chunk, place, target, offset, count);
        streamPos += count;
        return count;
    }

    private void load() {
        long number = streamPos / Upload.CHUNK;
        if (number == chunkNumber) {
            return;
        }
        chunk = jdbc.sql("select data from platform.file_chunk where content_id = :content and number = :number")
                .param("content", content)
                .param("number", (int) number)
                .query((row, index) -> row.getBytes(1))
                .optional()
                .orElseThrow(() -> new Refused("platform.file.gone"));
        chunkNumber = number;
    }
}
