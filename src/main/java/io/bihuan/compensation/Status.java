package io.bihuan.compensation;

/** How far a grant has come. */
public enum Status {
    RESERVED,
    ISSUED,
    USED,
    EXPIRED,
    VOID;

    boolean mayBecome(Status next) {
        return switch (this) {
            case RESERVED -> next == ISSUED || next == VOID;
            case ISSUED -> next == USED || next == EXPIRED || next == VOID;
            case USED, EXPIRED, VOID -> false;
        };
    }
}
