package io.bihuan.solution;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.bihuan.complaint.Attachment;
import io.bihuan.privacy.Personal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A measure and what became of it.
 *
 * @param note the proof of what was done, or why it was waived
 */
public record PlannedWork(
        PlannedMeasure plan,
        State state,
        @Nullable Instant settledAt,
        @Nullable UUID settledBy,
        @Nullable Personal note,
        List<Attachment> files) {
    /** Whether it was done. */
    public enum State {
        OPEN,
        DONE,
        WAIVED
    }

    public PlannedWork {
        files = List.copyOf(files);
    }

    static PlannedWork open(PlannedMeasure plan) {
        return new PlannedWork(plan, State.OPEN, null, null, null, List.of());
    }

    PlannedWork moved(PlannedMeasure other) {
        return new PlannedWork(other, state, settledAt, settledBy, note, files);
    }

    @JsonIgnore
    public boolean isOpen() {
        return state == State.OPEN;
    }
}
