package io.bihuan.telephony;

/** What came of a call, as the agent writes it down. */
public enum Outcome {
    SOLVED,
    REGISTERED,
    CONTINUED,
    INFORMED,
    CALL_AGAIN,
    NOT_REACHED,
    WRONG_NUMBER,
    OTHER
}
