package io.bihuan.clock;

/** How far a message must have come to count as done in time. */
public enum Dispatch {
    /** It left us, or the number was dialled. */
    SENT,
    /** It reached the customer. */
    DELIVERED;

    public boolean suffices(Dispatch wanted) {
        return compareTo(wanted) >= 0;
    }
}
