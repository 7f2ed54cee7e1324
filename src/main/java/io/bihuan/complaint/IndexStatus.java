package io.bihuan.complaint;

/**
 * How the search index of this node stands.
 *
 * @param indexed complaints in it
 * @param note why it is being built anew; empty otherwise
 */
public record IndexStatus(State state, long indexed, String note) {
    public enum State {
        /** Not opened yet. */
        OPENING,
        /** Built anew from the first complaint on. */
        REBUILDING,
        /** Following the history. */
        CURRENT,
        /** Stands still after an error; tries again. */
        FAILING
    }
}
