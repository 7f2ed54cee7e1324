package io.bihuan.clock;

/** Where a clock stands; one that runs past its due time is still {@link #RUNNING}, and overdue. */
public enum ClockState {
    RUNNING,
    PAUSED,
    /** Stopped in time. */
    MET,
    /** Stopped after it was due. */
    MISSED,
    CANCELLED;

    /** Whether something still has to be done in time. */
    public boolean isOpen() {
        return switch (this) {
            case RUNNING, PAUSED -> true;
            case MET, MISSED, CANCELLED -> false;
        };
    }
}
