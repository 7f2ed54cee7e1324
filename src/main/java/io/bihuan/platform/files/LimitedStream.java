package io.bihuan.platform.files;

import io.bihuan.platform.Refused;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.util.unit.DataSize;

/** Refuses to read on when a file is larger than allowed, whatever length its sender announced. */
final class LimitedStream extends FilterInputStream {
    private final String name;
    private final DataSize limit;
    private long count;

    LimitedStream(InputStream in, String name, DataSize limit) {
        super(in);
        this.name = name;
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = super.read(target, offset, length);
        count(Math.max(read, 0));
        return read;
    }

    @Override
    public long skip(long length) throws IOException {
        long skipped = super.skip(length);
        count(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(long bytes) {
        count += bytes;
        if (count > limit.toBytes()) {
            throw new Refused("platform.file.too-large", name, limit.toMegabytes());
        }
    }
}
