package io.bihuan.investigation;

/** What was done with a piece of evidence. */
public enum CustodyDeed {
    ADDED,
    CLASSIFIED,
    VIEWED,
    DOWNLOADED,
    HANDED_OVER
}
