package io.bihuan.complaint.web;

import io.bihuan.complaint.Attachment;
import io.bihuan.platform.files.FileUse;
import io.bihuan.platform.files.Thumbnails;
import io.bihuan.privacy.Personal;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A file of a complaint.
 *
 * @param isPicture whether it has a thumbnail
 */
public record Evidence(
        String sha256,
        String name,
        long size,
        boolean isPicture,
        boolean hasMacros,
        boolean isEncrypted,
        boolean isInfected,
        @Nullable Instant addedAt) {
    static Evidence of(FileUse use) {
        return new Evidence(
                use.file().hash().hex(),
                use.name(),
                use.file().size(),
                Thumbnails.isFor(use.file()),
                use.file().hasMacros(),
                use.file().isEncrypted(),
                use.file().isInfected(),
                use.usedAt());
    }

    static Evidence of(Attachment attachment) {
        return new Evidence(
                attachment.sha256(),
                Personal.text(attachment.name()),
                attachment.size(),
                false,
                false,
                false,
                false,
                null);
    }

    /** 312 B, 4.2 KB, 1.5 MB. */
    public String readableSize() {
        if (size < 1024) {
            return size + " B";
        }
        return size < 1024 * 1024
                ? String.format(Locale.ROOT, "%.1f KB", size / 1024.0)
                : String.format(Locale.ROOT, "%.1f MB", size / (1024.0 * 1024.0));
    }
}
