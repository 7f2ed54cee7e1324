package io.bihuan.pack;

/** Where a stored version of a pack is from. */
public enum Origin {
    /** With a release of the application. */
    SHIPPED,
    /** From the pages of the administration. */
    EDITED,
    /** From a folder or zip file that somebody brought. */
    IMPORTED
}
