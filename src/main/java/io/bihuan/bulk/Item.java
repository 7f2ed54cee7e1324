package io.bihuan.bulk;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One complaint of a run. */
public record Item(
        int position,
        UUID complaint,
        String number,
        State state,
        List<Part> parts,
        @Nullable Problem problem) {
    /** What became of it. */
    public enum State {
        /** It will be done. */
        READY,
        /** It was clear before that the rules do not allow it. */
        UNABLE,
        DONE,
        /** The rules did not allow it when its turn came. */
        REFUSED,
        UNDONE,
        /** Not everything could be undone. */
        KEPT
    }

    public Item {
        parts = List.copyOf(parts);
    }

    boolean holds() {
        return parts.stream().anyMatch(part -> part.state() == Part.State.HELD);
    }

    boolean canBeUndone() {
        return state == State.DONE && parts.stream().anyMatch(Part::canBeUndone);
    }

    /** Everything that is wrong with it. */
    public List<Problem> problems() {
        return problem != null
                ? List.of(problem)
                : parts.stream()
                        .flatMap(part -> java.util.stream.Stream.ofNullable(part.problem()))
                        .toList();
    }
}
