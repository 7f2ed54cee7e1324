package io.bihuan.industry.web;

import io.bihuan.pack.Origin;
import io.bihuan.pack.StoredVersion.Standing;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One version of a pack: how it differs from another, and what can be done with it.
 *
 * @param against the version it is compared with; 0 when there is none
 * @param isCut whether there are more differences than are shown
 * @param dryRuns of this version, the newest first
 */
public record VersionPage(
        String pack,
        String name,
        int version,
        String edition,
        Origin origin,
        Standing standing,
        @Nullable Instant from,
        Instant storedAt,
        String by,
        String note,
        boolean isAbstract,
        int against,
        List<Option> others,
        List<Part> parts,
        int count,
        boolean isCut,
        List<Size> sizes,
        List<Run> dryRuns,
        boolean mayChange,
        SwitchForm form,
        FieldErrors errors) {
    /** The differences of one part. */
    public record Part(String label, List<Row> rows) {}

    /** One value that differs; an empty side means that it is new or gone. */
    public record Row(String place, String before, String after) {}

    /** How much of something the version has. */
    public record Size(String label, int count) {}

    public record Run(String id, Instant at, String by, int before, int changed, int counted, boolean isRunning) {}

    /** What is typed to bring it into force. */
    public record SwitchForm(String from, String reason) {
        public SwitchForm {
            from = from == null ? "" : from.strip();
            reason = reason == null ? "" : reason.strip();
        }
    }

    public String path() {
        return "/desk/packs/" + pack + "/versions/" + version;
    }
}
