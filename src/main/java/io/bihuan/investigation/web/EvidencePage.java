package io.bihuan.investigation.web;

import io.bihuan.complaint.CasePages;
import io.bihuan.platform.files.Scan;
import io.bihuan.web.Option;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The evidence of a complaint.
 *
 * @param kinds what it may be, {@code lines} of the playbook that ask for some
 */
public record EvidencePage(
        CasePages.Head head,
        boolean mayAct,
        List<Item> items,
        List<Option> kinds,
        List<Option> lines,
        long largest,
        Attempt typed) {
    public String path() {
        return head.path() + "/evidence";
    }

    /**
     * A file.
     *
     * @param kind in words; null while nobody has said what it is
     * @param hasThumbnail whether there may be a small picture
     * @param scanned what the virus scanner said, if it was asked
     * @param locked why nobody may open it; null when one may
     */
    public record Item(
            String sha256,
            String name,
            String size,
            String type,
            @Nullable String kind,
            @Nullable String source,
            @Nullable String line,
            @Nullable Instant obtainedAt,
            Instant addedAt,
            boolean hasThumbnail,
            boolean isSafeImage,
            boolean hasMacros,
            boolean isEncrypted,
            Scan scan,
            @Nullable String scanned,
            @Nullable String locked) {
        public String shortHash() {
            return sha256.substring(0, 12);
        }

        public boolean isInfected() {
            return scan == Scan.INFECTED;
        }

        public boolean isLocked() {
            return locked != null;
        }

        public String tone() {
            return switch (scan) {
                case CLEAN -> "green";
                case INFECTED -> "red";
                case FAILED -> "yellow";
                case NOT_SCANNED -> "secondary";
            };
        }
    }
}
