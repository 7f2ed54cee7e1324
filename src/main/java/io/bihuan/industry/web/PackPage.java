package io.bihuan.industry.web;

import io.bihuan.pack.Origin;
import io.bihuan.pack.PackProblem;
import io.bihuan.pack.StoredVersion.Standing;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pack with its versions.
 *
 * @param draft who changed the draft last and when; null when there is none
 * @param problems of a file that was to be imported
 */
public record PackPage(
        String id,
        String name,
        boolean isAbstract,
        List<Version> versions,
        List<Switch> switches,
        @Nullable Drafted draft,
        boolean mayChange,
        int present,
        List<PackProblem> problems) {
    public record Version(
            int version,
            String edition,
            Origin origin,
            Standing standing,
            @Nullable Instant from,
            Instant storedAt,
            String by,
            String note) {}

    /** That a version came, or will come, into force. */
    public record Switch(int version, Instant from, Instant at, String by, String reason) {}

    public record Drafted(Instant at, String by, int version) {}
}
