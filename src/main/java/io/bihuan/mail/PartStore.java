package io.bihuan.mail;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Where the files of a mail go while it is read; their content is never held whole. */
public interface PartStore {
    /**
     * What became of a file.
     *
     * @param sha256 of the stored content; null when it was not stored
     * @param refusal text key of the reason why not
     */
    record Kept(
            @Nullable String sha256,
            String mediaType,
            long size,
            @Nullable String refusal) {}

    Kept keep(InputStream content, String name, String declaredType) throws IOException;
}
