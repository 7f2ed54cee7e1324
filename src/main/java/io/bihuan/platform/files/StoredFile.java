package io.bihuan.platform.files;

import org.jspecify.annotations.Nullable;

/**
 * A file as it is stored. The size is in bytes; the media type was read from the content; macros and encryption are a caution to
 * whoever opens it, found by their marks in office documents, archives and PDF.
 *
 * @param scanNote the name of what was found in an infected file; for a failed scan one of {@link ScanFailure}
 */
public record StoredFile(
        FileHash hash,
        long size,
        String mediaType,
        boolean hasMacros,
        boolean isEncrypted,
        Scan scan,
        @Nullable String scanNote) {
    public StoredFile(FileHash hash, long size, String mediaType, boolean hasMacros, boolean isEncrypted) {
        this(hash, size, mediaType, hasMacros, isEncrypted, Scan.NOT_SCANNED, null);
    }

    /** Whether a browser may show it in place. */
    public boolean isSafeImage() {
        return MediaTypes.isSafeImage(mediaType) && !isInfected();
    }

    public boolean isInfected() {
        return scan == Scan.INFECTED;
    }
}
