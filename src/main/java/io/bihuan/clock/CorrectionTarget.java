package io.bihuan.clock;

import io.bihuan.platform.Writes;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What the owner of a kind of subject does when more became known of the calendars of its clocks. */
public interface CorrectionTarget {
    String subjectKind();

    /**
     * Locks the subjects with {@code for update skip locked}, never waiting, counts their outdated clocks anew ({@link Clocks#correct}),
     * notes in its history which deadlines moved, and returns how many subjects it took. The others are offered again soon.
     */
    int correct(List<UUID> subjectIds, Writes writes, Instant now);
}
