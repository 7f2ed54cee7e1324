package io.bihuan.complaint;

/** What the verification found of the complaint's claim. */
public enum Finding {
    SUBSTANTIATED,
    PARTLY,
    UNSUBSTANTIATED
}
