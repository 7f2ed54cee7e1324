package io.bihuan.triage;

/** What is known about a case beside its text and that rules may ask for. */
public enum Circumstance {
    /** Somebody was hurt. */
    INJURED,
    /** It came through an authority or carries its number. */
    REGULATOR,
    /** It is public, or a reporter asks. */
    MEDIA,
    /** The same customer or product complained before. */
    REPEATED,
    /** The customer is old, ill, pregnant or has an infant at home. */
    VULNERABLE
}
