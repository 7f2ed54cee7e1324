package io.bihuan.message;

/** How far a message, or one of its ways, has come. */
public enum State {
    PLANNED,
    /** Waits for the morning, or because the recipient was told enough for now. */
    HELD,
    /** Handed over; what became of it is not known yet. */
    SENDING,
    SENT,
    DELIVERED,
    READ,
    FAILED,
    /** A person must call. */
    CALL,
    /** The recipient does not want it. */
    SUPPRESSED,
    CANCELLED;

    /** Whether it is where it should be. */
    public boolean hasArrived() {
        return this == DELIVERED || this == READ;
    }

    /** Whether nothing more is done about it. */
    public boolean isOver() {
        return switch (this) {
            case DELIVERED, READ, FAILED, SUPPRESSED, CANCELLED -> true;
            case PLANNED, HELD, SENDING, SENT, CALL -> false;
        };
    }

    /** Whether nothing was handed over yet. */
    boolean isWaiting() {
        return this == PLANNED || this == HELD || this == CALL;
    }
}
