package io.bihuan.platform.search;

/** How an index was found when it was opened, with the reason in words for the log. */
public record Opening(State state, String reason) {
    public enum State {
        /** As it was committed. */
        INTACT,
        /** There was none. */
        EMPTY,
        /** Damaged, deleted and begun anew. */
        REBUILT_CORRUPT,
        /** Written by another version, deleted and begun anew. */
        REBUILT_VERSION
    }

    /** Nothing is in it: whoever feeds it begins from the first position. */
    public boolean isBlank() {
        return state != State.INTACT;
    }
}
