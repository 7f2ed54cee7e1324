package io.bihuan.platform.files;

/**
 * A file as it is stored. The size is in bytes; the media type was read from the content; macros and encryption are a caution to
 * whoever opens it, found by their marks in office documents, archives and PDF.
 */
public record StoredFile(FileHash hash, long size, String mediaType, boolean hasMacros, boolean isEncrypted) {
    /** Whether a browser may show it in place. */
    public boolean isSafeImage() {
        return MediaTypes.isSafeImage(mediaType);
    }
}
