package io.bihuan.statute;

/** Whether a rule of law holds for the facts that are known. */
public enum Verdict {
    HOLDS,
    DOES_NOT_HOLD,
    CANNOT_BE_JUDGED;

    static Verdict of(boolean holds) {
        return holds ? HOLDS : DOES_NOT_HOLD;
    }
}
