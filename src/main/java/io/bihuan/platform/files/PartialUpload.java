package io.bihuan.platform.files;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way in pieces.
 *
 * @param length of the whole file in bytes, {@code received} of what is here
 * @param hash of the stored file once it is whole; pictures lose their place, so it may be another than that of what was sent
 * @param refusal key of the text that says why the whole file was not taken
 */
public record PartialUpload(
        UUID id,
        String name,
        long length,
        long received,
        Instant expiresAt,
        @Nullable FileHash hash,
        @Nullable String refusal) {
    public boolean isWhole() {
        return received == length;
    }

    boolean hasEnded() {
        return hash != null || refusal != null;
    }
}
