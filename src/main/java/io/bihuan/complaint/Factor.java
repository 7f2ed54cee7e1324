package io.bihuan.complaint;

/** What an initial assessment weighs (ISO 10002, 7.5). Each has a level from 1, hardly, to {@link #MOST}, very much. */
public enum Factor {
    SEVERITY,
    SAFETY,
    COMPLEXITY,
    IMPACT,
    /** The need of acting at once, and whether that is possible. */
    IMMEDIACY;

    public static final int MOST = 4;
}
