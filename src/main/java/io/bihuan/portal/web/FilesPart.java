package io.bihuan.portal.web;

import io.bihuan.complaint.Attachment;
import io.bihuan.portal.FormToken;
import io.bihuan.portal.Uploads;
import io.bihuan.privacy.Personal;
import java.util.List;
import java.util.Locale;

/**
 * The files of a form.
 *
 * @param kept those that are stored already and come back with the form
 * @param errors why others were not taken
 */
public record FilesPart(List<KeptFile> kept, List<String> errors) {
    public static final FilesPart EMPTY = new FilesPart(List.of(), List.of());

    /**
     * A file that is stored already.
     *
     * @param seal what the form sends back for it
     */
    public record KeptFile(String seal, String name, String size) {}

    public int most() {
        return Uploads.MOST;
    }

    public long megabytes() {
        return Uploads.LARGEST.toMegabytes();
    }

    public long bytes() {
        return Uploads.LARGEST.toBytes();
    }

    static FilesPart of(Uploads uploads, FormToken form, List<Attachment> stored, List<String> errors) {
        return new FilesPart(
                stored.stream()
                        .map(file -> new KeptFile(
                                uploads.seal(form, file), Personal.text(file.name()), size(file.size())))
                        .toList(),
                errors);
    }

    static String size(long bytes) {
        return bytes < 1 << 20
                ? Math.max(1, bytes >> 10) + " KB"
                : String.format(Locale.ROOT, "%.1f MB", bytes / (double) (1 << 20));
    }
}
