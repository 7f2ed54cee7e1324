package io.bihuan.intake;

/** Why a message waits for its screener. */
public enum ParkReason {
    /** Everything of its channel is screened first. */
    SCREEN_FIRST,
    /** The pack does not take it as it is; the problems are with it. */
    INVALID,
    /** Nobody can tell by rule what it is about. */
    UNCLEAR,
    /** It names a case that there is not, or that it may not add to. */
    UNKNOWN_CASE,
    /** It could not be read, or not whole. */
    UNREADABLE,
    /** It may not be from whom it says. */
    SUSPICIOUS,
    /** More than one sender can have to say. */
    TOO_MANY,
    /** Somebody wanted to speak with us and nobody was there. */
    CALL_BACK,
    /** No business line was set for it. */
    NOT_CONFIGURED,
    /** Reading it failed again and again; the reason is with it. */
    FAILED,
    AUTOMATIC_REPLY,
    BOUNCE,
    LOOP;

    /** Whether a person sent it and has to be answered in time. */
    public boolean needsAnswer() {
        return switch (this) {
            case SCREEN_FIRST,
                    INVALID,
                    UNCLEAR,
                    UNKNOWN_CASE,
                    UNREADABLE,
                    SUSPICIOUS,
                    TOO_MANY,
                    CALL_BACK,
                    NOT_CONFIGURED,
                    FAILED -> true;
            case AUTOMATIC_REPLY, BOUNCE, LOOP -> false;
        };
    }
}
